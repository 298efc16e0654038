import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { RoleAt } from '../../shared/core/roles.ts'
import type { SessionAnswer } from '../../shared/wire/auth.ts'
import { reach } from '../sync/online.ts'
import { poke } from '../sync/poke.ts'
import { pageClock } from '../sync/tablet-engine.ts'
import type { Actor } from './act-types.ts'
import { enrol as enrolDevice, type Enrolled } from './enrol.ts'
import type { Signer } from './engine.ts'
import { grantStateAt, postsHere, type KnownPerson } from './grants.ts'
import { postsHeld } from './posts-held.ts'
import { owe, owed, payOwed } from './owed.ts'
import { pinProblem } from './pin.ts'
import { emptyBrowser, endSession, onDuty, readTablet, setOnDuty } from './session-rows.ts'
import {
  askSession,
  askWho,
  keepBrowser,
  keepUnderPin,
  renewGrant,
  signerForSitting,
  tryPin,
  type PinAnswer,
} from './sign-in.ts'
import type { Canary } from './storage.ts'
import type { DeviceMeta } from './store.ts'

/** No device here; a device and nobody on duty; somebody on duty behind the lock; at work. */
export type SessionState = 'unenrolled' | 'signedOut' | 'locked' | 'unlocked'

/** What the tablet's session is made of; the signer lives in memory only and goes at every lock. */
function sessionRefs() {
  return {
    isReady: shallowRef(false),
    device: shallowRef<DeviceMeta | null>(null),
    /** A store that was here and has gone (P22); null when all is well. */
    lost: shallowRef<Canary | null>(null),
    people: shallowRef<KnownPerson[]>([]),
    personId: shallowRef<string | null>(null),
    signer: shallowRef<Signer | null>(null),
    post: shallowRef<RoleAt | null>(null),
    /** The server's time by estimate, refreshed now and then, for the grant's end. */
    now: shallowRef(0),
  }
}
type Refs = ReturnType<typeof sessionRefs>

/** Somebody has given account and password and must now choose a PIN. */
let proven: SessionAnswer | null = null

function begin({ signer, personId, post, now }: Refs, opened: Signer, held?: readonly RoleAt[]): void {
  const posts = held ?? postsHere(opened.grant, now.value)
  personId.value = opened.grant.actorId
  signer.value = opened
  post.value = posts.length === 1 ? (posts[0] ?? null) : null
  setOnDuty(opened.grant.actorId)
}

async function refresh(refs: Refs): Promise<void> {
  const tablet = await readTablet(pageClock)
  refs.device.value = tablet.device
  refs.people.value = tablet.people
  refs.lost.value = tablet.lost
  refs.now.value = tablet.now
}

async function start(refs: Refs): Promise<void> {
  await refresh(refs)
  const { device } = refs
  refs.personId.value = onDuty()
  if (device.value?.kind === 'browser') await resumeBrowser(refs, device.value)
  refs.isReady.value = true
}

/** A reload drops a browser's key; while the server still holds its person signed in, a new one is made. */
async function resumeBrowser(refs: Refs, device: DeviceMeta): Promise<void> {
  const who = await askWho()
  if (who) {
    const signer = await signerForSitting(device, who.actorId).catch(() => null)
    if (signer) begin(refs, signer)
  } else if (who === null && (await emptyBrowser())) await refresh(refs)
}

/** A new session takes the place of the old one, so nothing is owed about that any more. */
async function askAsNew(...given: Parameters<typeof askSession>): Promise<SessionAnswer> {
  const before = owed()
  owe(null)
  try {
    return await askSession(...given)
  } catch (error) {
    owe(before)
    throw error
  }
}

/** Account and password, online. True: a tablet's person must choose a PIN next. */
async function signIn(refs: Refs, ...given: Parameters<typeof askSession>): Promise<boolean> {
  const answer = await askAsNew(...given)
  if (refs.device.value?.kind === 'tablet') {
    proven = answer
    return true
  }
  const device = await keepBrowser(answer, refs.device.value)
  await beginSitting(refs, device, answer.actorId)
  return false
}

/** The grant comes before the device is shown: what is asked for the hall before it stands would be refused (403). */
async function beginSitting(refs: Refs, device: DeviceMeta, actorId: string): Promise<void> {
  try {
    begin(refs, await signerForSitting(device, actorId))
  } finally {
    refs.device.value = device
  }
  poke({ about: 'send' }) // a loop that was refused since the last session ended would back off first
}

