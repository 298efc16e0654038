import { sampleGuidance, SHIPPED_FROM, unitsOf, windowsOf } from './hall-parts.ts'
import type { Profile } from './profile.ts'
import { settingsOf } from './defaults.ts'
import { ours, said } from './settings.ts'

/** 师生服务中心 (挂靠校长办公室): the document names neither its school nor its windows; both are 示例. */
export const sscProfile: Profile = {
  id: 'ssc@1',
  hallId: 'ssc',
  version: 1,
  effectiveOn: SHIPPED_FROM,
  hall: {
    name: '师生服务中心',
    school: '示例大学',
    shortName: '师生服务中心',
    nameEn: 'Faculty and Student Service Centre',
  },
  units: [
    ...unitsOf([['president-office', '校长办公室']]),
    ...unitsOf(
      [
        ['student-work', '学生工作部'],
        ['academic-affairs', '教务处'],
        ['graduate-school', '研究生院'],
        ['personnel', '人事处'],
        ['finance', '财务处'],
        ['logistics', '后勤保障处'],
      ],
      true,
    ),
  ],
  windows: windowsOf([
    { id: 'general', code: 'ZH', name: '综合服务（示例）', units: ['president-office'] },
    { id: 'student-affairs', code: 'XG', name: '学生工作（示例）', units: ['student-work'] },
    { id: 'teaching', code: 'JW', name: '本科教务（示例）', units: ['academic-affairs'] },
    { id: 'graduates', code: 'YJ', name: '研究生事务（示例）', units: ['graduate-school'] },
    { id: 'personnel', code: 'RS', name: '人事服务（示例）', units: ['personnel'] },
    { id: 'finance', code: 'CW', name: '财务服务（示例）', units: ['finance'] },
  ]),
  guidance: sampleGuidance,
  settings: settingsOf({
    regulation: ours({ title: '师生服务中心管理办法', number: '' }),
    roleWord: said('角', 'SSC-10'),
    refusalAtDoorWord: said('不予办理', 'SSC-20.2'),
    sealKeeper: said('妥善保管', 'SSC-30'),
    windowsDecidedBy: said('师生服务中心，凭单位书面申请', 'SSC-7'),
    windowStaff: said('工作人员一人、B 角一人；经同意可有后台一人', 'SSC-9'),
    bRolesPerA: said({ min: 1, max: 1 }, 'SSC-10'),
    bStandsInWhen: said('因故无法到岗', 'SSC-10'),
    minTenureMonths: said(12, 'SSC-12'),
    staffChange: said('须师生服务中心同意，保证连续性', 'SSC-12'),
    isTrainingRequired: said(true, 'SSC-13'),
    trainingBy: said('师生服务中心', 'SSC-13'),
    trainedBy: said('hall', 'SSC-13'),
    seats: said({ staffA: 1, students: null, backOffice: 1, isBackOfficeByConsent: true }, 'SSC-9'),
    windowHead: said({ per: 'unit', rank: 'middleRank' }, 'SSC-9'),
    staffConditions: said(
      [
        { text: '政治觉悟高，服务意识好，能代表窗口单位形象', isInPrinciple: false },
        { text: '组织纪律性强，身体健康，能适应窗口服务要求', isInPrinciple: false },
        { text: '熟悉本单位业务，有独立处理问题和较强的协调能力', isInPrinciple: false },
        { text: '本单位业务骨干', isInPrinciple: true },
      ],
      'SSC-11',
    ),
    management: said({ business: 'unit', daily: 'hall', appraisal: 'hall' }, 'SSC-14'),
    weeklyClosures: said([{ days: [5], from: '16:00', to: '24:00' }], 'SSC-13'),
    outOfHours: said('按学校规定值班，A、B 角以外人员报中心备案', 'SSC-22'),
    leaveApprovedBy: said('师生服务中心', 'SSC-23'),
    signIn: said('统一考勤', 'SSC-21b'),
    attendanceCount: said('按月公布，纳入考核', 'SSC-25'),
    endOfDay: said('settleAll', 'SSC-21'),
    toldWithPromise: said(['reason', 'dueOn'], 'SSC-20.2'),
    jointFromUnits: said(2, 'SSC-20.3'),
    jointLedBy: said('leadWindow', 'SSC-20.3'),
    isMissingToldOnce: said(true, 'SSC-20.1'),
    refusalGround: said('不符合国家法律法规政策、不符合学校规章制度', 'SSC-20.2'),
    firstContactUntil: said('pointedToWindow', 'SSC-18'),
    sheetFields: said(['name', 'basis', 'audience', 'process', 'materials', 'promise'], 'SSC-17'),
    hasOnline: said(true, 'SSC-6'),
    hasBackOffice: said(true, 'SSC-9'),
    complaintsTo: said('师生服务中心', 'SSC-33'),
  }),
}
