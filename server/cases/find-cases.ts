import type { Case } from '../../shared/cases/index.ts'
import { maskNumber } from '../../shared/core/mask.ts'
import { searchPage, type FoundCase, type SearchAnswer, type SearchQuery } from '../../shared/wire/search.ts'
import type { Db } from '../db/pg.ts'
import { findCases, studentNames, type Finding } from './reports.ts'
import { namesSpelled } from './spell-names.ts'

/** Full-width to half, lower case, an input method's apostrophes away: as the tablet's own search reads it. */
const wordsOf = (q: string): string[] =>
  q.normalize('NFKC').toLowerCase().replaceAll("'", '').split(/\s+/).filter(Boolean)

const isLetters = (word: string): boolean => /^[a-z]{2,}$/.test(word)

/**
 * Each word with the names it spells; words of letters only may be one spelling, typed with blanks, or stand in a name
 * that is itself written in letters.
 */
const findingsOf = async (db: Db, hallId: string, q: string): Promise<Finding[]> => {
  const words = wordsOf(q)
  const isSpelling = words.length > 1 && words.every((word) => /^[a-z]+$/.test(word))
  const asked = isSpelling ? [{ words, typed: words.join('') }] : words.map((word) => ({ words: [word], typed: word }))
  if (!asked.some(({ typed }) => isLetters(typed))) return asked.map((one) => ({ words: one.words, names: [] }))
  const names = await studentNames(db, hallId)
  return Promise.all(
    asked.map(async (one) => ({
      words: one.words,
      names: isLetters(one.typed) ? await namesSpelled(names, one.typed) : [],
    })),
  )
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const foundOf = (image: Case): FoundCase => ({
  ...{ id: image.id, number: image.number, itemName: image.itemName, windowId: image.windowId, state: image.state },
  ...{ name: text(image.pii.name) || '（姓名已删除）', studentNo: maskNumber(text(image.pii.studentNo)) },
  ...{ receivedAt: image.receivedAt, endedAt: image.endedAt, handlerName: image.handler.actorName },
})

/** A page of the hall's cases that every word leads to, ended and put away ones too, the newest first. */
export const searchCases = async (db: Db, hallId: string, { q, after }: SearchQuery): Promise<SearchAnswer> => {
  const [at, id] = after?.split('~') ?? []
  const place = at === undefined || id === undefined ? null : { at: Number(at), id }
  const findings = await findingsOf(db, hallId, q)
  if (findings.length === 0) return { rows: [], next: null }
  const images = await findCases(db, hallId, { findings, after: place, limit: searchPage + 1 })
  const rows = images.slice(0, searchPage).map(foundOf)
  const last = rows.at(-1)
  return { rows, next: images.length > searchPage && last ? `${String(last.receivedAt)}~${last.id}` : null }
}
