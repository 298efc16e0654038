import { ours, Settings } from './settings.ts'
import { staffDefaults } from './staff-settings.ts'

const usualDays = [1, 2, 3, 4, 5]

const wordDefaults = {
  contact: ours({ phone: '8100（示例）', mailbox: '', place: '服务大厅入口（示例）' }),
  roleWord: ours('角'),
  refusalAtDoorWord: ours('不予办理'),
  badge: ours('佩戴工作牌'),
  sealNameForm: ours('{unit}{hall}专用章'),
  sealKeeper: ours('窗口 A 角'),
} satisfies Partial<Settings>

const peopleDefaults = {
  windowsDecidedBy: ours('大厅负责人，记录在案'),
  jointWindowTurn: ours('按学期轮流'),
  concentratedService: ours({ isOn: false, otherwiseAt: null }),
  windowStaff: ours('A、B 各一人'),
  aRole: ours('unitStaff'),
  bRolesPerA: ours({ min: 1, max: null }),
  roleBMayNot: ours(['case.refuse']),
  bStandsInWhen: ours('任何原因离岗'),
  minTenureMonths: ours(0),
  staffChange: ours('须大厅负责人同意'),
  isTrainingRequired: ours(true),
  trainingBy: ours('大厅'),
  unitTeacherVisitsAWeek: ours(0),
} satisfies Partial<Settings>

const timeDefaults = {
  hours: ours([
    { days: usualDays, from: '08:30', to: '11:30' },
    { days: usualDays, from: '13:30', to: '17:00' },
  ]),
  weeklyClosures: ours([]),
  handover: ours(null),
  unitMeetingHalfDaysAWeek: ours(0),
  outOfHours: ours('不开放'),
  rosterBy: ours('大厅'),
  swapConsentBy: ours('大厅负责人'),
  leaveApprovedBy: ours('大厅负责人'),
  signIn: ours('签到和签退'),
  attendanceCount: ours('按月统计'),
  graceMinutes: ours(0),
  emptyPostMinutes: ours(10),
  assistantHours: ours({ aWeek: 8, aMonth: 40 }),
  endOfDay: ours('list'),
  autoLockMinutes: ours(3),
  grantDays: ours(7),
  clockErrorFlagMinutes: ours(15),
} satisfies Partial<Settings>

const caseDefaults = {
  limits: ours({
    ordinary: { workingDays: 5, binding: 'warned' },
    schoolStudy: { workingDays: 7, binding: 'warned' },
    higherAuthority: { workingDays: 30, binding: 'warned' },
  }),
  profileWinsOverSheet: ours(false),
  toldWithPromise: ours(['process', 'dueOn', 'reason', 'basis', 'materials']),
  firstDayCounted: ours('nextWorkingDay'),
  clockWhileWaiting: ours('stopped'),
  isVacationCounted: ours(true),
  yellowDays: ours({ days: 1, longDays: 3, longOver: 7 }),
  jointFromUnits: ours(2),
  jointLedBy: ours('leadWindow'),
  approvals: ours({ ordinary: [], schoolStudy: ['approval'], higherAuthority: ['check', 'approval'] }),
  isMissingToldOnce: ours(true),
  isMissingToldWithWays: ours(true),
  nonConforming: ours('supplement'),
  refusalGround: ours('只能用一事一表列明的理由'),
  nobodysMatter: ours('记载、承诺回复时间，报校领导后转部门'),
  nobodysReplyDays: ours(5),
  firstContactUntil: ours('taken'),
  explainer: ours('unit'),
  sheetFields: ours(['name', 'basis', 'audience', 'process', 'materials', 'promise', 'charge']),
  chargesApart: ours(true),
  chargesPaidAt: ours('财务处缴费窗口'),
  hasOnline: ours(true),
  hasAppointment: ours(true),
  hasBackOffice: ours(true),
  hasTerminal: ours(true),
  transcriptUrl: ours(null),
  emergencyCalls: ours([
    { name: '大厅值班负责人（示例）', phone: '8101（示例）', isDuty: true },
    { name: '学校保卫处值班室（示例）', phone: '8110（示例）', isDuty: false },
    { name: '校医院急诊（示例）', phone: '8120（示例）', isDuty: false },
    { name: '急救', phone: '120', isDuty: false },
    { name: '火警', phone: '119', isDuty: false },
    { name: '报警', phone: '110', isDuty: false },
  ]),
  complaintsTo: ours('大厅负责人'),
  complaintReplyDays: ours(3),
} satisfies Partial<Settings>

const defaults = { ...wordDefaults, ...peopleDefaults, ...staffDefaults, ...timeDefaults, ...caseDefaults }

/** What a hall's regulation states or the hall itself enters; all else is the default column of profiles.md. */
export type OwnSettings = Pick<Settings, 'regulation'> & Partial<Settings>

/** A hall's settings: its own over 本厅约定; the proposals for what came later stand beside the setting itself. */
export function settingsOf(own: OwnSettings): Settings {
  // Read through JSON: halls must not share arrays, a profile edited in the app is never a change to another hall's.
  return Settings.parse(JSON.parse(JSON.stringify({ ...defaults, ...own })))
}
