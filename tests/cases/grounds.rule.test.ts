import { expect, test } from 'vitest'
import { groundsFor, type OutcomeRules } from '../../client/cases/outcome-for.ts'
import { emptyOutcome, withAll, withMark } from '../../client/cases/outcome-form.ts'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import { hallIds, halls, type HallId } from '../../shared/profiles/halls.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { Settings } from '../../shared/profiles/settings.ts'
import { playCase } from '../support/play.ts'

const refuse = { nonConforming: { value: 'refuse', cite: null } } as const satisfies Partial<Settings>
const fromRule = ['不符合国家法律法规政策', '不符合学校规章制度']

/** The window's screen with the sheet's first paper as given. */
function offered(hallId: HallId, mark: 'present' | 'unfit', own: Partial<Settings> = {}) {
  const { item, profile, calendars } = playCase(hallId, '学生证补办', own)
  const rules: OutcomeRules = { item, profile, calendars, mayNot: [], now: 0, image: null }
  const form = withMark(withAll(emptyOutcome(), item, 'present'), item.materials[0]!.id, mark)
  return { item, grounds: groundsFor(form, rules) }
}

test.each(hallIds)(
  '[ZJJ-26] [SSC-20.2] %s offers the sheet’s grounds, and the regulation’s own where it gives any',
  (id) => {
    const { item, grounds } = offered(id, 'unfit')
    const added = halls[id].profile.settings.refusalGrounds.value
    expect(added).toEqual(id === 'ssc' ? fromRule : [])
    expect(grounds.map(({ text }) => text)).toEqual([...item.grounds.map(({ text }) => text), ...added])
  },
)

test('[SSC-20.2] a ground of the regulation is lawful, and the paper prints it with its article', () => {
  const play = playCase('ssc')
  play.receive()
  const args = { stage: 'door', groundId: 'rule-2', ground: fromRule[1]!, reason: '示例说明' }
  expect(play.step('case.refuse', args).verdict.flags).toEqual([])
  const { item, profile, calendars } = play
  const words = paperBody('refusal', { image: play.image(), item, profile, calendars })?.sections
  expect(words?.find(({ label }) => label === '依据')?.text).toBe('《师生服务中心管理办法》第二十条（二）。')
})

test('[ZJJ-26] a hall whose rule gives no such ground stops at it', () => {
  const play = playCase('zjj')
  play.receive()
  const args = { stage: 'door', groundId: 'rule-2', ground: fromRule[1]!, reason: '示例说明' }
  expect(play.step('case.refuse', args).verdict.flags.map(({ code }) => code)).toEqual(['noGround'])
})

test('[ZJJ-26] [SSC-20.2] words of one’s own under a ground of the sheet are stopped at, and marked once given', () => {
  const play = playCase('zjj')
  const [ground] = play.item.grounds
  play.receive()
  const args = { stage: 'door', groundId: ground!.id, ground: '今天不办', reason: '示例说明' }
  const { outcome, flags } = play.step('case.refuse', args).verdict
  expect([outcome, flags.map(({ cite, code, stops }) => [cite, code, stops])]).toEqual([
    'applied',
    [['ZJJ-26', 'groundReworded', true]],
  ])
  expect(flags.map(({ code, facts }) => sentenceOf(code, facts))).toEqual([
    `告知书写的理由是「今天不办」，列明的依据是「${ground!.text}」；不予办理要照列明的写，说明另写。`,
  ])
})

test('[SSC-20.2] a refusal says its ground and its reason: without either it is no act', () => {
  const play = playCase('ssc')
  const [ground] = play.item.grounds
  play.receive()
  const args = { stage: 'door', groundId: ground!.id, ground: ground!.text, reason: '示例说明' }
  for (const empty of ['groundId', 'ground', 'reason'])
    expect(play.step('case.refuse', { ...args, [empty]: ' ' }).verdict).toMatchObject({ outcome: 'held' })
  expect(play.image().state).toBe('open')
})

test.each(hallIds)(
  '[ZJJ-25] papers that do not conform are put right in %s, and a ground only where its rule says so',
  (id) => {
    const isOffered = (mark: 'present' | 'unfit', own: Partial<Settings> = {}) =>
      offered(id, mark, own).grounds.some((ground) => ground.id === 'unfit')
    expect([isOffered('unfit'), isOffered('unfit', refuse), isOffered('present', refuse)]).toEqual([false, true, false])
  },
)

test('[ZJJ-25] the same rule decides: a refusal for such papers stands with 可以不予办理, and is stopped otherwise', () => {
  const flagsOf = (own: Partial<Settings>, state: 'present' | 'unfit') => {
    const play = playCase('zjj', '学生证补办', own)
    play.receive({ [play.item.materials[0]!.id]: state })
    const args = { stage: 'door', groundId: 'unfit', ground: '交来的材料不符合规定', reason: '示例说明' }
    return play.step('case.refuse', args).verdict.flags.map(({ code }) => code)
  }
  expect(flagsOf({}, 'unfit')).toEqual(['noGround'])
  expect(flagsOf(refuse, 'unfit')).toEqual([])
  expect(flagsOf(refuse, 'present')).toEqual(['noGround'])
})

/** A notice of one paper, then one of another that could have been told at first. */
function toldTwice(own: Partial<Settings>) {
  const play = playCase('szu', '学生证补办', own)
  const [first, second] = play.item.materials
  const line = (of: typeof first) => ({ materialId: of!.id, name: of!.name, state: 'missing', how: '带原件来' })
  play.receive({ [first!.id]: 'missing', [second!.id]: 'missing' })
  const body = () => paperBody('notice', { ...play, image: play.image() })
  play.step('case.supplementNotice', { missing: [line(first)], matters: [] })
  const paper = body()
  const { flags } = play.step('case.supplementNotice', { missing: [line(second)], matters: [] }).verdict
  return { labels: paper?.sections.map(({ label }) => label), how: paper?.table?.rows[0]?.how, flags }
}

test('[SSC-20.1] [REF-CQ4] a second notice is a lapse, and the paper says so, where the hall tells once', () => {
  const isOnce = toldTwice({})
  expect(isOnce.flags.map(({ code }) => code)).toEqual(['toldTooLate'])
  expect(isOnce.labels).toContain('只告知一次')
  const mayBeMore = toldTwice({ isMissingToldOnce: { value: false, cite: null } })
  expect([mayBeMore.flags, mayBeMore.labels?.includes('只告知一次')]).toEqual([[], false])
})

test('[ZJJ-25] the notice prints how to put each thing right, unless the hall’s own rule leaves the ways out', () => {
  expect(toldTwice({}).how).toBe('带原件来')
  expect(toldTwice({ isMissingToldWithWays: { value: false, cite: null } }).how).toBe('')
})
