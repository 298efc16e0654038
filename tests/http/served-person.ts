import { newKeyPair, sha256Hex } from '../../server/sync/crypto.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import type { HallId } from '../../shared/profiles/halls.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { SignedGrant } from '../../shared/wire/auth.ts'
import { pushOf, type ForgedSigner, type ForgedTablet } from '../support/forge.ts'
import { asDevice, cookieOf, enrolTablet, origin, ours, signIn, type Under } from './app-under-test.ts'

/** A tablet enrolled by the route, able to forge commands. */
export type ServedTablet = ForgedTablet & { readonly token: string }

/** Enrols a tablet at a window by a code, as a hall would. */
export const tabletOf = async (under: Under, hallId: HallId, windowId: string): Promise<ServedTablet> => {
  const { deviceId, deviceToken, streamId, lanes } = await enrolTablet(under, hallId, windowId)
  return {
    deviceId,
    streamId,
    hallId,
    windowId,
    lane: lanes[0]!,
    token: deviceToken,
    seq: 0,
    prev: sha256Hex(streamId),
    n: 0,
  }
}

/** Signs a person in on a device and gets the grant for a key made for it; the key signs as the tablet's would. */
export const signerOf = async (
  under: Under,
  tablet: Pick<ServedTablet, 'token'>,
  login: string,
): Promise<ForgedSigner & { cookie: string }> => {
  const { privateJwk, publicJwk } = newKeyPair()
  const { cookie } = await signIn(under.app, login, { headers: asDevice(tablet.token) })
  const answer = await under.app.request(`${origin}/api/v1/session/pin`, ours({ publicKey: publicJwk }, { cookie }))
  const { text } = SignedGrant.parse(await answer.json())
  const grant = JSON.parse(text)
  const { role, windowId } = grant.roles[0]
  return { grant, role, windowId, privateJwk, cookie: cookieOf(answer) }
}

/** Pushes and gives the outcomes of the whole stream. */
export const pushed = async (
  under: Under,
  tablet: ServedTablet,
  { from, commands }: { from: number; commands: readonly SignedCommand[] },
) => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...asDevice(tablet.token) } }
  const answer = await under.app.request(`${origin}/sync/v1/push`, {
    ...init,
    body: JSON.stringify(pushOf(tablet, from, commands)),
  })
  if (answer.status !== 200) throw new Error(await answer.text())
  return Frame.parse(await answer.json()).results.map(({ outcome, code }) =>
    code === null ? outcome : `${outcome}:${code}`,
  )
}
