import { weekdayWords } from '../../shared/calendar/weekday-words.ts'

const parts: Record<string, string> = {
  ...{ title: '名称', number: '文号', phone: '电话', mailbox: '信箱', place: '地点', name: '名称', text: '内容' },
  ...{
    isOn: '开设',
    otherwiseAt: '平时接待的窗口（编号）',
    min: '至少',
    max: '至多',
    days: '日子',
    from: '从',
    to: '到',
  },
  ...{
    workingDays: '工作日',
    binding: '约束',
    ordinary: '一般',
    schoolStudy: '须学校研究',
    higherAuthority: '须上级审批',
  },
  ...{ longDays: '期限长的提前几天', longOver: '多长算长（工作日）', aWeek: '每周小时', aMonth: '每月小时' },
  ...{ word: '叫法', yuanAnHour: '每小时元', person: '个人', window: '窗口', unit: '单位', hall: '大厅' },
  ...{ staffA: '工作人员', students: '学生', backOffice: '后台', isBackOfficeByConsent: '后台须经同意' },
  ...{
    per: '按',
    rank: '职级',
    isInPrinciple: '原则上',
    joint: '共管的窗口',
    sole: '独管的窗口',
    isEndRequired: '须写明起止',
  },
  ...{
    business: '业务',
    daily: '日常',
    appraisal: '考核',
    id: '编号',
    chosen: '产生办法',
    chosenBy: '由谁',
    approvedBy: '报谁批准',
  },
  ...{ most: '至多几人', duty: '职责', months: '几个月', remindDays: '提前几天提醒', isDuty: '本厅值班' },
  ...{ handOn: '转出', take: '接手', answer: '答复', opens: '几点起', closes: '到几点' },
}

const options: Record<string, string> = {
  ...{
    fixed: '不得超过',
    generally: '一般不超过，超过要写原由',
    warned: '超过只提醒',
    unit: '单位',
    hall: '大厅',
    both: '两家',
  },
  ...{ term: '按学期', appointment: '按聘期', byUnit: '按单位业务定期', open: '不定期限', elected: '选举' },
  ...{
    nominated: '提名',
    appointed: '指派',
    window: '窗口',
    any: '不限',
    middleRank: '中层干部',
    number: '工作牌号',
    name: '姓名',
  },
}

/** What a part of a setting is called beside its field. */
export function partWord(key: string): string {
  return parts[key] ?? key
}

/** One of several inside a setting, as it is offered; weekdays by name. */
export function optionWord(option: string | number): string {
  return typeof option === 'number' ? weekdayWords([option]) : (options[option] ?? option)
}
