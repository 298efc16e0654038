import { z } from 'zod'
import { ClockTime, HoursRange } from '../calendar/hours.ts'
import { proposed } from './later.ts'
import { says, saysLater } from './says.ts'
import { StaffSettings } from './staff-settings.ts'
import { line, lineOrEmpty } from './text.ts'
import { WindowSettings } from './window-settings.ts'

export { ours, said } from './says.ts'

const days = z.int().min(1).max(250)
const someDays = z.int().min(0).max(30)

/** Somebody to call in an emergency: 突发事件 (SZIT-9). */
export const EmergencyCall = z.strictObject({ name: line(40), phone: line(40), isDuty: z.boolean() })
export type EmergencyCall = z.infer<typeof EmergencyCall>

/** One limit of 限时办结. `fixed`: never beyond it; `generally`: beyond it with a reason; `warned`: beyond it is only flagged. */
export const LimitCap = z.strictObject({ workingDays: days, binding: z.enum(['fixed', 'generally', 'warned']) })
export type LimitCap = z.infer<typeof LimitCap>

/** What must be told with a promise (流程, 时间, 原由, 依据, 材料). */
export const ToldField = z.enum(['process', 'dueOn', 'reason', 'basis', 'materials'])
export type ToldField = z.infer<typeof ToldField>

/** Fields an item's sheet must have filled. */
export const SheetField = z.enum([
  'name',
  'basis',
  'audience',
  'conditions',
  'process',
  'materials',
  'promise',
  'charge',
])
export type SheetField = z.infer<typeof SheetField>

/** 后台检查复核, 领导同步审批 (NBU-8). */
export const Review = z.enum(['check', 'approval'])
const Reviews = z.array(Review).max(2)

const Words = {
  regulation: says(z.strictObject({ title: line(80), number: lineOrEmpty(40) })),
  contact: says(z.strictObject({ phone: lineOrEmpty(60), mailbox: lineOrEmpty(80), place: lineOrEmpty(100) })),
  roleWord: says(z.enum(['角', '岗'])),
  refusalAtDoorWord: says(z.enum(['不予办理', '不予受理'])),
  badge: says(line(40)),
  sealNameForm: says(line(60).includes('{unit}', { error: '应含 {unit}（单位名）' })),
  sealKeeper: says(line(40)),
}

const People = {
  windowStaff: says(line(100)),
  aRole: says(z.enum(['unitStaff', 'studentAssistant', 'windowHead'])),
  bRolesPerA: says(z.strictObject({ min: z.int().min(0).max(20), max: z.int().min(1).max(20).nullable() })),
  /** Commands (`case.refuse`) kept for the A-role; the kernel reads it (OFF-5). */
  roleBMayNot: says(z.array(line(60)).max(40)),
  bStandsInWhen: says(line(60)),
  minTenureMonths: says(z.int().min(0).max(60)),
  staffChange: says(line(60)),
  staffChangeNeeds: saysLater(z.enum(['consent', 'filing']), proposed.staffChangeNeeds),
  unfitStaff: saysLater(z.enum(['replaced', 'rechosen', 'returned']), proposed.unfitStaff),
  isTrainingRequired: says(z.boolean()),
  trainingBy: says(line(40)),
  unitTeacherVisitsAWeek: says(z.int().min(0).max(5)),
  awardTitles: saysLater(z.strictObject({ person: lineOrEmpty(20), window: lineOrEmpty(20) }), {
    person: '服务明星',
    window: '红旗窗口',
  }),
}

const Time = {
  hours: says(z.array(HoursRange).min(1).max(21)),
  weeklyClosures: says(z.array(HoursRange).max(7)),
  handover: says(z.strictObject({ from: ClockTime, to: ClockTime }).nullable()),
  unitMeetingHalfDaysAWeek: says(z.int().min(0).max(5)),
  outOfHours: says(line(60)),
  /** Days on which a unit does its business (SZIT 四.3(2)): every workday, or as each unit has set. */
  unitBusinessDays: saysLater(z.enum(['everyWorkday', 'byUnit']), 'everyWorkday'),
  rosterBy: says(line(60)),
  swapConsentBy: says(line(40)),
  leaveApprovedBy: says(line(40)),
  isBNeededForLeave: saysLater(z.boolean(), false),
  signIn: says(line(40)),
  attendanceCount: says(line(60)),
  /** A and B together, in percent of statutory time (SSC 二十一); null: shown without a target. */
  jointTimePercent: saysLater(z.int().min(1).max(100).nullable(), null),
  /** What duty is paid as, and yuan an hour: no document gives a rate. */
  pay: saysLater(z.strictObject({ word: line(20), yuanAnHour: z.number().min(0).max(500) }), {
    word: '工作补贴',
    yuanAnHour: 0,
  }),
  graceMinutes: says(z.int().min(0).max(60)),
  emptyPostMinutes: says(z.int().min(1).max(120)),
  assistantHours: says(z.strictObject({ aWeek: z.int().min(0).max(60), aMonth: z.int().min(0).max(250) })),
  endOfDay: says(z.enum(['list', 'settleAll'])),
  autoLockMinutes: says(z.int().min(1).max(10)),
  grantDays: says(z.int().min(1).max(7)),
  clockErrorFlagMinutes: says(z.int().min(1).max(120)),
}

