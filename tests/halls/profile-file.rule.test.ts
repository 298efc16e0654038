import { expect, test } from 'vitest'
import { halls, hallIds } from '../../shared/profiles/halls.ts'
import { describe as say } from '../../shared/profiles/issue-words.ts'
import { parseProfile } from '../../shared/profiles/profile.ts'

type Loose = Record<string, unknown>
type Edit = (profile: Loose, items: Loose[]) => void

const edited = (edit: Edit): unknown => {
  const source = structuredClone(halls.nbu) as unknown as { profile: Loose; items: Loose[] }
  edit(source.profile, source.items)
  return source
}

const errorsOf = (source: unknown) => {
  const parsed = parseProfile(source, 'nbu.json')
  return parsed.ok ? [] : parsed.errors
}

const listAt = (holder: Loose, key: string): Loose[] => holder[key] as Loose[]
const inside = (holder: Loose, ...keys: string[]): Loose => keys.reduce((at, key) => at[key] as Loose, holder)

test.each(hallIds)('the shipped file of %s is read whole and comes out the same', (hallId) => {
  const parsed = parseProfile(structuredClone(halls[hallId]), `${hallId}.json`)
  expect(parsed).toEqual({ ok: true, ...halls[hallId] })
})

test.each<[string, Edit, { path: string; expected: RegExp; found: string }]>([
  [
    'a window of an unknown unit',
    (profile) => (listAt(profile, 'windows')[3] = { ...listAt(profile, 'windows')[3], unitIds: ['nobody'] }),
    { path: 'windows[3].unitIds[0]', expected: /units 里有的单位：student-development、/, found: '"nobody"' },
  ],
  [
    'a window code used twice',
    (profile) => (listAt(profile, 'windows')[1] = { ...listAt(profile, 'windows')[1], code: 'XG' }),
    { path: 'windows[1].code', expected: /不能重复，第 1 项已用 XG/, found: '"XG"' },
  ],
  [
    'a wrong type',
    (profile) => (inside(profile, 'settings', 'autoLockMinutes').value = '三分钟'),
    { path: 'settings.autoLockMinutes.value', expected: /应是数字/, found: '"三分钟"' },
  ],
  [
    'a value outside its range',
    (profile) => (inside(profile, 'settings', 'grantDays').value = 8),
    { path: 'settings.grantDays.value', expected: /应不多于 7/, found: '8' },
  ],
  [
    'a missing field',
    (profile) => delete inside(profile, 'hall').school,
    { path: 'hall.school', expected: /应是文字/, found: '（缺少）' },
  ],
  [
    'a field that does not exist',
    (profile) => (profile.windowz = []),
    { path: 'windowz', expected: /没有这样的字段：windowz/, found: '[]' },
  ],
  [
    'hours that end before they begin',
    (profile) => (inside(profile, 'settings', 'hours').value = [{ days: [1], from: '12:00', to: '09:00' }]),
    { path: 'settings.hours.value[0].to', expected: /晚于开始/, found: '"09:00"' },
  ],
  [
    'hours that overlap',
    (profile) =>
      (inside(profile, 'settings', 'hours').value = [
        { days: [1, 2], from: '09:00', to: '12:00' },
        { days: [2], from: '11:00', to: '13:00' },
      ]),
    {
      path: 'settings.hours.value[1]',
      expected: /与第 1 段时间重叠/,
      found: '{"days":[2],"from":"11:00","to":"13:00"}',
    },
  ],
  [
    'a word that is not offered',
    (profile) => (inside(profile, 'settings', 'roleWord').value = '班'),
    { path: 'settings.roleWord.value', expected: /其中之一：角、岗/, found: '"班"' },
  ],
  [
    'an item of an unknown window',
    (_, items) => (items[2] = { ...items[2], windowId: 'attic' }),
    { path: 'items[2].windowId', expected: /windows 里有的窗口/, found: '"attic"' },
  ],
  [
    'an item code used twice',
    (_, items) => items.push({ ...items[0] }),
    { path: 'items[36].id', expected: /不能重复，第 1 项已用 nbu:XG-001@1/, found: '"nbu:XG-001@1"' },
  ],
  [
    'an on-the-spot item that promises days',
    (_, items) => (items[0] = { ...items[0], promise: { workingDays: 3, level: 'ordinary', reason: '' } }),
    { path: 'items[0].promise.workingDays', expected: /应留空/, found: '3' },
  ],
  [
    'half a character in a text',
    (_, items) => (items[0] = { ...items[0], name: '证明\ud83d' }),
    { path: 'items[0].name', expected: /残缺的字/, found: '"证明\\ud83d"' },
  ],
  [
    'a control character in a text',
    (_, items) => (items[0] = { ...items[0], place: '一楼\u0007' }),
    { path: 'items[0].place', expected: /控制字符/, found: '"一楼\\u0007"' },
  ],
  [
    'an address that is no web page',
    (_, items) => (items[0] = { ...items[0], onlineUrl: 'javascript:alert(1)' }),
    { path: 'items[0].onlineUrl', expected: /http 或 https/, found: '"javascript:alert(1)"' },
  ],
  [
    'a day that does not exist',
    (profile) => (profile.effectiveOn = '2026-02-30'),
    { path: 'effectiveOn', expected: /存在的日期/, found: '"2026-02-30"' },
  ],
])('%s: file, path, what was expected and what is there', (_, edit, { path, expected, found }) => {
  const errors = errorsOf(edited(edit))
  expect(errors).toEqual([{ file: 'nbu.json', path, expected: expect.stringMatching(expected) as string, found }])
})

test('all errors of a file are told at once, profile and items alike', () => {
  const errors = errorsOf(
    edited((profile, items) => {
      profile.version = '一'
      items[1] = { ...items[1], materials: 'none' }
      items[4] = { ...items[4], windowId: 7 }
    }),
  )
  expect(errors.map((error) => error.path)).toEqual(['version', 'items[1].materials', 'items[4].windowId'])
})

test.each([[null], [undefined], ['text'], [[]], [{ profile: {} }], [{ profile: 1, items: [] }]])(
  'a file that is no profile at all is told so, not loaded: %j',
  (source) => {
    const errors = errorsOf(source)
    expect(errors.length).toBeGreaterThan(0)
    expect(errors.every((error) => error.file === 'nbu.json' && error.expected !== '')).toBe(true)
  },
)

test('an error is one sentence a person can act on', () => {
  const sentence = say({ file: 'a.json', path: 'windows[3].code', expected: '应是两个大写字母或数字', found: '"x"' })
  expect(sentence).toBe('a.json 的 windows[3].code：应是两个大写字母或数字，现在是 "x"。')
})

test('[ZJJ-8] an item of two units is no joint item where the hall says three', () => {
  const source = structuredClone(halls.zjj)
  const joint = source.items.find((item) => item.kind === 'joint')
  joint?.unitIds.splice(2)
  const parsed = parseProfile(source, 'zjj.json')
  expect(parsed.ok ? [] : parsed.errors.map((error) => error.expected)).toEqual(['本厅 3 个以上单位才是联办件'])
})
