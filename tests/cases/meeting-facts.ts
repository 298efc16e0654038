import type { Case } from '../../shared/cases/index.ts'
import { readPath } from '../../shared/core/apply.ts'
import { canonicalJson, type Json } from '../../shared/core/canonical.ts'
import type { Move, Values } from './meetings.ts'
import { item } from '../sync/forged-hall.ts'

const sorted = (list: readonly unknown[]): string[] => list.map((one) => canonicalJson(one as Json)).sort()

/** What a case says, whatever the order of the acts that said it: ids of acts and their places are left out. */
export function standing(image: Case) {
  const { state, promise, endedAt, handler, pii, materials, notices, conclusions } = image
  const texts = Object.entries(pii).filter(([key]) => !key.includes(':'))
  return {
    ...{ state, endedAt, handler, on: promise?.on ?? null, texts: sorted(texts) },
    marks: sorted(
      Object.entries(materials).map(([id, line]) => [
        id,
        line.state,
        sorted(line.marks.map((mark) => [mark.actorId, mark.state])),
      ]),
    ),
    notices: sorted(notices.map(({ missing, matters, by }) => [missing, matters, by.actorId])),
    conclusions: sorted(conclusions.map(({ result, resultNote, by }) => [result, resultNote, by.actorId])),
    notes: sorted(image.notes.map(({ key, by }) => [pii[key] ?? null, by.actorId])),
  } as unknown as Json
}

/** The value two people want otherwise. */
export function contended(image: Case, field: string): unknown {
  return field === 'outcome' ? image.state : (readPath(image, field) ?? null)
}

/** Words of an act that are nowhere in the case, as a value or (ids of materials) as the name of a place. */
export function lostValues(image: Case, move: Move, v: Values): string[] {
  const all = canonicalJson(image)
  return leaves(move.args({ v, item, image })).filter((text) => !all.includes(JSON.stringify(text.normalize('NFC'))))
}

function leaves(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value as Record<string, Json>).flatMap(leaves)
}
