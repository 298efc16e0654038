/** What a sentence about an act can name; each may be unknown on this tablet. */
export interface ActFacts {
  student?: string | undefined
  item?: string | undefined
  number?: string | undefined
  /** 承诺 date as it is said: 11月27日. */
  promisedOn?: string | undefined
  missing?: number | undefined
}

interface Words {
  title: string
  say(facts: ActFacts): string
}

/** 示例·王同学的学生证补办; only as much of it as is known. */
function matter({ student, item }: ActFacts): string {
  if (student && item) return `${student}的${item}`
  return student ? `${student}的办件` : (item ?? '一件事')
}

const words: Record<string, Words> = {
  'case.receive': { title: '收件', say: (facts) => `收下${matter(facts)}` },
  'case.accept': {
    title: '受理',
    say: (facts) => `受理${matter(facts)}${facts.promisedOn ? `，承诺 ${facts.promisedOn}` : ''}`,
  },
  'case.archive': { title: '归档', say: (facts) => `${matter(facts)}已了结多日，归档` },
  'case.supplementNotice': {
    title: '一次性告知',
    say: (facts) => `给${matter(facts)}一次性告知${facts.missing ? `，缺 ${String(facts.missing)} 项` : ''}`,
  },
  'case.materialGiven': { title: '补交材料', say: (facts) => `收到${matter(facts)}补交的材料` },
  'case.conclude': { title: '办结', say: (facts) => `办结${matter(facts)}` },
  'case.refuse': { title: '不予办理', say: (facts) => `对${matter(facts)}不予办理，已出书面决定` },
  'case.withdraw': { title: '撤回', say: (facts) => `登记学生撤回${matter(facts)}` },
  'case.note': { title: '备注', say: (facts) => `给${matter(facts)}写了备注` },
  'case.correct': { title: '更正', say: (facts) => `更正${matter(facts)}的学生信息` },
  'case.appeal': { title: '登记申诉', say: (facts) => `登记${matter(facts)}的申诉` },
  'case.appealDecide': { title: '处理申诉', say: (facts) => `处理${matter(facts)}的申诉` },
  'case.charge': { title: '核定收费', say: (facts) => `核定${matter(facts)}的收费` },
  'case.pause': { title: '中止', say: (facts) => `中止办理${matter(facts)}` },
  'case.receiptNo': { title: '填缴费回执', say: (facts) => `填写${matter(facts)}的缴费回执号` },
  'case.resume': { title: '恢复办理', say: (facts) => `恢复办理${matter(facts)}` },
  'case.return': { title: '退件', say: (facts) => `退回${matter(facts)}的材料` },
  'case.takeOver': { title: '接收转办', say: (facts) => `接收转来的${matter(facts)}` },
  'case.transfer': { title: '转办', say: (facts) => `把${matter(facts)}转给别的窗口` },
  'case.transferBack': { title: '退回转办', say: (facts) => `不接收或收回${matter(facts)}的转办` },
  'case.take': { title: '接手', say: (facts) => `接手${matter(facts)}` },
  'case.assign': { title: '转给同事', say: (facts) => `把${matter(facts)}转给同事` },
  'case.link': { title: '核对重复收件', say: (facts) => `核对${matter(facts)}是否重复收件` },
  'case.twin': { title: '发现重复收件', say: (facts) => `发现${matter(facts)}当天收了两次` },
  'case.stepAgain': { title: '再送协办', say: (facts) => `把${matter(facts)}退回的一步再送去办` },
  'case.stepDone': { title: '协办办好', say: (facts) => `办好${matter(facts)}中本单位的一步` },
  'case.stepReturn': { title: '退回主办', say: (facts) => `把${matter(facts)}中本单位的一步退回主办` },
  'case.stepTake': { title: '接手协办', say: (facts) => `接手${matter(facts)}中本单位的一步` },
  'case.undo': { title: '撤销', say: (facts) => `撤销${matter(facts)}的上一步` },
  'case.remind': { title: '催办', say: (facts) => `催办${matter(facts)}` },
  'case.resolve': { title: '裁决', say: (facts) => `裁决${matter(facts)}两处不一致的改动` },
  'contact.answer': { title: '答复', say: () => '答复一件首问' },
  'contact.archive': { title: '首问归档', say: () => '一件首问已了结多日，归档' },
  'contact.becomeCase': { title: '首问转办件', say: () => '把一件首问转成办件' },
  'contact.find': { title: '查明后告知', say: () => '记下要查明后告知学生的事' },
  'contact.guide': { title: '指引', say: () => '给学生指引' },
  'contact.handOn': { title: '转首问', say: () => '把一件首问转给别的窗口' },
  'contact.lapse': { title: '提出首问失误', say: () => '提出一条首问失误' },
  'contact.note': { title: '首问备注', say: () => '给一件首问写了备注' },
  'contact.open': { title: '首问登记', say: () => '登记一件首问' },
  'contact.passOn': { title: '转交部门', say: () => '把一件首问转交部门' },
  'contact.reach': { title: '联系人员', say: () => '记下联系有关人员的情况' },
  'contact.report': { title: '向上汇报', say: () => '把一件首问向上汇报' },
  'contact.result': { title: '反馈结果', say: () => '把处理结果反馈给学生' },
  'contact.take': { title: '接手首问', say: () => '接手一件首问' },
  'contact.verify': { title: '核实首问失误', say: () => '核实一条首问失误' },
  'contact.void': { title: '首问作废', say: () => '作废一条登记有误的首问' },
  'dayClose.file': { title: '收工', say: () => '收工，列出没了结的事' },
  'dayClose.archive': { title: '收工单归档', say: () => '收工单过了多日，归档' },
  'guide.place': { title: '登记服务指南', say: () => '登记一份印制的服务指南和放的位置' },
  'guide.remove': { title: '撤下服务指南', say: () => '撤下一处服务指南' },
  'guide.renew': { title: '服务指南换新', say: () => '把一处服务指南换成新版' },
  'handover.open': { title: '交班', say: () => '列出交班清单' },
  'handover.confirm': { title: '接班', say: () => '核对并确认接班' },
  'held.release': { title: '放行', say: (facts) => `核对后放行${matter(facts)}的一步操作` },
  'outcome.ack': { title: '回应未被接受的一步', say: () => '回应没有被接受的一步' },
  'item.publish': { title: '发布事项', say: ({ item }) => `发布一事一表${item ? `「${item}」` : ''}` },
  'item.retire': { title: '停用事项', say: ({ item }) => `停用一事一表${item ? `「${item}」` : ''}` },
  'windowChange.propose': { title: '提出窗口调整', say: () => '登记一份窗口调整的申请' },
  'windowChange.decide': { title: '决定窗口调整', say: () => '对窗口调整作出决定' },
  'concentratedService.open': { title: '开设集中服务', say: () => '开设阶段性集中服务' },
  'concentratedService.end': { title: '提前结束集中服务', say: () => '提前结束阶段性集中服务' },
  'windowTurn.plan': { title: '排定轮流', say: () => '排定共管窗口的轮流' },
  'windowTurn.end': { title: '结束轮流', say: () => '定下一轮的最后一天' },
  'profile.adopt': { title: '采用规章配置', say: () => '采用新的规章配置' },
  'calendar.publish': { title: '发布工作日历', say: () => '发布工作日历' },
  'slot.archive': { title: '归档预约时段', say: () => '过去多日的预约时段归档' },
  'slot.arrive': { title: '预约到场', say: () => '登记预约的学生到了' },
  'slot.book': { title: '预约', say: () => '登记一个预约' },
  'slot.cancel': { title: '取消预约', say: () => '取消一个预约' },
  'slot.change': { title: '改预约时段', say: () => '改预约时段的名额或停约' },
  'slot.open': { title: '开预约时段', say: () => '开一个预约时段' },
  'post.assign': { title: '定岗', say: () => '安排岗位' },
  'assistant.apply': { title: '学生助理报名', say: () => '登记学生助理报名' },
  'assistant.decline': { title: '不选用', say: () => '对一份报名不选用' },
  'assistant.end': { title: '服务结束', say: () => '登记学生助理服务结束' },
  'assistant.select': { title: '选用', say: () => '选用一名学生助理' },
  'meeting.amend': { title: '补记会议', say: () => '补记会议' },
  'meeting.archive': { title: '会议归档', say: () => '会议已了结多日，归档' },
  'meeting.record': { title: '会议记录', say: () => '记录一次例会' },
  'meeting.taskDone': { title: '任务办完', say: () => '登记会议任务办完' },
  'office.appoint': { title: '任职', say: () => '登记机构任职' },
  'office.end': { title: '卸任', say: () => '登记卸任' },
  'office.renew': { title: '连任', say: () => '登记连任一届' },
  'person.contact': { title: '联系方式', say: () => '改人员的联系方式' },
  'person.leave': { title: '离开本厅', say: () => '登记人员离开本厅' },
  'person.photo': { title: '照片', say: () => '换人员的照片' },
  'person.record': { title: '建档', say: () => '给人员建档' },
  'person.revise': { title: '改档案', say: () => '改人员档案' },
  'person.timetable': { title: '课表', say: () => '登记学生的课表' },
  'person.train': { title: '上岗培训', say: () => '登记上岗培训' },
  'staffChange.ask': { title: '提出更换', say: () => '提出更换窗口人员' },
  'staffChange.consent': { title: '同意更换', say: () => '答复人员更换' },
  'staffChange.drop': { title: '撤销更换', say: () => '撤销人员更换' },
  'staffChange.effect': { title: '更换生效', say: () => '人员更换生效' },
  'staffChange.handOver': { title: '移交办件', say: () => '把未了办件移交给接替的人' },
  'staffChange.name': { title: '接替的人', say: () => '写明接替的人' },
  'post.end': { title: '离岗', say: () => '结束岗位' },
}

/** The act's name alone, as lists, the timeline and the log show it; also all that others may read of a colleague's act. */
export function actTitle(type: string): string {
  return words[type]?.title ?? '一步操作'
}

/** The act as a plain sentence without its subject: 受理示例·王同学的学生证补办，承诺 11月27日. */
export function actSentence(type: string, facts: ActFacts): string {
  return words[type]?.say(facts) ?? actTitle(type)
}

/** Whether an act has words of its own: every registered command must. */
export function hasActWords(type: string): boolean {
  return type in words
}
