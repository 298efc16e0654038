import { sampleGuidance, SHIPPED_FROM, unitsOf, windowsOf } from './hall-parts.ts'
import type { Profile } from './profile.ts'
import { settingsOf } from './defaults.ts'
import { ours, said } from './settings.ts'

const workdays = [1, 2, 3, 4, 5]

/** 宁波大学学生事务中心: 宁波大学学生事务中心运行管理办法（试行）. */
export const nbuProfile: Profile = {
  id: 'nbu@1',
  hallId: 'nbu',
  version: 1,
  effectiveOn: SHIPPED_FROM,
  hall: {
    name: '学生事务中心',
    school: '宁波大学',
    shortName: '宁大学生事务中心',
    nameEn: 'Student Affairs Centre, Ningbo University',
  },
  units: unitsOf([
    ['student-development', '学生发展与服务处'],
    ['academic-affairs', '教务处'],
    ['graduate-school', '研究生院/研工部'],
    ['youth-league', '团委'],
    ['publicity', '宣传部'],
    ['security', '保卫处'],
    ['library-it', '图书馆与信息中心'],
    ['international-college', '国际交流学院'],
  ]),
  windows: windowsOf([
    { id: 'student-affairs', code: 'XG', name: '学工服务', units: ['student-development'] },
    { id: 'careers', code: 'CY', name: '创业就业', units: ['student-development'] },
    { id: 'teaching', code: 'JX', name: '教学服务', units: ['academic-affairs'] },
    { id: 'graduates', code: 'YJ', name: '研究生服务', units: ['graduate-school'] },
    { id: 'campus-culture', code: 'WH', name: '校园文化', units: ['youth-league', 'publicity', 'security'] },
    { id: 'library-information', code: 'TS', name: '图书信息', units: ['library-it'] },
    { id: 'international-students', code: 'LX', name: '留学生服务', units: ['international-college'] },
  ]),
  guidance: sampleGuidance,
  settings: settingsOf({
    regulation: said({ title: '宁波大学学生事务中心运行管理办法（试行）', number: '宁大政〔2015〕117号' }, 'NBU-1'),
    contact: ours({ phone: '8100（示例）', mailbox: '', place: '魏绍相楼二楼' }),
    roleWord: said('岗', 'NBU-10'),
    badge: said('挂牌上岗', 'NBU-18'),
    sealNameForm: said('{unit}学生事务中心专用章', 'NBU-15'),
    sealKeeper: said('各单位工作人员', 'NBU-15'),
    windowList: said('七个窗口', 'NBU-1'),
    isWindowShared: said(true, 'NBU-1'),
    windowProposal: said('提请', 'NBU-2'),
    windowDecisionBasis: said(['needs'], 'NBU-2'),
    windowsDecidedBy: said('学生事务中心工作领导小组', 'NBU-3'),
    jointWindowTurn: said('以学期为单位轮流选派专职人员', 'NBU-17'),
    jointTurnBy: said('term', 'NBU-17'),
    concentratedService: said({ isOn: true, otherwiseAt: 'student-affairs' }, 'NBU-2'),
    windowStaff: said('A 岗一人、B 岗一人', 'NBU-10'),
    unfitStaff: said('replaced', 'NBU-13'),
    aRole: said('unitStaff', 'NBU-17'),
    bRolesPerA: said({ min: 1, max: 1 }, 'NBU-10'),
    bStandsInWhen: said('出差、休假等情况离岗', 'NBU-10'),
    seats: said({ staffA: 1, students: null, backOffice: null, isBackOfficeByConsent: false }, 'NBU-10'),
    postTenure: said({ joint: 'term', sole: 'appointment', isEndRequired: true }, 'NBU-17'),
    management: said({ business: 'unit', daily: 'hall', appraisal: 'hall' }, 'NBU-17'),
    offices: said(
      [
        {
          ...{ id: 'director', title: '事务中心主任', chosen: 'appointed', chosenBy: '领导小组办公室' },
          ...{ approvedBy: '', most: 1 },
        },
      ],
      'NBU-一',
    ),
    hours: said(
      [
        { days: workdays, from: '09:00', to: '11:00' },
        { days: workdays, from: '12:00', to: '16:30' },
      ],
      'NBU-9',
    ),
    handover: said({ from: '08:00', to: '09:00' }, 'NBU-9'),
    unitMeetingHalfDaysAWeek: said(1, 'NBU-9'),
    pay: said({ word: '工作补贴', yuanAnHour: 0 }, 'NBU-14'),
    toldWithPromise: said(['process', 'dueOn'], 'NBU-7'),
    firstContactUntil: said('solvedOrAnswered', 'NBU-6'),
    explainer: said('unit', 'NBU-4'),
    hasOnline: said(true, 'NBU-8'),
    approvals: said(
      { ordinary: [], schoolStudy: ['check', 'approval'], higherAuthority: ['check', 'approval'] },
      'NBU-8',
    ),
    hasAppointment: said(true, 'NBU-8'),
    hasBackOffice: said(true, 'NBU-8'),
    complaintsTo: said('领导小组办公室（学生发展与服务处）', 'NBU-一'),
  }),
}
