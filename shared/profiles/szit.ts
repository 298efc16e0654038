import { sampleGuidance, SHIPPED_FROM, unitsOf, windowsOf } from './hall-parts.ts'
import type { Profile } from './profile.ts'
import { settingsOf } from './defaults.ts'
import { ours, said } from './settings.ts'

/** 沙洲职业工学院 “一站式” 学生社区服务中心. */
export const szitProfile: Profile = {
  id: 'szit@1',
  hallId: 'szit',
  version: 1,
  effectiveOn: SHIPPED_FROM,
  hall: {
    name: '“一站式”学生社区服务中心',
    school: '沙洲职业工学院',
    shortName: '学生社区服务中心',
    nameEn: 'One-stop Student Community Service Centre, Shazhou Professional Institute of Technology',
  },
  units: unitsOf([
    ['party-work', '党委工作部'],
    ['youth-league', '团委'],
    ['academic-affairs', '教务处'],
    ['student-affairs', '学生处'],
    ['admissions-careers', '招就处'],
    ['information', '信管中心'],
    ['logistics', '后勤处'],
    ['security', '保卫处'],
  ]),
  windows: [
    ...windowsOf([
      { id: 'party-league', code: 'DT', name: '党团事务窗口', units: ['party-work', 'youth-league'] },
      { id: 'teaching', code: 'JW', name: '教务事务窗口', units: ['academic-affairs'] },
      { id: 'student-affairs', code: 'XS', name: '学生事务窗口', units: ['student-affairs'] },
      { id: 'careers', code: 'JY', name: '就业管理事务窗口', units: ['admissions-careers'] },
      { id: 'information', code: 'XX', name: '信息管理事务窗口', units: ['information'] },
      { id: 'logistics-security', code: 'HQ', name: '后勤（保卫）事务窗口', units: ['logistics', 'security'] },
    ]),
    {
      ...{ id: 'information-desk', code: 'ZX', name: '咨询台', unitIds: ['student-affairs'], order: 7 },
      ...{ place: '服务大厅入口（示例）', isDesk: true },
    },
  ],
  guidance: sampleGuidance,
  settings: settingsOf({
    regulation: said(
      {
        title: '沙洲职业工学院“一站式”学生社区服务中心学生事务综合管理办法（试行）',
        number: '沙工党〔2023〕48号',
      },
      'SZIT-1',
    ),
    roleWord: said('角', 'SZIT-四.3'),
    badge: said('统一着装上岗', 'SZIT-四.3(4)'),
    sealNameForm: said('{unit}—学生社区事务专用章', 'SZIT-7'),
    sealKeeper: said('各部门保管和运用', 'SZIT-7'),
    windowList: said('六个窗口，另设咨询台', 'SZIT-1'),
    isWindowShared: said(true, 'SZIT-1'),
    windowsDecidedBy: said('领导小组', 'SZIT-二'),
    jointWindowTurn: said('定期以单位业务内容轮流', 'SZIT-2'),
    jointTurnBy: said('schedule', 'SZIT-2'),
    concentratedService: said({ isOn: true, otherwiseAt: 'information-desk' }, 'SZIT-三'),
    windowStaff: said('责任部门派驻或学生志愿助理', 'SZIT-四.1'),
    aRole: said('studentAssistant', 'SZIT-5'),
    bRolesPerA: said({ min: 1, max: null }, 'SZIT-5'),
    bStandsInWhen: said('上课、实训、实习等情况离岗', 'SZIT-5'),
    staffChange: said('上岗安排报综合管理办公室备案', 'SZIT-5'),
    staffChangeNeeds: said('filing', 'SZIT-5'),
    unfitStaff: said('replaced', 'SZIT-四.3(4)'),
    isTrainingRequired: said(true, 'SZIT-8'),
    trainingBy: said('各职能部门', 'SZIT-8'),
    trainedBy: said('unit', 'SZIT-8'),
    seats: said({ staffA: null, students: null, backOffice: null, isBackOfficeByConsent: false }, 'SZIT-5'),
    postTenure: said({ joint: 'byUnit', sole: 'open', isEndRequired: false }, 'SZIT-2'),
    isFreeTimeOnly: said(true, 'SZIT-5'),
    management: said({ business: 'unit', daily: 'hall', appraisal: 'hall' }, 'SZIT-四.1'),
    recruitedBy: said('学生社区综合管理办公室面向全校统一招募', 'SZIT-8'),
    offices: said(
      [
        {
          ...{ id: 'director', title: '事务中心主任', chosen: 'appointed', chosenBy: '领导小组办公室' },
          ...{ approvedBy: '', most: 1 },
        },
      ],
      'SZIT-二',
    ),
    unitTeacherVisitsAWeek: said(1, 'SZIT-5'),
    outOfHours: said('晚上及节假日以值班制为主，由各部门安排', 'SZIT-4'),
    unitBusinessDays: said('byUnit', 'SZIT-5'),
    rosterBy: said('各职能部门安排，报综合管理办公室备案', 'SZIT-5'),
    attendanceCount: said('按月汇总工时，按勤工助学计酬', 'SZIT-6'),
    pay: said({ word: '勤工助学报酬', yuanAnHour: 0 }, 'SZIT-6'),
    toldWithPromise: said(['process', 'dueOn'], 'SZIT-四.3(3)'),
    nobodysMatter: said('咨询台协调，转送有关部门', 'SZIT-3'),
    nobodysMatterBy: said('desk', 'SZIT-3'),
    explainer: said('unit', 'SZIT-四.2'),
    hasTerminal: said(true, 'SZIT-10'),
    transcriptUrl: ours('https://transcript.example.edu.cn/'),
    complaintsTo: said('咨询台，转送各相关部门', 'SZIT-3'),
  }),
}
