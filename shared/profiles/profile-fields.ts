import { z } from 'zod'
import { Settings } from './settings.ts'
import { Day, line, lineOrEmpty, Slug, Version } from './text.ts'

/** A unit that answers for windows and items; `sample` = its name is invented (示例). */
export const Unit = z.strictObject({ id: Slug, name: line(40), contact: lineOrEmpty(100), sample: z.boolean() })
export type Unit = z.infer<typeof Unit>

/** A window or desk; `code` leads its case numbers and never changes (sync.md 1.5). */
export const Window = z.strictObject({
  id: Slug,
  code: z.string().regex(/^[A-Z0-9]{2}$/, { error: '应是两个大写字母或数字' }),
  name: line(40),
  unitIds: z.array(Slug).min(1).max(12),
  order: z.int().min(1).max(99),
  place: line(60),
  isDesk: z.boolean().optional(),
})
export type Window = z.infer<typeof Window>

/** 指引 for what is not the hall's (ZJJ-28a): what, where, how, whom to call; `sample` = invented (示例). */
export const Guidance = z.strictObject({
  ...{ id: Slug, name: line(40), place: line(100), procedure: line(400) },
  ...{ phone: lineOrEmpty(40), sample: z.boolean() },
})
export type Guidance = z.infer<typeof Guidance>

const Hall = z.strictObject({ name: line(40), school: line(40), shortName: line(20), nameEn: line(120) })

/** The profile's fields before they are checked against each other. */
export const ProfileFields = z.strictObject({
  id: line(60),
  hallId: Slug,
  version: Version,
  effectiveOn: Day,
  hall: Hall,
  units: z.array(Unit).min(1).max(60),
  windows: z.array(Window).min(1).max(40),
  settings: Settings,
  /** Profiles of before lack it. */
  guidance: z.array(Guidance).max(300).optional(),
})
export type ProfileFields = z.infer<typeof ProfileFields>
