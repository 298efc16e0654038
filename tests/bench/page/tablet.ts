import { localDay } from '../../../shared/calendar/day.ts'
import { formatCaseNumber } from '../../../shared/core/case-number.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'
import { commitActs } from '../../../client/local/commit.ts'
import { tabletStore } from '../../../client/local/db.ts'
import { enrol } from '../../../client/local/enrol.ts'
import { uuid7 } from '../../../client/local/entropy.ts'
import { rowsOn } from '../../../client/local/rows.ts'
import { setOnDuty } from '../../../client/local/session-rows.ts'
import { askSession, keepUnderPin } from '../../../client/local/sign-in.ts'
import { engine, wallNow } from './timed-engine.ts'

type Actor = Parameters<typeof commitActs>[1]
type Draft = Parameters<typeof commitActs>[2][number]

let actor: Actor | null = null

/** The PIN of the bench's person; the cold start types it. */
export const pin = '271828'

/** Enrol this browser, sign in, set the PIN: as a person would, over the real routes. */
export async function signUp(form: { code: string; login: string; password: string; windowId: string }): Promise<void> {
  const { code, login, password, windowId } = form
  const { device } = await enrol({ code, name: '示例平板' })
  const signer = await keepUnderPin(device, await askSession(login, password), pin)
  actor = { signer, role: 'roleA', windowId, shiftId: null }
  setOnDuty(signer.grant.actorId)
}

/** Keep one act, or several as one tap; anything but kept is a fault of the bench. */
export async function keep(...drafts: Draft[]): Promise<number> {
  if (!actor) throw new Error('nobody has signed in')
  const commit = await commitActs(engine, actor, drafts)
  if (!commit.kept) throw new Error(`not kept: ${commit.code}`)
  return commit.acts[0]?.seq ?? 0
}

/** A note on a case. */
export function noteOn({ id, itemId }: { id: string; itemId: string }, text: string): Draft {
  return { type: 'case.note', kind: 'case', aggId: id, args: { text }, itemId }
}

/** Receive cases at this window, as the window screen does; at once concluded, or left open. */
export async function receiveSome(count: number, isConcluded = false): Promise<void> {
  const items = (await rowsOn<Item>('item')).map((row) => row.image)
  const item = items.find(
    (one) => one.windowId === actor?.windowId && one.kind === 'instant' && one.materials.length > 0,
  )
  if (!item) throw new Error('no item at this window')
  for (let index = 0; index < count; index += 1) {
    const received = receipt(item, index)
    const { kind, aggId, itemId } = received
    const conclude = { type: 'case.conclude', args: { result: '已办结', resultNote: '' }, kind, aggId, itemId }
    await keep(received, ...(isConcluded ? [conclude] : []))
  }
}

function receipt(item: Item, index: number): Draft {
  const student = { name: `示例·同学${index}`, studentNo: `2024${index}`, phone: '13800001234' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const number = (mint: Parameters<Extract<Draft['args'], (...args: never) => unknown>>[0]) =>
    formatCaseNumber({ windowCode: 'XS', day: localDay(wallNow()), lane: mint.lane ?? '', n: mint.next() })
  return {
    ...{ type: 'case.receive', kind: 'case', aggId: uuid7(), itemId: item.id },
    args: (mint) => ({ number: number(mint), itemId: item.id, ticket: null, student, materials }),
  }
}

/** This tablet's stream. */
export async function streamId(): Promise<string> {
  const row = await tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'stream'))
  return row?.key === 'stream' ? row.streamId : ''
}
