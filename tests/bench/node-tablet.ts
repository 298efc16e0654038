import { uuid7 } from '../../client/local/entropy.ts'
import { calendarsFromChineseDays } from '../../server/calendar/index.ts'
import { newKeyPair, sha256Hex } from '../../server/sync/crypto.ts'
import { Grant, type ContextVersions, type SignedCommand } from '../../shared/core/envelope.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { EnrolAnswer, SignedGrant } from '../../shared/wire/auth.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { act, pushOf, type ActPlan, type ForgedSigner, type ForgedTablet } from '../support/forge.ts'
import { hallId, type BenchServer } from './bench-server.ts'

const { profile, items } = halls[hallId]
const years = [2025, 2026, 2027]
const calendars = calendarsFromChineseDays(hallId, years).map(({ id }) => id)

/** The 即办件 of a window, which a case can be received and concluded under. */
export function instantItemAt(windowId: string) {
  const item = items.find((one) => one.windowId === windowId && one.kind === 'instant' && one.materials.length > 0)
  if (!item) throw new Error(`no such item at ${windowId}`)
  return item
}

/** A tablet without a browser: enrolled over HTTP, it signs and pushes real commands. */
export interface NodeTablet {
  /** Receive cases, `at` each; those that `isOpen` says stay 办理中, the others are concluded. Returns their ids. */
  receive(count: number, how: { at(index: number): number; isOpen(index: number): boolean }): Promise<string[]>
  /** One note on each case. */
  note(ids: readonly string[], text: string): Promise<void>
}

interface Parts {
  readonly server: BenchServer
  readonly tablet: ForgedTablet
  readonly signer: ForgedSigner
  readonly token: string
}

/** Enrols and signs in at a window. */
export async function nodeTablet(server: BenchServer, windowId: string): Promise<NodeTablet> {
  const { code, login, password } = await server.signUp(windowId)
  const device = newKeyPair()
  const person = newKeyPair()
  const enrolled = EnrolAnswer.parse(
    await json(await ask(server, '/api/v1/enrol', { code, name: '示例平板', publicKey: device.publicJwk })),
  )
  const { deviceId, deviceToken: token, streamId, lanes } = enrolled
  const session = await ask(server, '/api/v1/session', { login, password }, { authorization: `Device ${token}` })
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const signed = SignedGrant.parse(
    await json(await ask(server, '/api/v1/session/pin', { publicKey: person.publicJwk }, { cookie })),
  )
  const { id, actorId, name, roles, from, to, publicKey } = Grant.parse(JSON.parse(signed.text))
  const grant = {
    ...{ id, deviceId, actorId, displayName: name, roles, fromAt: from, toAt: to, publicKey },
    ...{ issuedText: signed.text, issuedSig: signed.sig, revokedAt: null },
  }
  const tablet = { deviceId, streamId, hallId, lane: lanes[0] ?? '', windowId, seq: 0, prev: sha256Hex(streamId), n: 0 }
  const parts = {
    server,
    tablet,
    token,
    signer: { grant, role: 'roleA' as const, windowId, privateJwk: person.privateJwk },
  }
  return {
    receive: (count, how) => receive(parts, count, how),
    note: (ids, text) => note(parts, ids, text),
  }
}

async function ask({ origin }: BenchServer, path: string, body: unknown, more: Record<string, string> = {}) {
  const headers = { 'content-type': 'application/json', 'x-changkai': '1', origin, ...more }
  const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer
}

const json = (answer: Response): Promise<unknown> => answer.json()

const casesInBatch = 90

async function receive(parts: Parts, count: number, how: Parameters<NodeTablet['receive']>[1]): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const commands: SignedCommand[] = []
    const end = Math.min(count, ids.length + casesInBatch)
    for (let index = ids.length; index < end; index += 1) {
      const id = uuid7()
      commands.push(...lifeOf(parts, id, { index, at: how.at(index), isOpen: how.isOpen(index) }))
      ids.push(id)
    }
    await push(parts, commands)
  }
  return ids
}

interface Life {
  readonly index: number
  readonly at: number
  readonly isOpen: boolean
}

function lifeOf({ tablet, signer }: Parts, id: string, { index, at, isOpen }: Life): SignedCommand[] {
  const item = instantItemAt(tablet.windowId)
  const ctxv: ContextVersions = { profile: profile.id, item: item.id, calendars }
  tablet.n += 1
  const number = `XS-261120-${tablet.lane}-${tablet.n}`
  const student = {
    name: `示例·同学${index}`,
    studentNo: String(20_240_000 + index),
    phone: String(13_800_000_000 + index),
  }
  const materials = item.materials.map((line) => ({ id: line.id, state: 'present' }))
  const plan = (type: string, args: ActPlan['args'], more: Partial<ActPlan> = {}): SignedCommand =>
    act(tablet, signer, { type, aggId: id, args, at, ctxv, ...more })
  const received = plan('case.receive', { number, itemId: item.id, ticket: null, student, materials })
  if (isOpen) return [received]
  return [
    received,
    plan('case.conclude', { result: '已办结', resultNote: '' }, { at: at + 1000, saw: { state: 'open' } }),
  ]
}

async function note(parts: Parts, ids: readonly string[], text: string): Promise<void> {
  const { tablet, signer } = parts
  const ctxv: ContextVersions = { profile: profile.id, item: instantItemAt(tablet.windowId).id, calendars }
  await push(
    parts,
    ids.map((aggId) => act(tablet, signer, { type: 'case.note', aggId, args: { text }, at: Date.now(), ctxv })),
  )
}

async function push(parts: Parts, commands: readonly SignedCommand[]): Promise<void> {
  const { server, tablet, token } = parts
  const from = tablet.seq - commands.length + 1
  const body = { ...pushOf(tablet, from, commands), firstUnsettled: from }
  const answer = await ask(server, '/sync/v1/push', body, { authorization: `Device ${token}` })
  const frame = Frame.parse(await answer.json())
  const bad = frame.results.find((result) => result.outcome !== 'applied')
  if (frame.stop || bad) throw new Error(`a seeded command ended as ${JSON.stringify(frame.stop ?? bad)}`)
}
