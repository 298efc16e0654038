import { sampleGuidance, SHIPPED_FROM, unitsOf, windowsOf } from './hall-parts.ts'
import type { Profile } from './profile.ts'
import { settingsOf } from './defaults.ts'
import { ours, said } from './settings.ts'

/** 宿州学院大学生事务服务中心, with 重庆医科大学's first-contact rule; the documents name no windows: all 示例. */
export const szuProfile: Profile = {
  id: 'szu@1',
  hallId: 'szu',
  version: 1,
  effectiveOn: SHIPPED_FROM,
  hall: {
    name: '大学生事务服务中心',
    school: '宿州学院',
    shortName: '大学生事务中心',
    nameEn: 'Student Affairs Service Centre, Suzhou University',
  },
  units: unitsOf(
    [
      ['student-affairs', '学生处'],
      ['academic-affairs', '教务处'],
      ['youth-league', '校团委'],
      ['careers', '就业指导中心'],
      ['logistics', '后勤管理处'],
    ],
    true,
  ),
  windows: windowsOf([
    { id: 'student-affairs', code: 'XS', name: '学生事务（示例）', units: ['student-affairs'] },
    { id: 'teaching', code: 'JW', name: '教学教务（示例）', units: ['academic-affairs'] },
    { id: 'youth-league', code: 'TW', name: '共青团事务（示例）', units: ['youth-league'] },
    { id: 'careers', code: 'JY', name: '就业服务（示例）', units: ['careers'] },
    { id: 'logistics', code: 'HQ', name: '后勤服务（示例）', units: ['logistics'] },
  ]),
  guidance: sampleGuidance,
  settings: settingsOf({
    regulation: said({ title: '宿州学院大学生事务中心部门窗口及工作人员考核办法', number: '' }, 'REF-SU'),
    badge: said('穿戴整洁，正确佩戴工作牌', 'REF-宿制度三'),
    windowStaff: said('各职能部门选派', 'REF-渝一'),
    aRole: said('unitStaff', 'REF-渝一'),
    staffChange: said('不合格的退回派出部门', 'REF-SU'),
    unfitStaff: said('returned', 'REF-SU'),
    awardTitles: said({ person: '优质服务标兵', window: '红旗窗口' }, 'REF-SU'),
    trainingBy: said('中心', 'REF-宿职责五'),
    offices: said(
      [
        {
          ...{ id: 'director', title: '主任', chosen: 'elected', chosenBy: '学生代表' },
          ...{ approvedBy: '', most: 1 },
        },
        {
          ...{ id: 'deputy', title: '副主任', chosen: 'nominated', chosenBy: '主任' },
          ...{ approvedBy: '学校党委', most: null },
        },
        {
          ...{ id: 'head', title: '部长', chosen: 'appointed', chosenBy: '主任办公会议' },
          ...{ approvedBy: '', most: null },
        },
      ],
      'REF-CH',
    ),
    departments: said(
      [
        {
          ...{ id: 'office', name: '办公室' },
          duty: '日常事务的协调、管理和监督，处理内部文件、资料，维护中心形象',
        },
        { id: 'rights', name: '权益维护部', duty: '学生合法权益的维护，受理学生投诉，调查处理学生纠纷' },
        {
          id: 'enquiry',
          name: '咨询服务部',
          duty: '为学生提供各类咨询服务，包括学业、就业、心理健康、生活等方面的指导',
        },
        { id: 'events', name: '活动策划部', duty: '策划、组织、实施各类学生活动，丰富学生课余生活' },
      ],
      'REF-CH',
    ),
    officeTerm: said({ months: 12, remindDays: 30 }, 'REF-CH'),
    rosterBy: said('各职能部门按要求安排', 'REF-宿制度五'),
    leaveApprovedBy: said('中心负责人员', 'REF-宿考核二.1'),
    signIn: said('由中心负责人考勤', 'REF-SU8'),
    toldWithPromise: said(['basis', 'dueOn', 'process', 'materials'], 'REF-CQ4'),
    refusalAtDoorWord: said('不予办理', 'REF-CQ4'),
    jointLedBy: said('handler', 'REF-CQ4.2'),
    isMissingToldOnce: said(true, 'REF-CQ4'),
    nonConforming: said('supplement', 'REF-CQ4'),
    refusalGround: said('告知不予办理理由', 'REF-CQ4'),
    nobodysMatter: said('耐心解释，尽所知指导和帮助', 'REF-CQ3.3'),
    nobodysMatterBy: said('guide', 'REF-CQ3.3'),
    firstContactUntil: said('taken', 'REF-CQ3.2'),
    sheetFields: said(['basis', 'promise', 'process', 'materials'], 'REF-CQ4'),
    complaintsTo: ours('中心负责人'),
  }),
}
