import { staffSettingWords } from './staff-words.ts'
import { actTitle } from '../../shared/act-words.ts'
import { weekdayWords } from '../../shared/calendar/weekday-words.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Settings } from '../../shared/profiles/settings.ts'

/** How one setting is named and its value said. */
export type Say<Key extends keyof Settings> = readonly [
  label: string,
  say: (value: Settings[Key]['value'], profile: Profile) => string,
]

/** Every setting has its words: a new one without them does not compile. */
export type SettingWords = { readonly [Key in keyof Settings]: Say<Key> }

const asIs = (value: string): string => (value === '' ? '—' : value)
const yesNo = (value: boolean): string => (value ? '是' : '否')
const having = (value: boolean): string => (value ? '有' : '没有')
const days = (value: number): string => `${value} 个工作日`
const sameDay = (count: number): string => (count === 0 ? '当天' : `${count} 个工作日内`)
const times = (unit: string) => (value: number) => (value === 0 ? '不要求' : `${unit} ${value} 次`)
const from =
  <Value extends string>(words: Record<Value, string>) =>
  (value: Value) =>
    words[value]
const list =
  <Value extends string>(words: Record<Value, string>) =>
  (values: readonly Value[]) =>
    values.map((value) => words[value]).join('、')

const hours = (ranges: Settings['hours']['value']): string =>
  ranges.length === 0 ? '无' : ranges.map((range) => `${weekdayWords(range.days)} ${range.from}–${range.to}`).join('；')

const bindings = { fixed: '不得超过', generally: '一般不超过，超过要写原由', warned: '超过只提醒' } as const
const cap = ({ workingDays, binding }: Settings['limits']['value']['ordinary']): string =>
  `${workingDays} 个工作日（${bindings[binding]}）`

const decisionWords = { application: '单位申请', opinions: '师生意见', room: '场地空间', needs: '学生需求' }
const reviews = (needed: Settings['approvals']['value']['ordinary']): string =>
  needed.length === 0 ? '不需要' : list({ check: '后台检查复核', approval: '领导网上同步审批' })(needed)

const told = { process: '流程', dueOn: '时间', reason: '原由', basis: '依据', materials: '材料' }
const fields = {
  ...{ name: '事项名称', basis: '依据', audience: '服务对象', conditions: '条件' },
  ...{ process: '流程', materials: '材料', promise: '承诺时限', charge: '收费' },
}

const general = {
  regulation: ['规章', ({ title, number }) => (number === '' ? `《${title}》` : `《${title}》${number}`)],
  contact: [
    '联系方式',
    ({ phone, mailbox, place }) => [phone, mailbox, place].filter((part) => part !== '').join('；'),
  ],
  roleWord: ['A、B 的叫法', (word) => `A${word}、B${word}`],
  refusalAtDoorWord: ['当场不办的叫法', asIs],
  badge: ['着装和工作牌', asIs],
  sealNameForm: ['印章名称的写法', (form) => form.replace('{unit}', '单位名').replace('{hall}', '大厅名')],
  sealKeeper: ['谁管印章', asIs],
} satisfies Partial<SettingWords>

