import type { Case } from '../../shared/cases/index.ts'
import type { ConflictSide } from '../../shared/core/outcome.ts'
import { roleLabel, type Role } from '../../shared/core/roles.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { LogRow } from '../../shared/wire/log.ts'
import { letterOf } from '../auth/index.ts'
import type { ValueCard } from '../ui/types.ts'
import { valueWords, type OpenConflict, type Side } from './conflicts.ts'
import { clockWords, exactMoment } from './moments.ts'

/** What the cards need beside the case: names and the server's log, as far as they are known here. */
export interface CardFacts {
  profile: Profile | null
  today: string
  log: ReadonlyMap<string, LogRow>
  ownDeviceId: string | null
  /** Without the supervisor's log nothing is said of arrivals. */
  hasNoLog?: boolean
}

/** The two values as equal cards: the same rows in the same order, nothing chosen. */
export function valueCards(entry: OpenConflict, facts: CardFacts): [ValueCard, ValueCard] {
  return [valueCard(entry, 'kept', facts), valueCard(entry, 'other', facts)]
}

function valueCard(entry: OpenConflict, side: Side, facts: CardFacts): ValueCard {
  const { title, sub } = valueWords(entry, side, facts.profile)
  const by = entry.conflict[side]
  const role = by.role as Role
  const word = roleLabel(role, facts.profile?.settings.roleWord.value ?? '角')
  return {
    id: side,
    title,
    sub,
    rows: [
      { label: '谁', text: by.actorName, letter: letterOf(role), word },
      { label: '什么时候做的', text: madeWords(by, facts) },
      ...(facts.hasNoLog ? [] : [{ label: '什么时候到的', text: arrivedWords(by, facts) }]),
      { label: '在哪里', text: placeWords(entry.row.image, by, facts) },
      { label: '当时的网络', text: by.online ? '在线' : '离线' },
      { label: '当时看到的', text: sawWords(entry, side) },
    ],
  }
}

function madeWords({ at, cmdId }: ConflictSide, { today, log }: CardFacts): string {
  const wall = log.get(cmdId)?.wall
  const off = wall === undefined || wall === null ? null : clockWords(wall - at)
  return `${exactMoment(at, today)}${off === null ? '' : `（平板${off}，已校正）`}`
}

function arrivedWords({ cmdId }: ConflictSide, { today, log }: CardFacts): string {
  const row = log.get(cmdId)
  return row ? exactMoment(row.receivedAt, today) : '联网后显示'
}

function placeWords(image: Case, { cmdId, deviceId }: ConflictSide, { profile, log, ownDeviceId }: CardFacts): string {
  const windowId = image.acts.find((act) => act.cmdId === cmdId)?.windowId ?? image.windowId
  const window = profile?.windows.find((one) => one.id === windowId)?.name
  const device = deviceId === ownDeviceId ? '本机' : (log.get(cmdId)?.deviceName ?? '另一台平板')
  return [device, window].filter((part) => part !== undefined).join(' · ')
}

const stateWords: Readonly<Record<string, string>> = { open: '办理中', waiting: '待补正', concluded: '已办结' }

/** A conflict is only where neither had seen the other; of an end, the state it was made over is known besides. */
function sawWords({ row, conflict }: OpenConflict, side: Side): string {
  if (conflict.field !== 'outcome') return '没有看到另一处改动'
  const over = row.image.acts.find((act) => act.cmdId === conflict.kept.cmdId)?.from
  const state = stateWords[String(over)] ?? '没有结束'
  return side === 'kept' ? `“${state}”` : `“${state}”，没有看到另一处`
}