const Cases = {
  limits: says(z.strictObject({ ordinary: LimitCap, schoolStudy: LimitCap, higherAuthority: LimitCap })),
  profileWinsOverSheet: says(z.boolean()),
  toldWithPromise: says(z.array(ToldField).min(1).max(5)),
  firstDayCounted: says(z.literal('nextWorkingDay')),
  clockWhileWaiting: says(z.literal('stopped')),
  isVacationCounted: says(z.boolean()),
  yellowDays: says(z.strictObject({ days, longDays: days, longOver: days })),
  jointFromUnits: says(z.int().min(2).max(9)),
  jointLedBy: says(z.enum(['leadWindow', 'hall', 'handler'])),
  /** Which reviews and approvals a level of decision needs, where the sheet says nothing (NBU-8); profiles of before lack it. */
  approvals: says(z.strictObject({ ordinary: Reviews, schoolStudy: Reviews, higherAuthority: Reviews })).default({
    value: { ordinary: [], schoolStudy: [], higherAuthority: [] },
    cite: null,
  }),
  isMissingToldOnce: says(z.boolean()),
  isMissingToldWithWays: says(z.boolean()),
  nonConforming: says(z.enum(['supplement', 'refuse'])),
  refusalGround: says(line(60)),
  /** Grounds the regulation itself gives, offered besides those of the item's sheet (SSC 二十(二)). */
  refusalGrounds: saysLater(z.array(line(60)).max(20), proposed.refusalGrounds),
  nobodysMatter: says(line(60)),
  /** 无主的事: to the school leader and on to a unit (ZJJ 二十八), by the desk (SZIT 三), or explained and guided (渝 三.3). */
  nobodysMatterBy: saysLater(z.enum(['leader', 'desk', 'guide']), proposed.nobodysMatterBy),
  nobodysReplyDays: says(days),
  firstContactUntil: says(z.enum(['solvedOrAnswered', 'pointedToWindow', 'taken'])),
  explainer: says(z.enum(['unit', 'hall'])),
  sheetFields: says(z.array(SheetField).min(1).max(8)),
  chargesApart: says(z.boolean()),
  /** Where what was assessed at a window is paid (ZJJ-24); profiles of before lack it. */
  chargesPaidAt: saysLater(line(60), proposed.chargesPaidAt),
  hasOnline: says(z.boolean()),
  hasAppointment: says(z.boolean()),
  hasBackOffice: says(z.boolean()),
  hasTerminal: says(z.boolean()),
  /** Working days an unresolved conflict waits with its window before it is the supervisors' (sync.md §6). */
  conflictDays: saysLater(days, proposed.conflictDays),
  /** Working days until a first contact hands a matter on, a receiver takes it, and the person is answered (REF-CQ6). */
  contactDays: saysLater(z.strictObject({ handOn: someDays, take: someDays, answer: someDays }), proposed.contactDays),
  /** Days after its end until a first contact leaves its windows' tablets. */
  contactKeptDays: saysLater(z.int().min(1).max(90), 7),
  /** Whom to call at once in an emergency, the first one first (SZIT-9); `isDuty` is the hall's duty officer. */
  emergencyCalls: saysLater(z.array(EmergencyCall).max(12), []),
  /** The school's own system for transcripts, which a terminal leads to (SZIT-10); null: none. */
  transcriptUrl: says(
    z
      .url({ protocol: /^https?$/, error: '应是 http 或 https 网址' })
      .max(300)
      .nullable(),
  ).default({
    ...{ value: null, cite: null },
  }),
  complaintsTo: says(line(60)),
  complaintReplyDays: says(days),
  /** Days after its end until a case leaves its window's tablets (sync.md 4.2); profiles of before lack it. */
  archiveAfterDays: saysLater(z.int().min(1).max(365), 30),
}

/**
 * 规章配置: every rule that differs between halls (profiles.md §1–§3), each with the article that says it.
 * A null cite is shown as 本厅约定, never as the regulation's word.
 */
export const Settings = z.strictObject({ ...Words, ...WindowSettings, ...People, ...StaffSettings, ...Time, ...Cases })
export type Settings = z.infer<typeof Settings>

/** Where transcripts are given out (SZIT-10); a stored profile of before names no place. */
export function transcriptUrlOf(settings: { transcriptUrl?: { value: string | null } }): string | null {
  return settings.transcriptUrl?.value ?? null
}
