import { z } from 'zod'
import { says } from './says.ts'
import { line, lineOrEmpty, Slug } from './text.ts'

const most = z.int().min(1).max(20).nullable()

/** How many may serve one window at a time; null is no limit. */
const Seats = z.strictObject({ staffA: most, students: most, backOffice: most, isBackOfficeByConsent: z.boolean() })

/** One window head for each window or unit; the rank is the unit's 中层干部 where the regulation asks for one. */
const WindowHead = z.strictObject({ per: z.enum(['window', 'unit']), rank: z.enum(['any', 'middleRank']) })

/** What a person sent to a window must be; 原则上 lets one be met otherwise, with the reason on record. */
const Condition = z.strictObject({ text: line(60), isInPrinciple: z.boolean() })

const Tenure = z.enum(['term', 'appointment', 'byUnit', 'open'])

/** For how long a post is given, at a jointly and at a solely kept window. */
const PostTenure = z.strictObject({ joint: Tenure, sole: Tenure, isEndRequired: z.boolean() })

const Leads = z.enum(['unit', 'hall', 'both'])

/** 双重管理: who leads the business, the day, and who appraises. */
const Management = z.strictObject({ business: Leads, daily: Leads, appraisal: Leads })

/** An office of the hall: how its holder is chosen and by whom, and how many there may be. */
const Office = z.strictObject({
  id: Slug,
  title: line(20),
  chosen: z.enum(['elected', 'nominated', 'appointed']),
  chosenBy: line(40),
  approvedBy: lineOrEmpty(40),
  most,
})

const Department = z.strictObject({ id: Slug, name: line(20), duty: line(120) })

const OfficeTerm = z.strictObject({ months: z.int().min(0).max(60), remindDays: z.int().min(0).max(120) })

/** What differs between halls in who serves: seats, heads, training, terms, offices (profiles.md §1). */
export const staffDefaults = {
  seats: { value: { staffA: 1, students: null, backOffice: null, isBackOfficeByConsent: false }, cite: null },
  windowHead: { value: { per: 'window', rank: 'any' }, cite: null },
  staffConditions: { value: [], cite: null },
  trainedBy: { value: 'hall', cite: null },
  postTenure: { value: { joint: 'open', sole: 'open', isEndRequired: false }, cite: null },
  isFreeTimeOnly: { value: true, cite: null },
  management: { value: { business: 'unit', daily: 'hall', appraisal: 'hall' }, cite: null },
  recruitedBy: { value: '大厅面向全校招募', cite: null },
  offices: {
    value: [
      { id: 'director', title: '大厅负责人', chosen: 'appointed', chosenBy: '学校', approvedBy: '', most: 1 },
      { id: 'deputy', title: '副职', chosen: 'nominated', chosenBy: '大厅负责人', approvedBy: '', most: null },
    ],
    cite: null,
  },
  departments: { value: [], cite: null },
  officeTerm: { value: { months: 12, remindDays: 30 }, cite: null },
  displayShows: { value: 'name', cite: null },
} satisfies Record<string, { value: unknown; cite: null }>

const lasting = <Value extends z.ZodType>(value: Value, ours: { value: unknown; cite: null }) =>
  says(value).default(ours as never)

/** Each with its default, so that profiles of before still parse. */
export const StaffSettings = {
  seats: lasting(Seats, staffDefaults.seats),
  windowHead: lasting(WindowHead, staffDefaults.windowHead),
  staffConditions: lasting(z.array(Condition).max(12), staffDefaults.staffConditions),
  trainedBy: lasting(z.enum(['unit', 'hall', 'any']), staffDefaults.trainedBy),
  postTenure: lasting(PostTenure, staffDefaults.postTenure),
  isFreeTimeOnly: lasting(z.boolean(), staffDefaults.isFreeTimeOnly),
  management: lasting(Management, staffDefaults.management),
  recruitedBy: lasting(line(60), staffDefaults.recruitedBy),
  offices: lasting(z.array(Office).min(1).max(12), staffDefaults.offices),
  departments: lasting(z.array(Department).max(12), staffDefaults.departments),
  officeTerm: lasting(OfficeTerm, staffDefaults.officeTerm),
  displayShows: lasting(z.enum(['name', 'number']), staffDefaults.displayShows),
}

type StaffSetting = { [Key in keyof typeof StaffSettings]: z.infer<(typeof StaffSettings)[Key]>['value'] }

/** A staff setting of a stored profile; one that was adopted before the setting came has 本厅约定. */
export function staffSetting<Key extends keyof StaffSetting>(
  { settings }: { settings: { [K in keyof StaffSetting]?: { value: StaffSetting[K] } } },
  key: Key,
): StaffSetting[Key] {
  return (settings[key]?.value ?? staffDefaults[key].value) as StaffSetting[Key]
}
