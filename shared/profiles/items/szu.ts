import { buildItems, consultation, type ItemPlan } from '../build-item.ts'
import type { Item } from '../item-sheet.ts'
import { szuProfile } from '../szu.ts'

// The documents name no items; every item here is 示例.

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
    name: '国家助学金申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院评议、学校审定并公示',
    materials: ['form-college', 'proof', 'bank-card'],
    grounds: ['overdue', 'not-eligible'],
  },
  { ...consultation, no: 4, name: '助学贷款咨询' },
]

const teaching: ItemPlan[] = [
  { no: 1, name: '成绩单打印盖章', materials: ['campus-card'], grounds: ['not-owner'] },
  {
    no: 2,
    name: '缓考申请',
    kind: 'committed',
    days: 3,
    materials: ['form-college', 'proof', 'campus-card'],
    grounds: ['overdue', 'not-eligible'],
  },
  {
    no: 3,
    name: '休学申请',
    kind: 'joint',
    units: ['academic-affairs', 'student-affairs'],
    days: 5,
    reason: '须经教务处和学生处审核',
    materials: ['form-college', 'parent-letter', 'medical-proof'],
    grounds: ['not-student'],
  },
  { ...consultation, no: 4, name: '选课咨询' },
]

const youthLeague: ItemPlan[] = [
  { no: 1, name: '团员组织关系转接', materials: ['campus-card', ['团员证', '已注册']], grounds: [['不是共青团员']] },
  {
    no: 2,
    name: '社团活动审批',
    kind: 'committed',
    days: 3,
    audience: '学生社团',
    materials: ['form-advisor', 'plan-sheet', 'safety-letter'],
    grounds: ['not-permitted', 'overdue'],
  },
  {
    no: 3,
    name: '志愿服务时长认定',
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'proof'],
    grounds: ['false-papers', 'overdue'],
  },
]

const careers: ItemPlan[] = [
  {
    no: 1,
    name: '就业协议书盖章',
    materials: ['campus-card', ['就业协议书', '用人单位已盖章']],
    grounds: ['not-eligible'],
    results: ['已盖章'],
  },
  {
    no: 2,
    name: '毕业生推荐表审核',
    kind: 'committed',
    days: 3,
    materials: ['form-college', 'transcript', 'campus-card'],
    grounds: ['false-papers', 'not-student'],
  },
  {
    no: 3,
    name: '档案去向查询',
    materials: ['id-card'],
    audience: '毕业生',
    grounds: ['not-owner'],
    results: ['已当场查询告知'],
  },
]

const logistics: ItemPlan[] = [
  {
    no: 1,
    name: '宿舍报修登记',
    kind: 'committed',
    days: 2,
    materials: [['报修地点和情况', '当面说明即可']],
    grounds: [['不属于学校物业范围']],
    results: ['已修复', '已告知处理方案'],
  },
  {
    no: 2,
    name: '校园卡补办',
    aliases: ['补卡'],
    materials: ['id-card', 'photo'],
    grounds: ['not-student'],
    charge: { basis: '工本费，校内公示标准', standard: '每张 15 元' },
  },
  {
    no: 3,
    name: '宿舍调整申请',
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'statement', 'campus-card'],
    grounds: ['not-permitted', ['没有空余床位']],
  },
]

const windows: Record<string, ItemPlan[]> = {
  'student-affairs': studentAffairs,
  teaching,
  'youth-league': youthLeague,
  careers,
  logistics,
}

/** 宿州学院: a plausible catalogue, all 示例. */
export const szuItems: Item[] = Object.entries(windows).flatMap(([windowId, plans]) =>
  buildItems({ profile: szuProfile, windowId, article: '' }, plans),
)
