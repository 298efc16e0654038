import { expect, test } from 'vitest'
import { read, requirementIds, sources, testFiles, titlesOf } from './tree.ts'

/** Rows that are built: each has a test by its id. The list only grows. */
const covered = [
  ...['OFF-1', 'OFF-2', 'OFF-3', 'OFF-4', 'OFF-5', 'OFF-6', 'NBU-1', 'SZIT-1', 'ZJJ-4'],
  ...['SSC-17', 'NBU-7', 'SSC-20.1', 'SSC-20.2', 'ZJJ-24', 'ZJJ-25', 'ZJJ-26', 'ZJJ-27'],
  ...['SSC-20.3', 'ZJJ-8', 'NBU-8'],
  ...['SSC-9', 'SSC-12', 'ZJJ-5', 'ZJJ-6', 'ZJJ-30', 'ZJJ-10', 'NBU-17', 'SZIT-8', 'REF-CH', 'NBU-18'],
  ...['NBU-6', 'REF-CQ3.1', 'REF-CQ3.2', 'REF-CQ3.3', 'REF-CQ3.4', 'REF-CQ4', 'REF-CQ4.2', 'REF-CQ5', 'REF-CQ6'],
  ...['SSC-18', 'ZJJ-28', 'ZJJ-28a', 'SZIT-3', 'SZIT-9'],
  ...['SUP-1', 'SSC-21', 'REF-SU3'],
  ...['NBU-4', 'NBU-5', 'SSC-6', 'SZIT-10', 'ZJJ-9'],
  ...['NBU-2', 'NBU-3', 'SSC-7', 'SZIT-2'],
]

const titles = testFiles.flatMap((path) => titlesOf(path).map((title) => ({ path, title })))

/** The ids in brackets: `[SSC-20.1]`, `[SSC-20.1, ZJJ-25]`; also invariants, faults and cross-checks such as `[I15]`. */
const idsIn = (title: string): string[] =>
  [...title.matchAll(/\[([A-Z][^\]]*)\]/g)].flatMap(([, ids = '']) => ids.split(/[\s,·]+/))
const isKnown = (id: string): boolean => requirementIds.includes(id) || /^[A-Z]{1,2}\d+[a-z]?$/.test(id)

test('the table of requirements is whole and names no row twice', () => {
  expect(requirementIds).toHaveLength(108)
  expect(new Set(requirementIds).size).toBe(108)
})

test('every id in a test title is a row of docs/requirements.md', () => {
  const strange = titles.filter(({ title }) => !idsIn(title).every(isKnown))
  expect(strange).toEqual([])
})

test('every row that is built has a test by its id', () => {
  const tested = new Set(titles.flatMap(({ title }) => idsIn(title)))
  expect(covered.filter((id) => !tested.has(id))).toEqual([])
})

test('every test file belongs to exactly one vitest project', () => {
  const strange = testFiles.filter((path) => !/^tests\/(house|sim)\/|\.(rule|dom|pg|walk)\.test\.ts$/.test(path))
  expect(strange).toEqual([])
})

test('no test is stopped, put off or worded as a wish', () => {
  expect(titles.filter(({ title }) => /\bshould\b/i.test(title))).toEqual([])
  const stopped = /\b(?:test|it|describe|suite)\s*\.\s*(?:only|skip|todo|skipIf|runIf|fails)\b/
  expect(testFiles.filter((path) => stopped.test(read(path)))).toEqual([])
})

test('a note to do something later carries the number of its issue', () => {
  const later = /\b(?:TODO|FIXME|XXX|HACK)\b(?!\s*\(#\d+\))/
  const found = sources.filter((path) => !path.startsWith('tests/house/') && later.test(read(path)))
  expect(found).toEqual([])
})
