import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, emptyDigest, movedDigest, ScopeSums, type DigestRow } from '../../shared/core/digest.ts'

const row = fc.record({
  kind: fc.constantFrom('case', 'item', 'post'),
  id: fc.oneof(fc.uuid(), fc.constantFrom('nbu:XG-001@1', 'nbu:学生证@2', 'a', 'b')),
  ver: fc.integer({ min: 1, max: 2_000_000_000 }),
})
const rows = fc.uniqueArray(row, { maxLength: 40, selector: ({ kind, id, ver }) => `${kind}:${id}:${ver}` })

test('[R19] a digest does not depend on the order in which rows came, and taking a row out undoes putting it in', () => {
  fc.assert(
    fc.property(rows, rows, (some, others) => {
      const sums = new ScopeSums()
      for (const one of [...some, ...others]) sums.put('s', one)
      for (const one of others.toReversed()) sums.take('s', one)
      expect(sums.of('s')).toEqual(digestOf(some.toReversed()))
      expect(sums.deltas()).toEqual(some.length === 0 ? [] : [{ scope: 's', dn: some.length, dx: digestOf(some).x }])
    }),
  )
})

test('[R19] a digest moved by the deltas is the digest of the rows after them', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const sums = new ScopeSums()
      for (const one of before) sums.take('s', one)
      for (const one of after) sums.put('s', one)
      const [delta = { dn: 0, dx: emptyDigest.x }] = sums.deltas()
      expect(movedDigest(digestOf(before), delta)).toEqual(digestOf(after))
    }),
  )
})

test('[R19] any one row at another version, missing, of another kind or under another id makes another digest', () => {
  fc.assert(
    fc.property(rows, row, fc.integer({ min: 1, max: 9 }), (held, one, by) => {
      const rest = held.filter(({ kind, id }) => kind !== one.kind || id !== one.id)
      const whole = digestOf([...rest, one])
      const wrong: DigestRow[][] = [
        rest,
        [...rest, { ...one, ver: one.ver + by }],
        [...rest, { ...one, kind: `${one.kind}s` }],
        [...rest, { ...one, id: `${one.id}0` }],
      ]
      for (const other of wrong) expect(digestOf(other)).not.toEqual(whole)
    }),
  )
})

test('[R19] many rows that all missed the same step do not cancel out', () => {
  const ids = Array.from({ length: 400 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`)
  const seen = new Set<string>()
  for (const [i, a] of ids.entries()) {
    for (const b of ids.slice(i + 1)) {
      const stale = [a, b].flatMap((id) => [1, 2].map((ver) => ({ kind: 'case', id, ver })))
      seen.add(digestOf(stale).x)
    }
  }
  expect(seen.has(emptyDigest.x)).toBe(false)
  expect(seen.size).toBe((ids.length * (ids.length - 1)) / 2)
})
