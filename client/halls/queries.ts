import type { ConcentratedService, WindowChange, WindowTurn } from '../../shared/halls/index.ts'
import { completed } from '../../shared/profiles/complete.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { useLive, type Live } from '../local/live.ts'
import { rowsOn } from '../local/rows.ts'

/** Every version of the hall's profile this browser holds, the newest number first. */
export function useVersions(): Live<Profile[]> {
  const read = async () => {
    const rows = await rowsOn<Profile>('profile')
    return rows.map(({ image }) => completed(image)).sort((a, b) => b.version - a.version)
  }
  return useLive<Profile[]>(read, [])
}

/** Applications for windows, the newest first. */
export function useWindowChanges(): Live<WindowChange[]> {
  const read = async () => {
    const rows = await rowsOn<WindowChange>('windowChange')
    return rows.map(({ image }) => image).sort((a, b) => b.proposedAt - a.proposedAt)
  }
  return useLive<WindowChange[]>(read, [])
}

/** Concentrated services, the latest first. */
export function useServices(): Live<ConcentratedService[]> {
  const read = async () => {
    const rows = await rowsOn<ConcentratedService>('concentratedService')
    return rows.map(({ image }) => image).sort((a, b) => (a.period.from < b.period.from ? 1 : -1))
  }
  return useLive<ConcentratedService[]>(read, [])
}

/** Turns at the hall's windows, in order of their first day. */
export function useTurns(): Live<WindowTurn[]> {
  const read = async () => {
    const rows = await rowsOn<WindowTurn>('windowTurn')
    return rows.map(({ image }) => image).sort((a, b) => (a.from < b.from ? -1 : 1))
  }
  return useLive<WindowTurn[]>(read, [])
}
