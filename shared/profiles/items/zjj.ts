import { buildItems, consultation, type ItemPlan } from '../build-item.ts'
import type { Item } from '../item-sheet.ts'
import { zjjProfile } from '../zjj.ts'
import { zjjMoreWindows } from './zjj-more.ts'

// 第四条 names nine areas; of them 成绩查询 and 一卡通办理 are items in so many words, the rest here is 示例.
const areas = '综合事务、日常事务、咨询投诉、成绩查询、一卡通办理、党团服务、后勤保障、就业创业、财务收费等业务'

const general: ItemPlan[] = [
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
    aliases: ['补学生证', '学生证遗失'],
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'photo', 'id-card', 'loss-note'],
    grounds: ['not-student', 'already-done'],
  },
  {
    no: 3,
    name: '毕业离校手续办理',
    kind: 'joint',
    units: ['student-work', 'logistics', 'finance', 'library'],
    days: 5,
    reason: '须经学生工作部、后勤处、财务处、图书馆分别核清',
    audience: '应届毕业生',
    materials: ['campus-card', ['离校清单', '辅导员签字'], ['图书还清证明', '图书馆打印']],
    grounds: ['not-eligible'],
  },
  {
    no: 4,
    name: '学籍证明补办',
    kind: 'committed',
    days: 30,
    level: 'higherAuthority',
    reason: '须报省级教育行政部门审批',
    materials: ['form', 'id-copy', 'photo', 'loss-note'],
    grounds: ['not-owner', 'already-done'],
  },
]

const daily: ItemPlan[] = [
  { no: 1, name: '请假销假登记', materials: ['campus-card', ['请假条', '辅导员签字']], grounds: [['请假未经批准']] },
  {
    no: 2,
    name: '家庭经济困难认定申请',
    aliases: ['贫困认定'],
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院评议、学校研究并公示',
    materials: ['form-college', 'proof', 'id-copy', 'statement'],
    grounds: ['not-student', 'overdue', 'false-papers'],
  },
  {
    no: 3,
    name: '勤工助学岗位申请',
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', ['课表', '从教务系统打印'], 'bank-card'],
    grounds: ['in-discipline', 'not-student'],
  },
  {
    no: 4,
    name: '火车票优惠卡充磁',
    materials: ['campus-card', ['优惠卡', '卡面完好，贴在学生证内']],
    grounds: [['家庭居住地与学校在同一城市'], ['本学年优惠次数已用完']],
  },
]

const enquiries: ItemPlan[] = [
  { ...consultation, no: 1, name: '办事咨询', materials: [['想问的事', '当面说明即可']] },
  {
    no: 2,
    name: '投诉举报受理',
    aliases: ['举报', '投诉'],
    kind: 'committed',
    days: 5,
    reason: '须核实后答复',
    materials: [['事由说明', '书面或当面说明；可附证据']],
    grounds: [['不属于服务大厅受理范围，已告知途径']],
    results: ['已核实并答复本人', '已转有关部门处理'],
  },
  {
    no: 3,
    name: '意见建议登记',
    materials: [['意见或建议', '当面说明即可']],
    grounds: [],
    results: ['已登记并答复', '已转有关部门'],
  },
]

const transcripts: ItemPlan[] = [
  {
    no: 1,
    clause: areas,
    name: '成绩查询',
    aliases: ['成绩单', '成绩单打印'],
    materials: ['campus-card'],
    grounds: ['not-owner'],
    results: ['已打印成绩单', '已当场查询告知'],
  },
  {
    no: 2,
    name: '成绩复核申请',
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'campus-card', 'statement'],
    grounds: ['overdue', ['该课程已复核过一次']],
  },
  {
    no: 3,
    name: '成绩证明（中英文）出具',
    kind: 'committed',
    days: 3,
    materials: ['form', 'id-card'],
    grounds: ['not-owner'],
    charge: { basis: '英文翻译费，校内公示标准', standard: '中文免费，英文每份 10 元' },
  },
]

const campusCard: ItemPlan[] = [
  {
    no: 1,
    clause: areas,
    name: '一卡通办理',
    aliases: ['校园卡', '办卡', '补卡'],
    materials: ['id-card', 'photo'],
    grounds: ['not-student'],
    charge: { basis: '工本费，校内公示标准', standard: '首次免费，补办每张 15 元' },
    results: ['卡已发放', '已挂失'],
  },
  { no: 2, name: '一卡通解挂', materials: ['id-card'], grounds: ['not-owner'] },
  {
    no: 3,
    name: '一卡通异常交易核查',
    kind: 'committed',
    days: 3,
    materials: ['form', 'id-card', ['交易明细', '自助机打印']],
    grounds: ['overdue'],
  },
]

const windows: Record<string, ItemPlan[]> = {
  general,
  daily,
  enquiries,
  transcripts,
  'campus-card': campusCard,
  ...zjjMoreWindows,
}

/** 张家界航空工业职业技术学院: the nine areas of 第四条 with their items. */
export const zjjItems: Item[] = Object.entries(windows).flatMap(([windowId, plans]) =>
  buildItems({ profile: zjjProfile, windowId, article: '第四条' }, plans),
)
