import { expect, test } from 'vitest'
import { z } from 'zod'
import { valueSchemaOf } from '../../client/halls/field-shape.ts'
import { notYetInForce } from '../../shared/profiles/not-yet.ts'
import { Settings } from '../../shared/profiles/settings.ts'
import { read, requirementIds, sources } from './tree.ts'

const keys = Object.keys(Settings.shape) as (keyof Settings)[]

/** What only names, words or checks settings: the profiles themselves, the screen that shows all of them, the tests. */
const listed = /^(tests|shared\/profiles)\/|^client\/halls\/(setting-words|setting-lines|staff-words)\.ts$/
const readers = sources
  .filter((path) => !listed.test(path))
  .map((path) => read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|<!--[\s\S]*?-->/gm, ''))

/** `settings.key`, a function of settings named after it, `{ key } = profile.settings`, and the ways of SQL. */
function isReadIn(text: string, key: string): boolean {
  const ways = [
    String.raw`settings(?:\.value)?\??\.${key}\b`,
    String.raw`settings\??\['${key}'\]`,
    String.raw`(?:staffSetting|settingOf)\([^)]*'${key}'\)`,
    String.raw`\{[^{}]*\b${key}\b[^{}]*\} = [^\n]*settings\b`,
    String.raw`\b${key}Of\([^)]*settings`,
    String.raw`'\{settings,${key},value\}'|keptMs\('${key}'`,
  ]
  return ways.some((way) => new RegExp(way).test(text))
}

/** A setting of one value there is: nobody can set it otherwise. */
const isFixed = (key: keyof Settings): boolean => valueSchemaOf(key) instanceof z.ZodLiteral

test('what can be set is read by a rule or a screen; all else is named as not yet in force', () => {
  const unread = keys.filter((key) => !isFixed(key) && !readers.some((text) => isReadIn(text, key)))
  expect(unread.toSorted()).toEqual(Object.keys(notYetInForce).sort())
})

test('what is not yet in force waits for a row of the requirements', () => {
  expect(Object.values(notYetInForce).filter((id) => !requirementIds.includes(id))).toEqual([])
})
