import { expect, test } from 'vitest'
import { settingGroups, settingWords } from '../../client/halls/setting-words.ts'
import { weekdayWords } from '../../shared/calendar/weekday-words.ts'
import { articleOf } from '../../shared/profiles/cites.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { Settings } from '../../shared/profiles/settings.ts'

const keys = Object.keys(Settings.shape) as (keyof Settings)[]

const said = <Key extends keyof Settings>(key: Key, profile: Profile): string =>
  settingWords[key][1](profile.settings[key].value, profile)

test.each(hallIds)('every setting of %s is said in words, with its article or as 本厅约定', (hallId) => {
  const { profile } = halls[hallId]
  for (const key of keys) {
    const text = said(key, profile)
    expect(text, key).not.toBe('')
    expect(text, key).not.toMatch(/undefined|null|true|false|\[object|\{/)
    const { cite } = profile.settings[key]
    expect(articleOf(cite) === null, key).toBe(cite === null)
  }
})

test('each setting stands in exactly one group of the page', () => {
  const shown = settingGroups.flatMap(({ words }) => Object.keys(words))
  expect(shown.toSorted()).toEqual([...keys].sort())
})

test('[ZJJ-4] what halls set differently reads differently, in the regulation’s own words', () => {
  expect(said('roleWord', halls.nbu.profile)).toBe('A岗、B岗')
  expect(said('hours', halls.nbu.profile)).toBe('周一至周五 09:00–11:00；周一至周五 12:00–16:30')
  expect(said('limits', halls.zjj.profile)).toContain('一般 5 个工作日')
  expect(said('roleBMayNot', halls.nbu.profile)).toContain('不予办理')
})

test('weekdays are said as a run or one by one', () => {
  expect([[1, 2, 3, 4, 5], [5], [3, 1], []].map(weekdayWords)).toEqual(['周一至周五', '周五', '周一、周三', ''])
})
