import { commitActs } from '../../client/local/commit.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import { drawTap, type Tap } from './acts.ts'
import { poison } from './hall-server.ts'
import { signWith } from './keys.ts'
import { anyTab, type Play, type Step } from './play.ts'
import { tail } from './trace.ts'
import type { Person, Tab } from './world.ts'

/** Run one tap: the real commit, under the scheduler. A confirmed act is remembered for ever. */
function tapOn(play: Play, tab: Tab, { tap, person }: { tap: Tap; person: Person }): void {
  const { sim, trace } = play.world
  const { windowId, role, signer } = person
  const actor = { signer, role, windowId, shiftId: null }
  void commitActs(tab.engine, actor, tap.drafts).then(
    (commit) => {
      const kept = commit.kept ? commit.acts.map((act) => `seq ${act.seq} (${tail(act.cmdId)})`).join(', ') : null
      trace.say(tab.name, `${person.name}: ${tap.what} → ${commit.kept ? `kept ${kept}` : `not done: ${commit.code}`}`)
      if (!commit.kept) return
      for (const [i, { cmdId, seq }] of commit.acts.entries()) {
        const { tablet } = tab
        play.confirmed.push({ tablet, cmdId, seq, actorId: signer.grant.actorId, type: tap.drafts[i]!.type })
      }
    },
    (error: unknown) => {
      const isToldToPerson =
        error instanceof StorageFault || (error instanceof Error && error.message.includes('too busy'))
      if (!isToldToPerson) sim.fail(error)
      else trace.say(tab.name, `${person.name}: ${tap.what} → not kept: ${error.message}`)
    },
  )
}

/** Whoever is signed in taps something. */
export const act: Step = (play) => {
  const pc = play.world.tablets.find((tablet) => !tablet.window)?.tabs[0]
  const tab = pc && play.rng.chance(play.world.isContended ? 0.35 : 0.15) ? pc : anyTab(play)
  const tap = tab && drawTap(play.world, tab, play.rng)
  if (tab && tap) tapOn(play, tab, { tap, person: tab.signedIn })
}

/** Another person takes over at a tab, on the network or off it. */
export const changeHands: Step = (play) => {
  const tab = anyTab(play)
  if (!tab) return
  tab.signedIn = play.rng.pick(tab.tablet.people)
  play.world.trace.say(tab.name, `${tab.signedIn.name} signs in${tab.tablet.isCut ? ' offline' : ''}`)
}

/** A command whose rule always throws on the server (F47). */
export const poisonTap: Step = (play) => {
  const tab = anyTab(play)
  const tap = tab?.tablet.window && drawTap(play.world, tab, play.rng)
  if (!tab || !tap) return
  const drafts = tap.drafts.map((draft) =>
    draft.type === 'case.note' ? { ...draft, args: { text: `${poison}药` } } : draft,
  )
  const spoiled = tap.drafts[0]?.type === 'case.receive' ? drafts : drafts.slice(0, 1)
  tapOn(play, tab, { tap: { what: `${tap.what}, poisoned`, drafts: spoiled.map(poisonText) }, person: tab.signedIn })
}

function poisonText(draft: Tap['drafts'][number]): Tap['drafts'][number] {
  if (typeof draft.args === 'function' || !('reason' in draft.args)) return draft
  return { ...draft, args: { ...draft.args, reason: poison } }
}

/** B as A: the grant on the tablet was tampered with, or the key is another's. */
export const forge: Step = (play) => {
  const tab = anyTab(play)
  const person = tab?.tablet.people.find((one) => one.role === 'roleB')
  const tap = tab && person && drawTap(play.world, tab, play.rng)
  if (!tap) return
  const { grant } = person.signer
  const wrongKey = play.rng.chance(0.5)
  const roles: Grant['roles'] = [...grant.roles, { role: 'roleA', windowId: person.windowId }]
  const sign = async (text: string) => signWith(wrongKey ? 'nobody' : person.secret, text)
  const role = wrongKey ? 'roleB' : 'roleA'
  const forged: Person = { ...person, role, signer: { grant: wrongKey ? grant : { ...grant, roles }, sign } }
  const what = `${tap.what}, ${wrongKey ? 'with a wrong key' : 'as A-role'}`
  tapOn(play, tab, { tap: { ...tap, what }, person: forged })
}
