import { makeChores } from './chores.ts'
import { Keeper } from './keeper.ts'
import { standForLeader } from './leader.ts'
import { pageSurroundings, type Wake } from './loop.ts'
import { reach, refusal } from './online.ts'
import { onPoke, poke, type Poke } from './poke.ts'
import { restartedAt } from './restarts.ts'
import { tabletEngine } from './tablet-engine.ts'

/** Begin to send and fetch for the hall, in whichever tab leads; returns how to stop. */
export function startSync(hallId: string): () => void {
  const end = new AbortController()
  const chores = makeChores(tabletEngine)
  const page = pageSurroundings(({ hasMoved, fault }) => {
    chores.turned(fault === null)
    tell()
    if (hasMoved) poke({ about: 'changed' })
  })
  const keeper = new Keeper(tabletEngine, {
    ...page,
    isReachable: () => reach.value.state === 'online',
    restarted: () => {
      restartedAt.value = Date.now()
      tell()
    },
  })
  let isLeading = false
  const wake = (why: Wake) => {
    if (isLeading) keeper.wake(why)
  }
  const stopHearing = onPoke((message) => hear(message, { isLeading, wake }))
  window.addEventListener('online', () => wake('network'), { signal: end.signal })
  const onVisible = () => {
    if (!document.hidden) wake('visible')
  }
  document.addEventListener('visibilitychange', onVisible, { signal: end.signal })
  const lead = async (signal: AbortSignal) => {
    isLeading = true
    signal.addEventListener('abort', () => (isLeading = false))
    await keeper.run(signal)
  }
  const site = {
    ...{ store: () => tabletEngine.store, mono: () => performance.now(), after: page.after },
    ...{ uuid: () => tabletEngine.entropy.uuid(), isHidden: () => document.hidden },
  }
  void standForLeader({ hallId, lead, site, report: (...line) => tabletEngine.report(...line) }, end.signal)
  return () => {
    end.abort()
    stopHearing()
  }
}

function tell(): void {
  poke({ about: 'reach', reach: reach.value, refusal: refusal.value, restartedAt: restartedAt.value })
}

function hear(message: Poke, { isLeading, wake }: { isLeading: boolean; wake(why: Wake): void }): void {
  if (message.about === 'send') wake('person')
  if (message.about === 'act') wake('act')
  if (message.about === 'reach' && !isLeading && message.reach.since >= reach.value.since) {
    reach.value = message.reach
    refusal.value = message.refusal
    restartedAt.value = message.restartedAt
  }
}

/** An act was kept: whichever tab leads sends it. */
export function actKept(): void {
  poke({ about: 'act' })
}

/** 现在发送: try at once, also while backing off. */
export function sendNow(): void {
  poke({ about: 'send' })
}
