import { buildItems, consultation, type ItemPlan } from '../build-item.ts'
import type { Item } from '../item-sheet.ts'
import { szitProfile } from '../szit.ts'
import { szitServiceWindows } from './szit-services.ts'
import { szitTeaching } from './szit-teaching.ts'

const approvals = '社团活动组织审批、大学生活动中心场馆使用审批'
const membership = '党团组织关系转接、入团申请和团员证办理'
const joining = '校外勤工助学、学生社团入团申办'

const partyLeague: ItemPlan[] = [
  {
    no: 1,
    clause: approvals,
    name: '社团活动组织审批',
    units: ['youth-league'],
    kind: 'committed',
    days: 3,
    audience: '学生社团',
    materials: ['form-advisor', 'plan-sheet', 'safety-letter'],
    grounds: ['not-permitted', 'overdue'],
  },
  {
    no: 2,
    clause: approvals,
    name: '大学生活动中心场馆使用审批',
    units: ['youth-league'],
    kind: 'committed',
    days: 3,
    audience: '学生组织、班级',
    materials: ['form-advisor', 'plan-sheet', 'safety-letter'],
    grounds: [['该时段场馆已被借用'], ['活动内容不符合场馆使用规定']],
  },
  {
    no: 3,
    clause: '学生活动物资借用申请',
    name: '学生活动物资借用申请',
    units: ['youth-league'],
    materials: ['form', 'campus-card'],
    grounds: [['物资已全部借出'], ['有逾期未还的物资']],
    results: ['已借出，写明归还日期'],
  },
  {
    no: 4,
    clause: membership,
    name: '党团组织关系转接',
    units: ['party-work', 'youth-league'],
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', ['介绍信', '转出单位出具，盖章'], 'id-card'],
    grounds: ['not-eligible', 'false-papers'],
  },
  {
    no: 5,
    clause: membership,
    name: '入团申请',
    units: ['youth-league'],
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经团支部讨论、校团委审批',
    materials: [['入团申请书', '本人手写'], ['志愿服务证明', '累计不少于 20 小时'], 'campus-card'],
    grounds: ['not-eligible', 'in-discipline'],
  },
  {
    no: 6,
    clause: membership,
    name: '团员证办理',
    units: ['youth-league'],
    materials: ['photo', 'campus-card'],
    grounds: [['不是共青团员'], ['已持有有效团员证']],
  },
  {
    no: 7,
    clause: joining,
    name: '校外勤工助学申办',
    units: ['youth-league'],
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', ['用工单位证明', '单位盖章，写明工时和报酬'], 'safety-letter', 'parent-letter'],
    grounds: ['not-permitted', 'in-discipline'],
  },
  {
    no: 8,
    clause: joining,
    name: '学生社团入团申办',
    units: ['youth-league'],
    aliases: ['加入社团'],
    materials: ['form', 'campus-card'],
    grounds: [['社团本学期招新已结束']],
  },
  { ...consultation, no: 9, clause: '院学生会入会咨询', name: '院学生会入会咨询', units: ['youth-league'] },
]

const aid = '奖助学金、助学贷款、勤工助学、学费补偿等事务办理咨询'
const cards = '学生证、火车购票优惠卡等证件办理'

const studentAffairs: ItemPlan[] = [
  {
    no: 1,
    clause: aid,
    name: '奖助学金事务办理咨询',
    kind: 'committed',
    days: 7,
    level: 'schoolStudy',
    reason: '须经二级学院评议、学校审定并公示',
    materials: ['form-college', 'transcript', 'proof', 'bank-card'],
    grounds: ['in-discipline', 'overdue', 'not-eligible'],
  },
  {
    ...consultation,
    no: 2,
    clause: aid,
    name: '助学贷款事务办理咨询',
    aliases: ['助学贷款咨询', '贷款回执'],
    materials: ['campus-card', ['受理证明', '生源地资助中心出具，只咨询的不用带']],
  },
  {
    no: 3,
    clause: aid,
    name: '勤工助学事务办理咨询',
    aliases: ['勤工助学岗位申请'],
    kind: 'committed',
    days: 5,
    materials: ['form-advisor', ['课表', '从教务信息平台打印'], 'bank-card'],
    grounds: ['not-student', 'in-discipline'],
  },
  {
    ...{
      no: 4,
      clause: cards,
      isOwnName: true,
      name: '学生证补办',
      aliases: ['补学生证', '学生证遗失'],
      kind: 'committed',
      days: 5,
    },
    materials: [
      ['学生证补办申请表', '窗口打印空表，找辅导员签字后带回'],
      ['一寸近照 1 张', '近 6 个月内，白底；窗口不代拍'],
      ['身份证或校园卡', '当场核对，不留复印件'],
      ['遗失说明', '本人签名，写明遗失日期'],
    ],
    process: [
      '交材料：少了什么，窗口一次告诉你，并给你一张纸',
      '受理：拿到写明日期的回执和查询码',
      '制证：学生处办，你不用跑',
      '领取：本人带身份证或校园卡；请顺手评价',
    ],
    grounds: ['not-student', 'already-done'],
  },
  {
    no: 5,
    clause: aid,
    name: '学费补偿事务办理咨询',
    aliases: ['学费补偿申请'],
    kind: 'committed',
    days: 30,
    level: 'higherAuthority',
    reason: '须报上级资助管理部门审批',
    materials: ['form-college', 'proof', 'id-copy', 'bank-card'],
    grounds: ['not-eligible', 'overdue'],
  },
  {
    ...{
      no: 6,
      clause: cards,
      name: '火车购票优惠卡办理',
      aliases: ['火车优惠卡', '优惠卡充磁'],
      audience: '家校不在同一城市的全日制在籍学生',
    },
    materials: [
      ['学生证', '已贴优惠卡，卡面完好'],
      ['乘车区间与家庭地址一致', '当场与系统内地址核对'],
    ],
    process: ['交学生证，当场核对乘车区间', '优惠次数写入优惠卡', '当面看屏幕核对，请评价'],
    grounds: [['家庭居住地与学校在同一城市'], ['本学年 4 次优惠已用完'], 'not-student'],
    results: ['优惠次数已写入', '优惠卡已更换并写入'],
  },
  {
    no: 7,
    clause: '退住宿咨询办理',
    name: '退住宿咨询办理',
    kind: 'joint',
    units: ['student-affairs', 'logistics', 'information'],
    days: 5,
    reason: '须经学生处、后勤处、信管中心分别办理',
    materials: ['form-advisor', 'parent-letter', 'campus-card'],
    grounds: ['not-student', 'not-permitted'],
  },
  {
    no: 8,
    clause: cards,
    name: '学生证办理',
    materials: ['photo', 'id-card'],
    grounds: ['not-student', ['学生证在用，遗失的请办补办']],
    results: ['学生证已发放', '注册章已盖'],
  },
]

const windows: [string, ItemPlan[]][] = [
  ['party-league', partyLeague],
  ['teaching', szitTeaching],
  ['student-affairs', studentAffairs],
  ...szitServiceWindows,
]

/** 沙洲职业工学院: every service item 三 lists, each quoting the words it stands in. */
export const szitItems: Item[] = windows.flatMap(([windowId, plans], index) =>
  buildItems({ profile: szitProfile, windowId, article: index < 6 ? `三、${String(index + 1)}` : '三' }, plans),
)