const people = {
  windowList: ['有哪些窗口', asIs],
  isWindowShared: ['几个单位可以共管一个窗口', yesNo],
  windowsDecidedBy: ['谁定窗口的设立', asIs],
  windowProposal: ['调整窗口凭什么提出', asIs],
  windowDecisionBasis: ['定窗口时要写明', list(decisionWords)],
  jointWindowTurn: ['几个单位共管的窗口怎么轮', asIs],
  jointTurnBy: ['轮流的办法', from({ term: '按学期', schedule: '按排定的日子' })],
  concentratedService: [
    '阶段性集中服务',
    ({ isOn, otherwiseAt }, profile) => {
      const window = profile.windows.find(({ id }) => id === otherwiseAt)?.name
      if (!isOn) return '没有'
      return window ? `有；平时由${window}窗口接待` : '有'
    },
  ],
  windowStaff: ['窗口配几人', asIs],
  aRole: ['A 由谁担任', from({ unitStaff: '单位工作人员', studentAssistant: '学生助理', windowHead: '窗口负责人' })],
  bRolesPerA: [
    '一个 A 配几个 B',
    ({ min, max }) => (max === null ? `至少 ${min} 个` : min === max ? `${min} 个` : `${min} 到 ${max} 个`),
  ],
  roleBMayNot: ['B 不能做的', (types) => (types.length === 0 ? '没有' : types.map(actTitle).join('、'))],
  bStandsInWhen: ['B 什么时候顶岗', asIs],
  minTenureMonths: ['至少任职多久', (months) => (months === 0 ? '不要求' : `${months} 个月`)],
  staffChange: ['换人', asIs],
  staffChangeNeeds: ['换人要经过', from({ consent: '大厅同意', filing: '向大厅备案' })],
  unfitStaff: ['不能胜任的', from({ replaced: '由单位更换', rechosen: '重新选派', returned: '退回派出单位' })],
  isTrainingRequired: ['上岗前要培训', yesNo],
  trainingBy: ['谁培训', asIs],
  unitTeacherVisitsAWeek: ['单位老师到窗口', times('每周至少')],
  awardTitles: [
    '评优的称号',
    ({ person, window }) =>
      [person && `个人：${person}`, window && `窗口：${window}`].filter(Boolean).join('；') || '没有',
  ],
} satisfies Partial<SettingWords>

const time = {
  hours: ['对外时间', hours],
  weeklyClosures: ['每周固定不开放', hours],
  handover: ['和单位交接的时间', (range) => (range ? `${range.from}–${range.to}` : '没有规定')],
  unitMeetingHalfDaysAWeek: ['单位例会', (count) => (count === 0 ? '没有规定' : `每周 ${count} 个半天`)],
  outOfHours: ['晚上和节假日', asIs],
  unitBusinessDays: ['各单位哪几天办业务', from({ everyWorkday: '每个工作日', byUnit: '由各单位安排' })],
  rosterBy: ['谁排班', asIs],
  swapConsentBy: ['换班谁同意', asIs],
  leaveApprovedBy: ['请假谁批', asIs],
  isBNeededForLeave: ['请假时 B 须到岗', yesNo],
  signIn: ['考勤', asIs],
  attendanceCount: ['考勤怎么统计', asIs],
  jointTimePercent: ['A、B 合计在岗', (percent) => (percent === null ? '不设目标' : `法定工作时间的 ${percent}%`)],
  pay: [
    '补贴或报酬',
    ({ word, yuanAnHour }) => `${word}，${yuanAnHour === 0 ? '标准未填' : `每小时 ${yuanAnHour} 元`}`,
  ],
  graceMinutes: ['晚到几分钟内不算迟到', (minutes) => `${minutes} 分钟`],
  emptyPostMinutes: ['多久没人算空岗', (minutes) => `${minutes} 分钟`],
  assistantHours: ['学生助理的工时上限', ({ aWeek, aMonth }) => `每周 ${aWeek} 小时，每月 ${aMonth} 小时`],
  endOfDay: ['下班前', from({ list: '列出未了事项', settleAll: '当天事项全部办清' })],
  autoLockMinutes: ['平板多久自动锁屏', (minutes) => `${minutes} 分钟`],
  grantDays: ['离线授权管几天', (count) => `${count} 天`],
  clockErrorFlagMinutes: ['平板时钟差多少要提醒', (minutes) => `${minutes} 分钟`],
} satisfies Partial<SettingWords>

