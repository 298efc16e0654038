import type { JsonWebKey } from 'node:crypto'
import { newKeyPair, sha256Hex } from '../../server/sync/crypto.ts'
import { localDay } from '../../shared/calendar/day.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { Grant, type ContextVersions, type SignedCommand } from '../../shared/core/envelope.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { EnrolAnswer, SessionAnswer, SignedGrant } from '../../shared/wire/auth.ts'
import { Frame } from '../../shared/wire/frame.ts'
import type { SignIn } from '../support/app.ts'
import { act, pushOf, type ForgedSigner, type ForgedTablet } from '../support/forge.ts'

/** A tablet that speaks to the server as a real one does, without a browser: enrolled, a person signed in, own keys. */
export interface WireTablet {
  readonly name: string
  readonly tablet: ForgedTablet
  readonly signer: ForgedSigner
  readonly deviceToken: string
  readonly url: string
}

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly body?: unknown
  readonly token?: string
  readonly cookie?: string
}

async function ask(url: string, path: string, { method, body, token, cookie }: Asked): Promise<Response> {
  const headers = {
    ...{ Accept: 'application/json', 'X-Changkai': '1', Origin: url },
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token === undefined ? {} : { Authorization: `Device ${token}` }),
    ...(cookie === undefined ? {} : { Cookie: cookie }),
  }
  const answer = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`)
  return answer
}

const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

/** A signed-in person's cookie, for what a supervisor asks online. */
export async function signInOnline(url: string, { login, password }: SignIn): Promise<string> {
  return cookieOf(await ask(url, '/api/v1/session', { method: 'POST', body: { login, password } }))
}

/** A new one-time code of the demo window, as the supervisor makes it. */
export async function newCode(url: string, supervisor: SignIn, windowId: string): Promise<string> {
  const cookie = await signInOnline(url, supervisor)
  const answer = await ask(url, '/api/v1/enrol-codes', { method: 'POST', body: { windowId }, cookie })
  return ((await answer.json()) as { code: string }).code
}

/** Enrol by a code and sign a person in: the tablet then holds a grant of the server for a key of its own. */
export async function enrolWire(url: string, name: string, by: { code: string; person: SignIn }): Promise<WireTablet> {
  const device = newKeyPair()
  const body = { code: by.code, name, publicKey: device.publicJwk }
  const enrolled = EnrolAnswer.parse(await (await ask(url, '/api/v1/enrol', { method: 'POST', body })).json())
  const token = enrolled.deviceToken
  const { login, password } = by.person
  const session = await ask(url, '/api/v1/session', { method: 'POST', body: { login, password }, token })
  SessionAnswer.parse(await session.json())
  const own = newKeyPair()
  const pin = await ask(url, '/api/v1/session/pin', {
    ...{ method: 'POST', token, cookie: cookieOf(session) },
    body: { publicKey: own.publicJwk },
  })
  const grant = Grant.parse(JSON.parse(SignedGrant.parse(await pin.json()).text))
  const { deviceId, streamId, hallId, lanes, windowIds } = enrolled
  const tablet = {
    ...{ deviceId, streamId, hallId, lane: lanes[0] ?? '', windowId: windowIds[0] ?? '' },
    ...{ seq: 0, prev: sha256Hex(streamId), n: 0 },
  }
  return { name, tablet, signer: signerOf(grant, own.privateJwk, tablet.windowId), deviceToken: token, url }
}

function signerOf(grant: Grant, privateJwk: JsonWebKey, windowId: string): ForgedSigner {
  const right = grant.roles.find((role) => role.windowId === windowId)
  if (!right) throw new Error(`${grant.name} has no post at ${windowId}`)
  const stored = {
    ...{ id: grant.id, deviceId: grant.deviceId, actorId: grant.actorId, displayName: grant.name },
    ...{ roles: grant.roles, fromAt: grant.from, toAt: grant.to, publicKey: grant.publicKey },
    ...{ issuedText: '', issuedSig: '', revokedAt: null },
  }
  return { grant: stored, role: right.role, windowId, privateJwk }
}

/** What an act is done on, when, and what of its envelope is otherwise than usual. */
export interface WireAct {
  readonly type: string
  readonly aggId: string
  readonly args: Record<string, Json>
  readonly at: number
  readonly ctxv: ContextVersions
  readonly saw?: unknown
  readonly forge?: Record<string, unknown>
}

/** Make acts in the tablet's stream, unsent. */
export function make({ tablet, signer }: WireTablet, acts: readonly WireAct[]): SignedCommand[] {
  return acts.map((one) => act(tablet, signer, one))
}

/** Send what was made, from its first seq on. */
export async function send(wire: WireTablet, commands: readonly SignedCommand[]): Promise<Frame> {
  const from = wire.tablet.seq - commands.length + 1
  const body = { ...pushOf(wire.tablet, from, commands), clock: { t0: Date.now() } }
  const answer = await ask(wire.url, '/sync/v1/push', { method: 'POST', body, token: wire.deviceToken })
  return Frame.parse(await answer.json())
}

/** Arguments of 收件 with every material there. */
export function receiveArgs(item: Item, number: string, student: { name: string; studentNo: string; phone: string }) {
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  return { number, itemId: item.id, ticket: null, student, materials } as unknown as Record<string, Json>
}

/** A case number of this tablet for today. */
export function numberOf({ tablet }: WireTablet, windowCode: string, now: number): string {
  tablet.n += 1
  return `${windowCode}-${localDay(now).slice(2).replaceAll('-', '')}-${tablet.lane}-${String(tablet.n)}`
}
