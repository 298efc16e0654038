import { openClient } from '../db/pg.ts'

// Any fixed number: of two servers that first start over one database at once, the second waits and finds all done.
const seedLock = 7_301_003

/** Holds the first start for this process until the returned function is called, or until the process ends. */
export const holdFirstStart = async (url: string): Promise<() => Promise<void>> => {
  const client = openClient(url, { max: 1, statementTimeoutMs: 0, name: 'changkai-seed', lasting: true })
  await client`select pg_advisory_lock(${seedLock})`
  return () => client.end({ timeout: 2 })
}
