import { shallowRef } from 'vue'
import { version } from '../../package.json'
import { isClientStopped, wantedClients } from '../../shared/core/releases.ts'
import { holdsApp } from '../local/holds-app.ts'
import { api } from '../sync/online.ts'
import { firstWorker } from './first-worker.ts'

/** The server has stopped this version (F39): it is replaced as soon as nobody is in the middle of something. */
export const isStopped = shallowRef(false)

/** A new version is here and waits for a quiet moment. */
export const isUpdateWaiting = shallowRef(false)

const idleMs = 600_000
const lookMs = 3_600_000

/** What decides whether now is a quiet moment: never offline, never with a form open (P14). */
export interface QuietMoment {
  hasOpenForm(): boolean
  isOffline(): boolean
}

interface TrustedFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** Our own worker, through the policy `sw-url` where Trusted Types are (T5). */
function workerUrl(): string {
  const factory = (globalThis as { trustedTypes?: TrustedFactory }).trustedTypes
  const policy = factory?.createPolicy('sw-url', {
    createScriptURL: (url) => {
      if (url !== '/sw.js') throw new TypeError('not our worker')
      return url
    },
  })
  return policy ? policy.createScriptURL('/sw.js') : '/sw.js'
}

/**
 * Register the service worker; every tab reloads when another takes over. A waiting version is offered, and taken by
 * itself after ten idle minutes.
 */
export async function registerWorker(quiet: QuietMoment): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  let hadWorker = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    // The first worker ever takes over a page that is already whole.
    if (hadWorker) location.reload()
    hadWorker = true
  })
  const url = workerUrl()
  void lookIfStopped().catch(() => undefined)
  updateWhenIdle(quiet)
  const registration = await firstWorker(() => serviceWorker.register(url, { updateViaCache: 'none' }))
  holdsApp.value = true
  const look = () => {
    isUpdateWaiting.value = registration.waiting !== null && serviceWorker.controller !== null
  }
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  look()
  const ask = () => Promise.all([registration.update(), lookIfStopped()]).catch(() => undefined)
  setInterval(() => void ask(), lookMs)
}

async function lookIfStopped(): Promise<void> {
  isStopped.value = isClientStopped(version, wantedClients(await api('GET', '/version')))
}

function updateWhenIdle(quiet: QuietMoment): void {
  let touchedAt = performance.now()
  for (const event of ['pointerdown', 'keydown']) {
    window.addEventListener(event, () => (touchedAt = performance.now()), { capture: true, passive: true })
  }
  setInterval(() => {
    const isIdle = isStopped.value || performance.now() - touchedAt >= idleMs
    if (isIdle) void updateIfQuiet(quiet)
  }, 30_000)
}

/** At sign-out, or when idle: take a waiting version if this is a quiet moment. */
export async function updateIfQuiet(quiet: QuietMoment): Promise<void> {
  if (isUpdateWaiting.value && !quiet.hasOpenForm() && !quiet.isOffline()) await updateNow()
}

/** 更新: the waiting worker is looked up now, since a remembered one goes stale (R17); the reload follows by itself. */
export async function updateNow(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  registration?.waiting?.postMessage({ type: 'SKIP_WAITING' })
}
