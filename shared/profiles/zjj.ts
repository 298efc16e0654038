import { sampleGuidance, SHIPPED_FROM, unitsOf, windowsOf } from './hall-parts.ts'
import type { Profile } from './profile.ts'
import { settingsOf } from './defaults.ts'
import { ours, said } from './settings.ts'

/** 张家界航空工业职业技术学院 “一站式” 学生服务大厅: nine business areas; only 学生工作部 is named as a unit. */
export const zjjProfile: Profile = {
  id: 'zjj@1',
  hallId: 'zjj',
  version: 1,
  effectiveOn: SHIPPED_FROM,
  hall: {
    name: '“一站式”学生服务大厅',
    school: '张家界航空工业职业技术学院',
    shortName: '学生服务大厅',
    nameEn: 'One-stop Student Service Hall, Zhangjiajie Institute of Aeronautical Engineering',
  },
  units: [
    ...unitsOf([['student-work', '学生工作部']]),
    ...unitsOf(
      [
        ['academic-affairs', '教务处'],
        ['information', '信息中心'],
        ['youth-league', '团委'],
        ['organisation', '组织部'],
        ['logistics', '后勤处'],
        ['admissions-careers', '招生就业处'],
        ['finance', '财务处'],
        ['library', '图书馆'],
      ],
      true,
    ),
  ],
  windows: windowsOf([
    { id: 'general', code: 'ZH', name: '综合事务', units: ['student-work'] },
    { id: 'daily', code: 'RC', name: '日常事务', units: ['student-work'] },
    { id: 'enquiries', code: 'ZX', name: '咨询投诉', units: ['student-work'] },
    { id: 'transcripts', code: 'CJ', name: '成绩查询', units: ['academic-affairs'] },
    { id: 'campus-card', code: 'YK', name: '一卡通办理', units: ['information'] },
    { id: 'party-league', code: 'DT', name: '党团服务', units: ['organisation', 'youth-league'] },
    { id: 'logistics', code: 'HQ', name: '后勤保障', units: ['logistics'] },
    { id: 'careers', code: 'JY', name: '就业创业', units: ['admissions-careers'] },
    { id: 'finance', code: 'CW', name: '财务收费', units: ['finance'] },
  ]),
  guidance: sampleGuidance,
  settings: settingsOf({
    regulation: said({ title: '张家界航空工业职业技术学院“一站式”学生服务大厅暂行管理办法', number: '' }, 'ZJJ-4'),
    badge: said('佩戴工作牌', 'ZJJ-14'),
    windowList: said('九项业务', 'ZJJ-4'),
    windowStaff: said('窗口负责人一人、学生工作人员二人', 'ZJJ-6'),
    aRole: said('windowHead', 'ZJJ-6'),
    unfitStaff: said('rechosen', 'ZJJ-30'),
    awardTitles: said({ person: '服务明星', window: '' }, 'ZJJ-29'),
    staffChange: said('不能胜任的重新选派', 'ZJJ-30'),
    trainingBy: said('专职干事', 'ZJJ-10'),
    seats: said({ staffA: 1, students: 2, backOffice: null, isBackOfficeByConsent: false }, 'ZJJ-6'),
    windowHead: said({ per: 'window', rank: 'any' }, 'ZJJ-6'),
    isFreeTimeOnly: said(true, 'ZJJ-6'),
    management: said({ business: 'unit', daily: 'both', appraisal: 'hall' }, 'ZJJ-7'),
    recruitedBy: said('大厅选用综合素质强的学生', 'ZJJ-6'),
    offices: said(
      [
        {
          ...{ id: 'officer', title: '专职干事', chosen: 'appointed', chosenBy: '学生工作部' },
          ...{ approvedBy: '', most: 1 },
        },
      ],
      'ZJJ-5',
    ),
    hours: said([{ days: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' }], 'ZJJ-22'),
    outOfHours: said('特殊时期另行安排', 'ZJJ-22'),
    rosterBy: said('大厅办公室统一安排', 'ZJJ-22'),
    swapConsentBy: said('大厅负责人', 'ZJJ-14'),
    signIn: said('签到制度', 'ZJJ-23'),
    attendanceCount: said('按月统计，向上级主管领导汇报', 'ZJJ-23'),
    limits: said(
      {
        ordinary: { workingDays: 5, binding: 'fixed' },
        schoolStudy: { workingDays: 7, binding: 'fixed' },
        higherAuthority: { workingDays: 30, binding: 'generally' },
      },
      'ZJJ-27',
    ),
    profileWinsOverSheet: ours(true),
    toldWithPromise: said(['dueOn'], 'ZJJ-27'),
    jointFromUnits: said(3, 'ZJJ-8'),
    jointLedBy: said('hall', 'ZJJ-8'),
    isMissingToldWithWays: said(true, 'ZJJ-25'),
    nonConforming: said('supplement', 'ZJJ-25'),
    refusalGround: said('材料齐全、符合办理条件的，应当办理', 'ZJJ-26'),
    nobodysMatter: said('记载并承诺回复时间，报校领导后转部门', 'ZJJ-28'),
    nobodysMatterBy: said('leader', 'ZJJ-28'),
    explainer: said('hall', 'ZJJ-9'),
    sheetFields: said(['basis', 'conditions', 'materials', 'process', 'charge'], 'ZJJ-9'),
    chargesApart: said(true, 'ZJJ-24'),
    complaintsTo: said('举报窗口', 'ZJJ-33'),
  }),
}
