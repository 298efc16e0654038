import type { SettingWords } from './setting-words.ts'

const count = (most: number | null, unit: string): string => (most === null ? `${unit}不限` : `${unit}最多 ${most} 人`)
const tenures = { term: '按学期', appointment: '按聘期', byUnit: '按单位业务定期', open: '不定期限' } as const
const leads = { unit: '责任单位', hall: '大厅', both: '大厅和责任单位' } as const
const chosen = { elected: '选举', nominated: '提名', appointed: '指派' } as const

/** How the settings about who serves are said (profiles.md §1). */
export const staffSettingWords = {
  seats: [
    '同时在窗口的人数',
    (v) =>
      [count(v.staffA, '窗口工作人员'), count(v.students, '学生'), count(v.backOffice, '后台')].join('，') +
      (v.isBackOfficeByConsent ? '（后台须先同意）' : ''),
  ],
  windowHead: [
    '窗口负责人',
    ({ per, rank }) => `每个${per === 'unit' ? '单位' : '窗口'} 1 名${rank === 'middleRank' ? '中层干部' : ''}`,
  ],
  staffConditions: [
    '选派的条件',
    (lines) => (lines.length === 0 ? '没有规定' : lines.map(({ text }) => text).join('；')),
  ],
  trainedBy: ['上岗培训由谁算数', (by) => ({ unit: '责任单位', hall: '大厅', any: '大厅或责任单位' })[by]],
  postTenure: [
    '任期',
    ({ joint, sole, isEndRequired }) =>
      `共管的窗口${tenures[joint]}，独管的窗口${tenures[sole]}${isEndRequired ? '；须写明起止' : ''}`,
  ],
  isFreeTimeOnly: ['学生只在课余服务', (is) => (is ? '是' : '否')],
  management: [
    '双重管理',
    ({ business, daily, appraisal }) => `业务归${leads[business]}，日常归${leads[daily]}，考核归${leads[appraisal]}`,
  ],
  recruitedBy: ['学生助理由谁招', (text) => text],
  offices: [
    '机构任职',
    (list) =>
      list
        .map(({ title, chosen: how, chosenBy, approvedBy }) =>
          [`${title}：${chosenBy}${chosen[how]}`, ...(approvedBy === '' ? [] : [`报${approvedBy}批准`])].join('，'),
        )
        .join('；'),
  ],
  departments: ['内设部门', (list) => (list.length === 0 ? '没有规定' : list.map(({ name }) => name).join('、'))],
  officeTerm: [
    '任职期限',
    ({ months, remindDays }) => (months === 0 ? '不定期限' : `${months} 个月，可连任；到期前 ${remindDays} 天提醒`),
  ],
  displayShows: ['窗口屏上写', (what) => ({ name: '姓名', number: '工作牌号' })[what]],
} satisfies Partial<SettingWords>
