import { formatDay, localDay } from '../../shared/calendar/day.ts'
import { graceEnd, type KnownPerson } from '../local/grants.ts'

/** What the lock says in the week after a grant's end; undefined outside it (P10). */
export function graceWords({ grant, grantState }: Pick<KnownPerson, 'grant' | 'grantState'>): string | undefined {
  if (grantState !== 'grace') return undefined
  const [ended, last] = [grant.to, graceEnd(grant)].map((at) => formatDay(localDay(at)))
  return `联网确认已在 ${ended ?? ''} 到期，最晚用到 ${last ?? ''}；这段时间办的会逐件请督查复核。连上网用 PIN 再进入一次就好。`
}
