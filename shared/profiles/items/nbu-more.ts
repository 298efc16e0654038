import { consultation, type ItemPlan } from '../build-item.ts'

const campusCulture: ItemPlan[] = [
  {
    no: 1,
    name: '社团活动审批',
    units: ['youth-league'],
    kind: 'committed',
    days: 3,
    materials: ['form-advisor', 'plan-sheet', 'safety-letter'],
    grounds: ['not-permitted', 'overdue'],
  },
  {
    no: 2,
    name: '团员组织关系转接',
    units: ['youth-league'],
    materials: ['campus-card', ['团员证', '已注册']],
    grounds: ['not-eligible'],
  },
  {
    no: 3,
    name: '校园宣传品张贴登记',
    units: ['publicity'],
    materials: ['form', ['宣传品样张', '写明张贴起止日期']],
    grounds: ['not-permitted'],
  },
  {
    no: 4,
    name: '校园媒体采访拍摄备案',
    units: ['publicity'],
    kind: 'committed',
    days: 3,
    materials: ['form-college', 'plan-sheet', 'campus-card'],
    grounds: ['not-permitted'],
  },
  {
    no: 5,
    name: '户籍证明借用',
    units: ['security'],
    aliases: ['户口页借用'],
    materials: ['id-card', 'campus-card'],
    grounds: ['not-owner'],
  },
  {
    no: 6,
    name: '户口迁移办理',
    units: ['security'],
    kind: 'committed',
    days: 5,
    materials: ['form', 'id-copy', ['迁移证或准迁证', '原件'], 'photo'],
    grounds: ['not-eligible', 'false-papers'],
  },
  {
    no: 7,
    name: '大型活动联合审批',
    kind: 'joint',
    units: ['youth-league', 'publicity', 'security'],
    days: 5,
    reason: '须经团委、宣传部、保卫处分别审批',
    audience: '学生组织',
    materials: ['form-college', 'plan-sheet', 'safety-letter'],
    grounds: ['not-permitted', 'overdue'],
  },
]

const library: ItemPlan[] = [
  { no: 1, name: '校园卡解挂', aliases: ['一卡通解挂'], materials: ['id-card'], grounds: ['not-owner'] },
  {
    no: 2,
    name: '校园卡补办',
    aliases: ['一卡通补办', '补卡'],
    materials: ['id-card', 'photo'],
    grounds: ['not-student'],
    charge: { basis: '工本费，校内公示标准', standard: '每张 15 元' },
  },
  {
    no: 3,
    name: '图书遗失赔偿办理',
    materials: ['campus-card', ['遗失图书信息', '书名或条码号']],
    grounds: [],
    charge: { basis: '图书馆借阅规则', standard: '按书价核定' },
  },
  {
    no: 4,
    name: '校园网账号恢复',
    kind: 'committed',
    days: 2,
    materials: ['form', 'campus-card'],
    grounds: ['not-permitted', 'not-student'],
  },
  { ...consultation, no: 5, name: '文献传递咨询' },
]

const international: ItemPlan[] = [
  {
    no: 1,
    name: '留学生在读证明',
    audience: '在籍国际学生',
    materials: [['护照', '原件当场核对']],
    grounds: ['not-student'],
  },
  {
    no: 2,
    name: '居留许可延期申请材料出具',
    kind: 'committed',
    days: 5,
    audience: '在籍国际学生',
    reason: '须核对学籍、住宿和保险',
    materials: [['护照', '原件当场核对'], ['住宿登记表', '派出所或宿管出具'], ['保险凭证', '在有效期内'], 'photo'],
    grounds: ['not-student', 'overdue', 'not-permitted'],
  },
  {
    no: 3,
    name: '校外住宿备案',
    kind: 'committed',
    days: 3,
    audience: '在籍国际学生',
    materials: ['form', ['租房合同', '原件核对，留复印件'], 'safety-letter'],
    grounds: ['not-permitted'],
  },
  { ...consultation, no: 4, name: '保险理赔咨询', audience: '在籍国际学生', materials: [['护照', '原件当场核对']] },
]

/** Windows 5–7 of 宁波大学; all 示例. */
export const nbuMoreWindows: Record<string, ItemPlan[]> = {
  'campus-culture': campusCulture,
  'library-information': library,
  'international-students': international,
}
