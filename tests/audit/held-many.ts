import { randomUUID } from 'node:crypto'
import { openClient } from '../../server/db/pg.ts'
import type { App } from '../support/app.ts'
import { item, type ContestedDay } from './contested-day.ts'
import { make, numberOf, receiveArgs, send } from './wire-tablet.ts'

/** The second week of an outage: A's grant has ended, and the tablet goes on; each receipt is held. Their case ids. */
export async function receiveAfterTheGrant(app: App, { one, ctxv }: ContestedDay, count: number): Promise<string[]> {
  const sql = openClient(app.databaseUrl(), { max: 1, statementTimeoutMs: 10_000, name: 'test-grants' })
  await sql`update hall.offline_grant set to_at = now() - interval '8 days' where id = ${one.signer.grant.id}`
  await sql.end({ timeout: 5 })
  const now = Date.now()
  const ids = Array.from({ length: count }, () => randomUUID())
  const acts = ids.map((aggId, n) => {
    const student = { name: '示例·周同学', studentNo: `202402${String(n).padStart(2, '0')}`, phone: '13800001234' }
    return { type: 'case.receive', aggId, at: now, ctxv, args: receiveArgs(item, numberOf(one, 'XG', now), student) }
  })
  const { results } = await send(one, make(one, acts))
  if (results.slice(-count).some(({ outcome }) => outcome !== 'held')) throw new Error('they were not held')
  return ids
}
