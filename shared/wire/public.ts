import { z } from 'zod'
import { HoursRange } from '../calendar/hours.ts'
import { Item, ItemKind } from '../profiles/item-sheet.ts'

/** A hall as anybody may see it. */
export const PublicHall = z.strictObject({
  hallId: z.string(),
  name: z.string(),
  school: z.string(),
  shortName: z.string(),
  nameEn: z.string(),
  /** Where the school's own system gives out transcripts; null: it does not (SZIT-10). */
  transcriptUrl: z.string().nullable(),
  /** Whether the hall takes appointments (NBU-8). */
  hasAppointment: z.boolean(),
  /** Whether the hall has a self-service terminal (SZIT-10). */
  hasTerminal: z.boolean(),
  contact: z.strictObject({ phone: z.string(), mailbox: z.string(), place: z.string() }),
  hours: z.array(HoursRange),
  closures: z.array(HoursRange),
  windows: z.array(
    z.strictObject({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      place: z.string(),
      order: z.int(),
      isDesk: z.boolean(),
      /** Units whose turn a jointly kept window is today; none where no turn is set (SZIT-2, NBU-17). */
      keepers: z.array(z.string()).optional(),
    }),
  ),
})
export type PublicHall = z.infer<typeof PublicHall>

/** All halls of this server. */
export const PublicHalls = z.strictObject({ halls: z.array(PublicHall) })

/** A hall's items in force today, in short. */
export const PublicItems = z.strictObject({
  hall: PublicHall,
  /** Whether letters of what changes can be asked for; servers of before did not tell (NBU-5). */
  hasMail: z.boolean().optional(),
  items: z.array(
    z.strictObject({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      aliases: z.array(z.string()),
      search: z.strictObject({ pinyin: z.string(), initials: z.string() }),
      windowId: z.string(),
      kind: ItemKind,
      audience: z.string(),
      workingDays: z.int().nullable(),
    }),
  ),
})
export type PublicItems = z.infer<typeof PublicItems>

/** One item's sheet (一事一表), with its hall, the names of its units, and who explains it by the hall's profile (NBU-4). */
export const PublicItem = z.strictObject({
  hall: PublicHall,
  item: Item,
  units: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  explainer: z.strictObject({ name: z.string(), contact: z.string() }),
  /** Grounds for 不予办理 that hold for every item of the hall; servers of before did not tell them (SSC-20.2). */
  hallGrounds: z.array(z.strictObject({ text: z.string(), basis: z.string() })).optional(),
})
export type PublicItem = z.infer<typeof PublicItem>

/** The hall on one picture (SSC-18): open now or when next, and which role is on duty where, never who. */
export const PublicMap = z.strictObject({
  hall: PublicHall,
  /** 角 or 岗. */
  roleWord: z.string(),
  isOpen: z.boolean(),
  until: z.string().nullable(),
  next: z.strictObject({ on: z.string(), from: z.string() }).nullable(),
  duty: z.array(z.strictObject({ windowId: z.string(), role: z.enum(['roleA', 'roleB']) })),
})
export type PublicMap = z.infer<typeof PublicMap>
