import * as tables from './schema.ts'

/** Which table holds the images of a kind. `agg_kind` in the database says the same; a test compares them. */
export const kindTables = {
  assistant: tables.assistants,
  calendar: tables.calendars,
  case: tables.cases,
  concentratedService: tables.concentratedServices,
  contact: tables.contacts,
  dayClose: tables.dayCloses,
  guide: tables.guides,
  handover: tables.handovers,
  item: tables.items,
  meeting: tables.meetings,
  office: tables.offices,
  outcome: tables.outcomes,
  person: tables.people,
  post: tables.posts,
  profile: tables.profiles,
  slot: tables.slots,
  staffChange: tables.staffChanges,
  windowChange: tables.windowChanges,
  windowTurn: tables.windowTurns,
} as const

/** The kinds that have a table. */
export type Kind = keyof typeof kindTables

/** A kind this server has a table for; a name from outside goes through here before it comes near SQL. */
export const isKind = (name: string): name is Kind => Object.hasOwn(kindTables, name)
