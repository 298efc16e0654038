import { buildItems, consultation, type ItemPlan } from '../build-item.ts'
import type { Item } from '../item-sheet.ts'
import { nbuProfile } from '../nbu.ts'
import { nbuMoreWindows } from './nbu-more.ts'

// The regulation's annex with the service items is not in the text: every item here is 示例.

const studentAffairs: ItemPlan[] = [
  {
    no: 1,
    name: '在读证明开具',
    aliases: ['在校证明'],
    materials: ['campus-card'],
    grounds: ['not-student', 'not-owner'],
  },
  {
    ...{ no: 2, name: '学生证补办', kind: 'committed', days: 5, aliases: ['补学生证', '学生证遗失'] },
    materials: ['form-advisor', 'photo', 'id-card', 'loss-note'],
    grounds: ['not-student', 'already-done'],
    charge: { basis: '工本费，校内公示标准', standard: '每本 5 元' },
  },
  {
    no: 3,
    name: '火车票优惠卡充磁',
    materials: ['campus-card', ['优惠卡', '卡面完好，贴在学生证内']],
    grounds: [['家庭居住地与学校在同一城市'], ['本学年优惠次数已用完']],
  },
  {
    ...{ no: 4, name: '家庭经济困难认定申请', kind: 'committed', days: 7, level: 'schoolStudy', aliases: ['贫困认定'] },
    reason: '须经学院评议、学校审定并公示',
    flow: {
      units: 'together',
      check: 'student-development',
      approvals: [
        { unitId: 'student-development', title: '资助工作负责人' },
        { unitId: 'student-development', title: '分管处领导' },
      ],
    },
    materials: ['form-college', 'proof', 'id-copy', 'statement'],
    grounds: ['not-student', 'overdue', 'false-papers'],
  },
  {
    ...{ no: 5, name: '勤工助学岗位申请', kind: 'committed', days: 5 },
    materials: ['form-advisor', ['课表', '从教务系统打印'], 'bank-card'],
    grounds: ['not-student', 'in-discipline'],
  },
  { ...consultation, no: 6, name: '助学贷款咨询' },
  {
    no: 7,
    name: '助学贷款回执登记',
    materials: ['campus-card', ['受理证明', '生源地资助中心出具，带回执码']],
    grounds: ['overdue'],
  },
]

const careers: ItemPlan[] = [
  {
    no: 1,
    name: '就业协议书盖章',
    materials: ['campus-card', ['就业协议书', '用人单位已盖章']],
    grounds: ['not-eligible'],
  },
  {
    no: 2,
    name: '毕业生就业推荐表审核',
    kind: 'committed',
    days: 3,
    materials: ['form-college', 'transcript', 'campus-card'],
    grounds: ['not-student', 'false-papers'],
  },
  {
    no: 3,
    name: '创业园入驻申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经评审会论证',
    materials: ['form-college', ['创业计划书', '不少于 10 页，附团队名单'], 'campus-card'],
    grounds: ['not-eligible', 'in-discipline'],
  },
  { ...consultation, no: 4, name: '档案去向咨询' },
]

const teaching: ItemPlan[] = [
  {
    no: 1,
    name: '中英文成绩单打印盖章',
    aliases: ['成绩证明'],
    materials: ['campus-card'],
    grounds: ['not-owner'],
    charge: { basis: '英文翻译费，校内公示标准', standard: '中文免费，英文每份 10 元' },
  },
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
    name: '转专业申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经转入转出学院考核、学校审定',
    materials: ['form-college', 'transcript', 'statement'],
    grounds: ['overdue', 'in-discipline', 'not-eligible'],
  },
  {
    no: 4,
    name: '休学申请',
    kind: 'joint',
    units: ['academic-affairs', 'student-development'],
    days: 5,
    reason: '须经教务处和学生发展与服务处审核',
    materials: ['form-college', 'parent-letter', 'medical-proof'],
    grounds: ['not-student'],
  },
  { ...consultation, no: 5, name: '选课咨询' },
]

const graduates: ItemPlan[] = [
  { no: 1, name: '研究生在读证明', materials: ['campus-card'], audience: '在籍研究生', grounds: ['not-student'] },
  {
    no: 2,
    name: '导师变更申请',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经学院学位分委员会讨论',
    audience: '在籍研究生',
    materials: ['form-tutor', 'statement', ['转入导师同意书', '转入导师签字']],
    grounds: ['not-eligible'],
  },
  {
    no: 3,
    name: '学位证明书补办',
    kind: 'committed',
    days: 30,
    level: 'higherAuthority',
    reason: '须报上级主管部门备案',
    audience: '毕业研究生',
    materials: ['form', 'id-copy', 'photo', 'loss-note'],
    grounds: ['not-owner', 'already-done'],
  },
  { ...consultation, no: 4, name: '论文答辩流程咨询', audience: '在籍研究生' },
]

const windows: Record<string, ItemPlan[]> = {
  'student-affairs': studentAffairs,
  careers,
  teaching,
  graduates,
  ...nbuMoreWindows,
}

/** 宁波大学: the catalogue by window, all 示例. */
export const nbuItems: Item[] = Object.entries(windows).flatMap(([windowId, plans], index) =>
  buildItems({ profile: nbuProfile, windowId, article: `二、${String(index + 1)}` }, plans),
)
