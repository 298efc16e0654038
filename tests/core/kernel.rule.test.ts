import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, readPath } from '../../shared/core/apply.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { add, set } from '../../shared/core/outcome.ts'
import { hidePersonal, personalPlaces, piiRefs, showPersonal } from '../../shared/core/pii.ts'
import { text } from '../../shared/core/text.ts'
import { personB, playCase } from '../support/play.ts'

const storable = fc.constantFrom('a', 'B', '9', '"', '\\', '王', '𠮷', ' ')
const json = fc.jsonValue({ maxDepth: 4, stringUnit: storable }).map((value) => integersOnly(value))

function integersOnly(value: unknown): unknown {
  if (typeof value === 'number') return Math.trunc(value) % 1_000_000 || 0
  if (Array.isArray(value)) return value.map(integersOnly)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, integersOnly(item)]))
}

test('[I15] canonical text is one text a value, whatever the order of its keys, and reads back the same', () => {
  fc.assert(
    fc.property(json, (value) => {
      const written = canonicalJson(value)
      expect(JSON.parse(written)).toEqual(value)
      expect(canonicalJson(reversed(value))).toBe(written)
    }),
    { seed: 7, numRuns: 300 },
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  )
}

test.each([1.5, Number.NaN, 2 ** 53, 'a\u0000', '\uD800', undefined, () => 1])(
  '[X6] value %# cannot be written at all',
  (value) => {
    expect(() => canonicalJson([value])).toThrow(TypeError)
  },
)

test('[X6] [X7] text a person types: NUL and control characters are refused, rare hanzi and minority names are kept', () => {
  const name = text(50)
  for (const good of ['𠮷野家', '㛃', '买买提·吐尔逊', ' 王 '])
    expect(name.parse(good)).toBe(good.trim().normalize('NFC'))
  for (const bad of ['a\u0000b', '\uD83D', 'a\u0007']) expect(name.safeParse(bad).success).toBe(false)
})

test('[I8] changes make a new image and leave the old one as it was', () => {
  const before = Object.freeze({ a: Object.freeze({ b: Object.freeze([1, 2]) }), c: 'x' })
  const after = applyChanges(before, [add('a.b', 3), set('c', 'y'), set('a.d', null)])
  expect(after).toEqual({ a: { b: [1, 2, 3], d: null }, c: 'y' })
  expect(before.a.b).toEqual([1, 2])
  expect(readPath(after, 'a.b.2')).toBe(3)
  expect(() => applyChanges(before, [add('a.x', 1)])).toThrow('not a list')
})

test('[X5] a path through a prototype is refused', () => {
  expect(() => applyChanges({}, [set('__proto__.polluted', true)])).toThrow()
  expect(() => applyChanges({}, [set('constructor.prototype.polluted', true)])).toThrow()
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('[P19] personal values leave the envelope: only salted hashes stay, and the values can be put back', () => {
  const body = {
    args: { student: { name: '示例·王', phone: '1' }, itemId: 'x' },
    seen: { 'pii.phone': '2', state: 'open' },
  }
  const places = personalPlaces(body, ['student.name', 'student.phone', 'student.none'])
  expect(places.map((entry) => entry.key)).toEqual(['args.student.name', 'args.student.phone', 'seen.pii.phone'])
  const hidden = hidePersonal(body, new Map(places.map(({ key }) => [key, `hash of ${key}`])))
  expect(JSON.stringify(hidden)).not.toMatch(/示例|"1"|"2"/)
  expect(piiRefs(hidden)).toHaveLength(3)
  const pii = Object.fromEntries(places.map(({ key, value }) => [key, { salt: 's'.repeat(16), value }]))
  expect(showPersonal(hidden, pii)).toEqual(body)
  expect(showPersonal(hidden, {}).args.student).toEqual({ name: null, phone: null })
})

test('[I15] a history decided twice gives the same bytes', () => {
  const history = () => {
    const play = playCase('szit')
    play.receive()
    const saw = play.row()
    play.step('case.correct', { fields: { phone: '13900000001' } })
    play.step('case.correct', { fields: { phone: '13900000002' } }, { by: personB, saw })
    play.step('case.note', { text: '示例' })
    return canonicalJson(play.row())
  }
  expect(history()).toBe(history())
})

test('[I12] no command is decided for a role, window or grant it was not given', () => {
  const play = playCase('nbu')
  play.receive()
  const before = play.row()
  const elsewhere = play.step('case.note', { text: '别的窗口' }, { window: 'elsewhere' })
  expect(elsewhere.verdict).toMatchObject({ outcome: 'held', code: 'grant', detail: { why: 'window' } })
  const approver = play.step('case.take', {}, { by: { ...personB, role: 'approver' } })
  expect(approver.verdict).toMatchObject({ outcome: 'rejected', code: 'right.missing', detail: { why: 'role' } })
  expect(play.row()).toEqual(before)
})
