import { cases, calendars, handovers, items, outcomes, posts, profiles } from './schema.ts'

/** Which table holds the images of a kind. `agg_kind` in the database says the same; a test compares them. */
export const kindTables = {
  calendar: calendars,
  case: cases,
  handover: handovers,
  item: items,
  outcome: outcomes,
  post: posts,
  profile: profiles,
} as const

/** The kinds that have a table. */
export type Kind = keyof typeof kindTables

/** A kind this server has a table for; a name from outside goes through here before it comes near SQL. */
export const isKind = (name: string): name is Kind => Object.hasOwn(kindTables, name)
