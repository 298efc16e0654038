import { formatWhen, localDay } from '../../shared/calendar/day.ts'
import { awaitsReceipt, isEnded, openReminder, stepList, type Case } from '../../shared/cases/index.ts'
import { lightOf, limitOf, type LimitTerms } from '../../shared/limits/index.ts'
import type { LightKind } from '../ui/types.ts'
import { shortNumber, stateWord, studentOf } from './case-words.ts'
import { leftWords } from './limit-cells.ts'
import type { CaseRecord } from './queries.ts'

/** A case as its line in a list says it. `word` stands in for the light's own where the case ended otherwise than 办结. */
export interface CaseLine {
  id: string
  light: LightKind
  word?: string | undefined
  title: string
  sub: string
  due: string
  /** 超期 0, 临期 1, the rest 2. */
  rank: number
  dueOn: string
  row: CaseRecord
}

/** The line of one case; without the hall's rules no light can be given but its state is told. */
export function caseLine(row: CaseRecord, terms: LimitTerms | null): CaseLine {
  const { image } = row
  const about = {
    ...{ id: row.id, title: image.itemName, row },
    sub: `${openReminder(image) ? '催办 · ' : ''}${studentOf(image).name} · ${shortNumber(image.number)}`,
  }
  if (isEnded(image.state)) return { ...about, ...endedLine(image, terms) }
  if (image.state === 'disputed')
    return { ...about, light: 'waiting', word: '不一致', due: '两处结果', rank: 0, dueOn: '' }
  const rest = restingWord(image)
  if (rest) return { ...about, light: 'waiting', ...rest, rank: 2, dueOn: localDay(image.receivedAt) }
  const limit = terms && limitOf(image, terms)
  if (image.state === 'waiting') {
    return {
      ...about,
      light: 'waiting',
      due: image.promise ? '已暂停' : '等学生',
      rank: 2,
      dueOn: localDay(image.receivedAt),
    }
  }
  if (!limit) return { ...about, light: 'normal', due: '待办理', rank: 2, dueOn: localDay(image.receivedAt) }
  if (limit.stoppedFor) return { ...about, light: 'waiting', word: '中止', due: '已暂停', rank: 2, dueOn: limit.dueOn }
  const light = lightOf(limit, terms)
  const rank = { past: 0, near: 1, normal: 2 }[light]
  return { ...about, light, due: leftWords(limit, terms), rank, dueOn: limit.dueOn }
}

/** 待缴费回执 and 中止 stand in place of the light. */
function restingWord(image: Case): Pick<CaseLine, 'word' | 'due'> | undefined {
  if (stepList(image).some(({ state }) => state === 'returned')) return { word: '退回主办', due: '协办退回' }
  if (awaitsReceipt(image)) return { word: '待缴费', due: '等回执' }
  return image.state === 'paused' ? { word: '中止', due: '已暂停' } : undefined
}

function endedLine(image: Case, terms: LimitTerms | null): Pick<CaseLine, 'light' | 'word' | 'due' | 'rank' | 'dueOn'> {
  const at = image.endedAt ?? image.receivedAt
  const on = localDay(at)
  const due = formatWhen(at, terms?.today)
  const word = image.state === 'concluded' ? undefined : stateWord(image.state, terms?.profile ?? null)
  return { light: 'done', word, due, rank: 3, dueOn: on }
}

/** 超期, 临期, then by date; what has ended stays as it was read, newest first. */
export function sortLines(lines: readonly CaseLine[]): CaseLine[] {
  if (lines.every((line) => line.rank === 3)) return [...lines]
  return lines.toSorted((a, b) => a.rank - b.rank || (a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn)))
}
