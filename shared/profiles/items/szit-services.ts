import { consultation, type ItemPlan } from '../build-item.ts'

const files = '学生档案建档、调档、派遣政策咨询办理'
const stamps = '就业协议、毕业生登记表盖章等'

const careers: ItemPlan[] = [
  {
    no: 1,
    clause: files,
    name: '学生档案建档咨询办理',
    kind: 'committed',
    days: 5,
    materials: ['form', 'id-copy', ['高中学籍档案', '密封原件']],
    grounds: [['档案有拆封痕迹，须原单位重新密封'], 'not-student'],
  },
  {
    no: 2,
    clause: files,
    name: '学生档案调档咨询办理',
    kind: 'committed',
    days: 3,
    materials: ['form', 'id-card', ['调档函', '接收单位出具，盖章']],
    grounds: [['接收单位无档案保管资格'], 'not-owner'],
  },
  { ...consultation, no: 3, clause: files, name: '派遣政策咨询办理' },
  { ...consultation, no: 4, clause: '毕业生就业政策咨询和服务', name: '毕业生就业政策咨询和服务' },
  {
    no: 5,
    clause: '就业岗位信息发布',
    name: '就业岗位信息发布',
    kind: 'committed',
    days: 2,
    audience: '用人单位、校内部门',
    reason: '须核对用人单位资质',
    materials: [
      ['岗位信息表', '写明人数、薪酬、地点'],
      ['营业执照副本复印件', '加盖公章'],
    ],
    grounds: [['用人单位资质核对未通过'], 'not-permitted'],
  },
  {
    no: 6,
    clause: stamps,
    name: '就业协议盖章',
    aliases: ['三方协议盖章'],
    materials: ['campus-card', ['就业协议书', '用人单位已盖章']],
    grounds: ['not-eligible', 'not-owner'],
    results: ['已盖章'],
  },
  {
    no: 7,
    clause: stamps,
    name: '毕业生登记表盖章',
    materials: ['campus-card', ['毕业生登记表', '二级学院已审核']],
    grounds: ['not-owner'],
    results: ['已盖章'],
  },
]

const network =
  '一卡通业务咨询及报表处理、一卡通设备报修、宿舍水电充值、故障报修及违章电器送电处理、宿舍闸机信息处理、今日校园 APP 管理、校园网络故障处理'
const repair = {
  process: ['说清地点和故障', '登记派单，告知处理时间', '修好后告知你，请评价'],
  results: ['已修复', '已告知处理方案'],
}

const information: ItemPlan[] = [
  {
    no: 1,
    clause: network,
    name: '一卡通业务咨询及报表处理',
    aliases: ['一卡通补办', '补卡', '挂失'],
    materials: ['id-card'],
    grounds: ['not-owner'],
  },
  {
    ...repair,
    no: 2,
    clause: network,
    name: '一卡通设备报修',
    kind: 'committed',
    days: 2,
    materials: [['设备位置和故障情况', '当面说明即可']],
    grounds: [],
  },
  {
    no: 3,
    clause: network,
    name: '宿舍水电充值',
    materials: ['campus-card', ['宿舍号', '当面说明即可']],
    grounds: [['宿舍表计未开通']],
    charge: { basis: '水电价格，校内公示标准', standard: '按充值金额' },
  },
  {
    ...repair,
    no: 4,
    clause: network,
    name: '故障报修及违章电器送电处理',
    kind: 'committed',
    days: 1,
    materials: ['statement', ['宿舍号', '当面说明即可']],
    grounds: [['违章电器未上交，不能恢复送电']],
  },
  {
    no: 5,
    clause: network,
    name: '宿舍闸机信息处理',
    aliases: ['门禁'],
    materials: ['campus-card', 'photo'],
    grounds: [['不是本楼住宿学生']],
  },
  {
    no: 6,
    clause: network,
    name: '今日校园 APP 管理',
    aliases: ['今日校园账号'],
    materials: ['campus-card'],
    grounds: ['not-owner'],
  },
  {
    ...repair,
    no: 7,
    clause: network,
    name: '校园网络故障处理',
    kind: 'committed',
    days: 2,
    materials: [['上网账号和地点', '当面说明即可']],
    grounds: ['not-permitted'],
  },
]

const service = '户籍管理、在校生入伍、毕业生入伍咨询'

const logisticsSecurity: ItemPlan[] = [
  {
    ...repair,
    no: 1,
    clause: '物业设施报修咨询与接单',
    name: '物业设施报修咨询与接单',
    units: ['logistics'],
    kind: 'committed',
    days: 3,
    materials: [['报修地点和情况', '当面说明即可，可附照片']],
    grounds: [['不属于学校物业范围']],
  },
  {
    no: 2,
    clause: service,
    name: '户籍管理',
    units: ['security'],
    aliases: ['户口借用', '户口迁移'],
    kind: 'committed',
    days: 5,
    materials: ['form', 'id-card', 'proof'],
    grounds: ['not-owner', 'false-papers'],
  },
  { ...consultation, no: 3, clause: service, name: '在校生入伍咨询', units: ['security'], aliases: ['参军'] },
  { ...consultation, no: 4, clause: service, name: '毕业生入伍咨询', units: ['security'] },
  {
    no: 5,
    clause: '失物招领',
    name: '失物招领',
    units: ['security'],
    materials: ['campus-card', ['失物特征说明', '当面说明即可']],
    grounds: [['说明与失物特征不符']],
    results: ['已认领', '已登记，找到后告知'],
  },
  {
    no: 6,
    clause: '学生突发事件报警受理',
    name: '学生突发事件报警受理',
    units: ['security'],
    aliases: ['报警', '突发事件'],
    process: ['先确认人员安全，窗口立即联系值班', '记录时间、地点、情况', '处理结果告知你'],
    materials: [['事件情况', '当面或电话说明即可']],
    grounds: [],
    results: ['已移交值班处理', '已处理完毕'],
  },
]

const rights = '可受理学生的申诉、投诉、意见和建议，并及时转送达各相关部门，维护学生的正当权益'
const questions = '对学校的有关政策和各项管理制度进行解疑答惑，提供咨询'
const troubles = '协调解决学生在饮食、住宿、学习、生活中遇到的问题和困难'

const desk: ItemPlan[] = [
  {
    no: 1,
    clause: rights,
    name: '申诉、投诉、意见和建议受理',
    aliases: ['申诉', '投诉', '意见', '建议'],
    kind: 'committed',
    days: 3,
    reason: '须转送有关部门核实答复',
    materials: [['事由说明', '书面或当面说明；可附证据']],
    grounds: [],
    results: ['责任部门已答复本人', '已转送，部门直接答复'],
  },
  {
    ...consultation,
    no: 2,
    clause: questions,
    name: '学校政策和管理制度咨询',
    materials: [['想问的事', '当面说明即可']],
  },
  {
    no: 3,
    clause: troubles,
    name: '饮食、住宿、学习、生活困难协调',
    kind: 'committed',
    days: 5,
    reason: '须与有关部门协调',
    materials: [['困难情况', '当面说明即可']],
    grounds: [],
    results: ['已协调解决', '已告知解决办法'],
  },
]

/** Windows 4–6 and the 咨询台 of 沙洲职业工学院. */
export const szitServiceWindows: [string, ItemPlan[]][] = [
  ['careers', careers],
  ['information', information],
  ['logistics-security', logisticsSecurity],
  ['information-desk', desk],
]
