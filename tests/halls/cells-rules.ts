import type { Cells } from './cells-windows.ts'

const weekdays = [1, 2, 3, 4, 5]
const usualHours = [
  { days: weekdays, from: '08:30', to: '11:30' },
  { days: weekdays, from: '13:30', to: '17:00' },
]
const cap = (workingDays: number, binding: string) => ({ workingDays, binding })

/** Cells the rules of this product turn on: time, cases, roles. */
export const ruleCells: Cells = [
  [
    'hours',
    {
      nbu: [
        [
          { days: weekdays, from: '09:00', to: '11:00' },
          { days: weekdays, from: '12:00', to: '16:30' },
        ],
        'NBU-9',
      ],
      zjj: [[{ days: weekdays, from: '08:30', to: '17:30' }], 'ZJJ-22'],
    },
    usualHours,
  ],
  ['weeklyClosures', { ssc: [[{ days: [5], from: '16:00', to: '24:00' }], 'SSC-13'] }, []],
  ['handover', { nbu: [{ from: '08:00', to: '09:00' }, 'NBU-9'] }, null],
  ['unitMeetingHalfDaysAWeek', { nbu: [1, 'NBU-9'] }, 0],
  [
    'limits',
    {
      zjj: [
        { ordinary: cap(5, 'fixed'), schoolStudy: cap(7, 'fixed'), higherAuthority: cap(30, 'generally') },
        'ZJJ-27',
      ],
    },
    { ordinary: cap(5, 'warned'), schoolStudy: cap(7, 'warned'), higherAuthority: cap(30, 'warned') },
  ],
  ['profileWinsOverSheet', { zjj: [true, null] }, false],
  ['jointFromUnits', { ssc: [2, 'SSC-20.3'], zjj: [3, 'ZJJ-8'] }, 2],
  [
    'jointLedBy',
    { ssc: ['leadWindow', 'SSC-20.3'], zjj: ['hall', 'ZJJ-8'], szu: ['handler', 'REF-CQ4.2'] },
    'leadWindow',
  ],
  ['explainer', { nbu: ['unit', 'NBU-4'], szit: ['unit', 'SZIT-四.2'], zjj: ['hall', 'ZJJ-9'] }, 'unit'],
  [
    'aRole',
    {
      nbu: ['unitStaff', 'NBU-17'],
      szit: ['studentAssistant', 'SZIT-5'],
      zjj: ['windowHead', 'ZJJ-6'],
      szu: ['unitStaff', 'REF-渝一'],
    },
    'unitStaff',
  ],
  [
    'bRolesPerA',
    {
      nbu: [{ min: 1, max: 1 }, 'NBU-10'],
      ssc: [{ min: 1, max: 1 }, 'SSC-10'],
      szit: [{ min: 1, max: null }, 'SZIT-5'],
    },
    { min: 1, max: null },
  ],
  ['minTenureMonths', { ssc: [12, 'SSC-12'] }, 0],
  ['unitTeacherVisitsAWeek', { szit: [1, 'SZIT-5'] }, 0],
  ['endOfDay', { ssc: ['settleAll', 'SSC-21'] }, 'list'],
  [
    'toldWithPromise',
    {
      nbu: [['process', 'dueOn'], 'NBU-7'],
      ssc: [['reason', 'dueOn'], 'SSC-20.2'],
      szit: [['process', 'dueOn'], 'SZIT-四.3(3)'],
      zjj: [['dueOn'], 'ZJJ-27'],
      szu: [['basis', 'dueOn', 'process', 'materials'], 'REF-CQ4'],
    },
    [],
  ],
  [
    'sheetFields',
    {
      ssc: [['name', 'basis', 'audience', 'process', 'materials', 'promise'], 'SSC-17'],
      zjj: [['basis', 'conditions', 'materials', 'process', 'charge'], 'ZJJ-9'],
      szu: [['basis', 'promise', 'process', 'materials'], 'REF-CQ4'],
    },
    ['name', 'basis', 'audience', 'process', 'materials', 'promise', 'charge'],
  ],
  ['isMissingToldOnce', { ssc: [true, 'SSC-20.1'], szu: [true, 'REF-CQ4'] }, true],
  ['isMissingToldWithWays', { zjj: [true, 'ZJJ-25'] }, true],
  ['nonConforming', { zjj: ['supplement', 'ZJJ-25'], szu: ['supplement', 'REF-CQ4'] }, 'supplement'],
  [
    'firstContactUntil',
    {
      nbu: ['solvedOrAnswered', 'NBU-6'],
      ssc: ['pointedToWindow', 'SSC-18'],
      szu: ['taken', 'REF-CQ3.2'],
    },
    'taken',
  ],
  ['chargesApart', { zjj: [true, 'ZJJ-24'] }, true],
  ['chargesPaidAt', {}, '财务处缴费窗口'],
  [
    'sealNameForm',
    { nbu: ['{unit}学生事务中心专用章', 'NBU-15'], szit: ['{unit}—学生社区事务专用章', 'SZIT-7'] },
    '{unit}{hall}专用章',
  ],
  ['roleWord', { nbu: ['岗', 'NBU-10'], ssc: ['角', 'SSC-10'], szit: ['角', 'SZIT-四.3'] }, '角'],
  ['yellowDays', {}, { days: 1, longDays: 3, longOver: 7 }],
  ['firstDayCounted', {}, 'nextWorkingDay'],
  ['clockWhileWaiting', {}, 'stopped'],
  ['nobodysReplyDays', {}, 5],
  ['assistantHours', {}, { aWeek: 8, aMonth: 40 }],
  ['graceMinutes', {}, 0],
  ['emptyPostMinutes', {}, 10],
  ['autoLockMinutes', {}, 3],
  ['grantDays', {}, 7],
  ['clockErrorFlagMinutes', {}, 15],
  ['archiveAfterDays', {}, 30],
]