const cases = {
  limits: [
    '限时办结',
    ({ ordinary, schoolStudy, higherAuthority }) =>
      `一般 ${cap(ordinary)}；须学校研究 ${cap(schoolStudy)}；须上级审批 ${cap(higherAuthority)}`,
  ],
  profileWinsOverSheet: ['时限以哪个为准', (wins) => (wins ? '规章' : '一事一表')],
  toldWithPromise: ['承诺时要告知', list(told)],
  firstDayCounted: ['从哪天起算', () => '受理的下一个工作日'],
  clockWhileWaiting: ['等补正的时候', () => '不计时'],
  isVacationCounted: ['寒暑假计时', yesNo],
  yellowDays: ['提前几天变黄', (v) => `${days(v.days)}；承诺 ${v.longOver} 个工作日以上的，${days(v.longDays)}`],
  jointFromUnits: ['几个单位起算联办', (count) => `${count} 个`],
  jointLedBy: ['联办谁牵头', from({ leadWindow: '主办窗口', hall: '大厅', handler: '首问责任人' })],
  approvals: [
    '复核和审批',
    ({ ordinary, schoolStudy, higherAuthority }) =>
      `一般 ${reviews(ordinary)}；须学校研究 ${reviews(schoolStudy)}；须上级审批 ${reviews(higherAuthority)}`,
  ],
  isMissingToldOnce: ['缺的材料一次告知', yesNo],
  isMissingToldWithWays: ['告知时说明怎样补', yesNo],
  nonConforming: ['材料不合格', from({ supplement: '告知补正', refuse: '可以不予办理' })],
  refusalGround: ['不予办理的理由', asIs],
  refusalGrounds: ['一事一表以外的不予办理理由', (lines) => (lines.length === 0 ? '没有' : lines.join('；'))],
  nobodysMatter: ['不属于任何单位的事', asIs],
  nobodysMatterBy: [
    '无主的事怎么走',
    from({ leader: '报校领导后转部门', desk: '由咨询台协调转送', guide: '解释指引' }),
  ],
  nobodysReplyDays: ['无主的事几天回复', days],
  firstContactUntil: [
    '首问责任到什么时候',
    from({ solvedOrAnswered: '办好或答复清楚', pointedToWindow: '引导到窗口', taken: '有人接手' }),
  ],
  explainer: ['谁负责解释事项', from({ unit: '责任单位', hall: '大厅' })],
  sheetFields: ['一事一表必须写明', list(fields)],
  chargesApart: ['收费另设窗口', yesNo],
  chargesPaidAt: ['到哪里缴费', asIs],
  hasOnline: ['网上办理', having],
  hasAppointment: ['预约', having],
  hasBackOffice: ['后台', having],
  hasTerminal: ['自助终端', having],
  transcriptUrl: ['成绩单系统地址', (url) => url ?? '没有'],
  conflictDays: ['两处改动不一致多久没裁决就交督查', days],
  contactDays: [
    '首问移交、接手、答复的时限',
    ({ handOn, take, answer }) => `移交${sameDay(handOn)}，接手${sameDay(take)}，答复${sameDay(answer)}`,
  ],
  contactKeptDays: ['首问了结后留在平板上几天', (count) => `${count} 天`],
  emergencyCalls: [
    '突发事件先找谁',
    (calls) => (calls.length === 0 ? '没有填' : calls.map(({ name, phone }) => `${name} ${phone}`).join('；')),
  ],
  complaintsTo: ['投诉向谁', asIs],
  archiveAfterDays: ['办结后留在平板上几天', (count) => `${count} 天`],
  complaintReplyDays: ['投诉几天回复', days],
} satisfies Partial<SettingWords>

/** The settings in the four groups of the page. */
export const settingGroups = [
  { id: 'general', title: '大厅和用语', words: general },
  { id: 'people', title: '人员和窗口', words: people },
  { id: 'staff', title: '谁来服务', words: staffSettingWords },
  { id: 'time', title: '时间', words: time },
  { id: 'cases', title: '办件', words: cases },
] as const

/** All of them in one table, which the compiler holds complete. */
export const settingWords: SettingWords = { ...general, ...people, ...staffSettingWords, ...time, ...cases }
