import type { ItemPlan } from '../build-item.ts'

const partyLeague: ItemPlan[] = [
  {
    no: 1,
    name: '团员组织关系转接',
    units: ['youth-league'],
    materials: ['campus-card', ['团员证', '已注册']],
    grounds: [['不是共青团员']],
  },
  {
    no: 2,
    name: '党员组织关系转接',
    units: ['organisation'],
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', ['介绍信', '转出单位出具，盖章'], 'id-card'],
    grounds: ['not-eligible'],
  },
  {
    no: 3,
    name: '社团活动审批',
    units: ['youth-league'],
    kind: 'committed',
    days: 3,
    audience: '学生社团',
    materials: ['form-advisor', 'plan-sheet', 'safety-letter'],
    grounds: ['not-permitted', 'overdue'],
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
    name: '宿舍调整申请',
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', 'statement', 'campus-card'],
    grounds: ['not-permitted', ['没有空余床位']],
  },
  {
    no: 3,
    name: '宿舍钥匙借用',
    materials: ['campus-card'],
    grounds: [['不是本宿舍住宿学生']],
    results: ['已借出，写明归还时间'],
  },
]

const careers: ItemPlan[] = [
  {
    no: 1,
    name: '就业协议书盖章',
    aliases: ['三方协议盖章'],
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
    name: '创业扶持资金申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学校评审会研究',
    materials: ['form-college', ['创业计划书', '附团队名单'], 'bank-card'],
    grounds: ['not-eligible', 'in-discipline'],
  },
]

const finance: ItemPlan[] = [
  { no: 1, name: '学费缴费证明', materials: ['campus-card'], grounds: ['not-owner'] },
  {
    no: 2,
    name: '学费退费申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院、教务处核对后由学校批准',
    materials: ['form-college', 'bank-card', ['原缴费票据', '遗失的写情况说明']],
    grounds: ['not-eligible', 'overdue'],
  },
  {
    no: 3,
    name: '缴费票据补打',
    kind: 'committed',
    days: 2,
    materials: ['form', 'id-card'],
    grounds: ['not-owner', 'already-done'],
  },
]

/** The last four areas of 张家界航空工业职业技术学院; all 示例. */
export const zjjMoreWindows: Record<string, ItemPlan[]> = {
  'party-league': partyLeague,
  logistics,
  careers,
  finance,
}