/** The PIN of who has just proved themselves; a sentence when it may not be chosen, null when it is kept. */
async function setPin(refs: Refs, pin: string): Promise<string | null> {
  const problem = pinProblem(pin)
  const device = refs.device.value
  if (problem || !device || !proven) return problem ?? '请先用账号和密码登录。'
  begin(refs, await keepUnderPin(device, proven, pin))
  proven = null
  await refresh(refs)
  return null
}

async function unlock(refs: Refs, actorId: string, pin: string): Promise<PinAnswer> {
  const device = refs.device.value
  if (!device) return { opened: false, why: 'unknown' }
  const wasHere = refs.personId.value === actorId ? refs.post.value : null
  const answer = await tryPin(device, { actorId, pin }, pageClock)
  if (answer.opened) {
    const held = await postsHeld(answer.signer.grant, refs.now.value)
    if (held.length === 0) return { opened: false, why: 'post' }
    begin(refs, answer.signer, held)
    refs.post.value ??= held.find((one) => isSamePost(one, wasHere)) ?? null
    const { signer } = answer
    owe(() => confirmOnline(refs, device, signer))
    void payOwed()
  }
  await refresh(refs)
  return answer
}

/**
 * Online, a session left by somebody else ends (P10), and one's own renews the grant. False when the server did not
 * answer: it is asked again when the network returns.
 */
async function confirmOnline(refs: Refs, device: DeviceMeta, signer: Signer): Promise<boolean> {
  const who = await askWho()
  if (!who) return who === null
  if (who.actorId !== signer.grant.actorId) return endSession()
  const grant = await renewGrant(device, signer).catch(() => null)
  if (!grant || refs.signer.value !== signer) return true
  refs.signer.value = { ...signer, grant }
  const { post } = refs
  if (post.value && !grant.roles.some((role) => isSamePost(role, post.value))) post.value = null
  return true
}

const isSamePost = (a: RoleAt, b: RoleAt | null) => a.role === b?.role && a.windowId === b.windowId

/** Cover the screen at once: the key goes from memory, drafts and the person's place stay. */
function lock({ signer, device }: Refs): void {
  signer.value = null
  if (device.value?.kind === 'browser') void endSession()
}

async function signOut(refs: Refs): Promise<void> {
  refs.signer.value = null
  refs.personId.value = null
  refs.post.value = null
  proven = null
  setOnDuty(null)
  owe(endSession)
  await payOwed()
  if (refs.device.value?.kind === 'browser') await emptyBrowser()
  await refresh(refs)
}

async function enrol(refs: Refs, form: { code: string; name: string }): Promise<Enrolled> {
  const enrolled = await enrolDevice(form)
  await refresh(refs)
  return enrolled
}

function actorOf({ signer, post }: Refs): Actor | null {
  if (!signer.value || !post.value) return null
  return { signer: signer.value, role: post.value.role, windowId: post.value.windowId, shiftId: null }
}

function stateOf({ device, signer, personId }: Refs): SessionState {
  if (!device.value) return 'unenrolled'
  if (signer.value) return 'unlocked'
  return personId.value ? 'locked' : 'signedOut'
}

/** Who is at this tablet, as what (OFF-5). Pinia holds it; nothing of it is written but the last person's id. */
export const useSession = defineStore('session', () => {
  const refs = sessionRefs()
  const { signer, people, personId, post, now } = refs
  watch(
    () => reach.value.state === 'online',
    (isOnline) => {
      if (isOnline) void payOwed()
    },
  )
  return {
    ...refs,
    state: computed(() => stateOf(refs)),
    person: computed(() => people.value.find((one) => one.actorId === personId.value) ?? null),
    /** Name of who is at work: also in a browser, which keeps no list of people. */
    name: computed(() => signer.value?.grant.name ?? null),
    /** The posts the person may take here; with several, one must be chosen before acting. */
    posts: computed(() => (signer.value ? postsHere(signer.value.grant, now.value) : [])),
    actor: computed(() => actorOf(refs)),
    grantState: computed(() => (signer.value ? grantStateAt(signer.value.grant, now.value) : null)),
    start: () => start(refs),
    refresh: () => refresh(refs),
    enrol: (form: { code: string; name: string }) => enrol(refs, form),
    signIn: (...given: Parameters<typeof askSession>) => signIn(refs, ...given),
    setPin: (pin: string) => setPin(refs, pin),
    unlock: (actorId: string, pin: string) => unlock(refs, actorId, pin),
    choosePost: (chosen: RoleAt) => {
      post.value = chosen
    },
    lock: () => lock(refs),
    signOut: () => signOut(refs),
  }
})
