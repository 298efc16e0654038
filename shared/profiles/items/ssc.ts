import { buildItems, consultation, type ItemPlan } from '../build-item.ts'
import type { Item } from '../item-sheet.ts'
import { sscProfile } from '../ssc.ts'

// The document names no items; every item here is 示例.

const general: ItemPlan[] = [
  {
    no: 1,
    name: '学校介绍信开具',
    audience: '在职教职工、在籍学生',
    materials: [['用函申请单', '所在单位负责人签字'], 'id-card'],
    grounds: ['not-permitted'],
  },
  {
    no: 2,
    name: '法人证书复印件使用',
    audience: '校内单位',
    kind: 'committed',
    days: 2,
    reason: '须经校长办公室审批用途',
    materials: [
      ['使用申请表', '单位盖章'],
      ['用途说明', '附招标或合同文件'],
    ],
    grounds: ['not-permitted'],
  },
  {
    no: 3,
    name: '大型活动联合审批',
    kind: 'joint',
    units: ['president-office', 'student-work', 'logistics'],
    days: 5,
    reason: '须经校长办公室、学生工作部、后勤保障处分别审核',
    audience: '校内单位、学生组织',
    materials: ['plan-sheet', 'safety-letter', 'form-college'],
    grounds: ['not-permitted', 'overdue'],
  },
  { ...consultation, no: 4, name: '师生服务咨询', audience: '全体师生' },
]

const studentAffairs: ItemPlan[] = [
  {
    no: 1,
    name: '在读证明开具',
    aliases: ['在校证明'],
    materials: ['campus-card'],
    grounds: ['not-student', 'not-owner'],
  },
  {
    no: 2,
    name: '学生证补办',
    aliases: ['补学生证'],
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'photo', 'id-card', 'loss-note'],
    grounds: ['not-student', 'already-done'],
  },
  {
    no: 3,
    name: '国家奖助学金申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院评审、学校审定并公示',
    materials: ['form-college', 'transcript', 'proof', 'bank-card'],
    grounds: ['in-discipline', 'overdue', 'not-eligible'],
  },
  {
    no: 4,
    name: '临时困难补助申请',
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'proof', 'bank-card'],
    grounds: ['not-student', 'false-papers'],
  },
]

const teaching: ItemPlan[] = [
  { no: 1, name: '成绩单打印盖章', aliases: ['成绩证明'], materials: ['campus-card'], grounds: ['not-owner'] },
  {
    no: 2,
    name: '学籍异动办理',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院审核、学校审批',
    materials: ['form-college', 'statement', 'parent-letter'],
    grounds: ['not-eligible', 'overdue'],
  },
  {
    no: 3,
    name: '毕业证明书办理',
    kind: 'committed',
    days: 20,
    level: 'higherAuthority',
    reason: '须报省级教育行政部门核查',
    audience: '毕业生',
    materials: ['form', 'id-copy', 'photo', 'loss-note'],
    grounds: ['not-owner', 'already-done'],
  },
  {
    no: 4,
    name: '教室临时借用',
    audience: '在职教职工、学生组织',
    materials: [['借用申请表', '单位负责人签字'], 'campus-card'],
    grounds: ['not-permitted', ['申请的教室已被排课']],
  },
]

const graduates: ItemPlan[] = [
  { no: 1, name: '研究生在读证明', audience: '在籍研究生', materials: ['campus-card'], grounds: ['not-student'] },
  {
    no: 2,
    name: '研究生学费缓缴申请',
    kind: 'joint',
    units: ['graduate-school', 'finance'],
    days: 5,
    audience: '在籍研究生',
    reason: '须经研究生院和财务处审核',
    materials: ['form-tutor', 'statement', 'proof'],
    grounds: ['overdue', 'not-eligible'],
  },
  {
    no: 3,
    name: '研究生出国（境）学习备案',
    kind: 'committed',
    days: 5,
    audience: '在籍研究生',
    materials: ['form-tutor', ['邀请函', '附中文译文'], 'id-copy'],
    grounds: ['not-permitted', 'in-discipline'],
  },
]

const personnel: ItemPlan[] = [
  { no: 1, name: '在职证明开具', audience: '在职教职工', materials: ['id-card'], grounds: [['不是本校在职教职工']] },
  {
    no: 2,
    name: '收入证明开具',
    audience: '在职教职工',
    materials: ['id-card', ['用途说明', '写明出具对象']],
    grounds: [['不是本校在职教职工']],
  },
  {
    no: 3,
    name: '新进人员报到',
    kind: 'committed',
    days: 3,
    audience: '新进教职工',
    reason: '须核对档案和体检结果',
    materials: [['录用通知', '原件'], 'id-copy', ['学历学位证书', '原件核对，留复印件'], 'photo'],
    grounds: [['档案审核未通过']],
  },
]

const finance: ItemPlan[] = [
  { no: 1, name: '学费缴费证明', audience: '在籍学生', materials: ['campus-card'], grounds: ['not-owner'] },
  {
    no: 2,
    name: '校园卡结算退款',
    kind: 'committed',
    days: 5,
    audience: '离校师生',
    materials: ['form', 'campus-card', 'bank-card'],
    grounds: ['not-owner'],
  },
  {
    no: 3,
    name: '学费退费申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院、教务处核对后由学校批准',
    materials: ['form-college', 'bank-card', ['原缴费票据', '遗失的写情况说明']],
    grounds: ['not-eligible', 'overdue'],
  },
]

const windows: Record<string, ItemPlan[]> = {
  general,
  'student-affairs': studentAffairs,
  teaching,
  graduates,
  personnel,
  finance,
}

/** 师生服务中心: a plausible catalogue, all 示例. */
export const sscItems: Item[] = Object.entries(windows).flatMap(([windowId, plans]) =>
  buildItems({ profile: sscProfile, windowId, article: '第六条' }, plans),
)
