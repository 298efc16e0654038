import { commands } from '../../shared/commands.ts'
import { actTitle } from '../../shared/act-words.ts'
import { roleLabel } from '../../shared/core/roles.ts'
import type { LogRow } from '../../shared/wire/log.ts'
import { clockWords, spanWords } from './moments.ts'

/** Kinds of acts the log can be asked for, by their own words. */
export const actChoices: readonly { id: string; label: string }[] = [...commands.values()]
  .map(({ type }) => ({ id: type, label: actTitle(type) }))
  .filter(({ id }, at, all) => all.findIndex((one) => one.id === id) === at)

/** From where on a difference of the two clocks is shown. */
const worthSaying = 120_000

/** How far the tablet's own clock was off when it acted: outside the interval the act fell in by the server's clock. */
export function clockErrorMs({ wall, lo, hi }: Pick<LogRow, 'wall' | 'lo' | 'hi'>): number {
  if (wall === null || lo === null || hi === null) return 0
  return wall - Math.min(Math.max(wall, lo), hi)
}

/** What is to be said of the two times: a clock that is off, or an act that came late. Null when they agree. */
export function differenceWords(row: Pick<LogRow, 'wall' | 'lo' | 'hi' | 'receivedAt'>): string | null {
  const off = clockErrorMs(row)
  if (Math.abs(off) > worthSaying) return `平板时钟${clockWords(off) ?? ''}`
  if (row.wall === null) return null
  const late = row.receivedAt - row.wall
  if (late > worthSaying) return `晚到 ${spanWords(late)}`
  return late < -worthSaying ? `平板时钟${clockWords(-late) ?? ''}` : null
}

/** Who and as what; an act whose signature did not hold names nobody. */
export function actorWords(row: Pick<LogRow, 'actorName' | 'role'>, roleWord: string): { name: string; role: string } {
  return { name: row.actorName ?? '（签名没有通过核验）', role: row.role ? roleLabel(row.role, roleWord) : '' }
}

/** The carrier, when another device than the one it was done on brought it. */
export function carrierWords({ carrierId, carrierName, deviceId }: LogRow): string | null {
  return carrierId !== null && carrierId !== deviceId ? `由 ${carrierName ?? carrierId.slice(-4)} 代送` : null
}
