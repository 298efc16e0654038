import { expect, test } from 'vitest'
import { centsOf, waysOf } from '../../client/cases/course/course-menu.ts'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import { papersOf } from '../../client/cases/papers/paper-facts.ts'
import { caseAggregate, type Case } from '../../shared/cases/index.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { personA, personB, playCase, supervisor } from '../support/play.ts'

type Play = ReturnType<typeof playCase>
const factsOf = (play: Play) => ({ ...play, image: play.image() })
const wordsOf = (play: Play, kind: Parameters<typeof paperBody>[0]): string =>
  JSON.stringify(paperBody(kind, factsOf(play)))

test('[ZJJ-26] [SSC-20.1] 退件 is no way round: complete papers and untold ones are not returned for want of them', () => {
  const codes = (marks: Record<string, 'missing'>) => {
    const play = playCase('zjj')
    play.receive(marks)
    const { verdict } = play.step('case.return', { why: 'notSupplemented', reason: '示例' })
    return verdict.flags.filter(({ stops }) => stops).map(({ code }) => code)
  }
  expect(codes({})).toEqual(['returnComplete'])
  expect(codes({ [playCase('zjj').item.materials[0]?.id ?? '']: 'missing' })).toEqual(['returnUntold'])
})

test('退件 gives every paper back, and 撤销 has them as they were', () => {
  const play = playCase('nbu')
  play.receive()
  play.step('case.return', { why: 'elsewhere', reason: '示例：由学院受理' })
  const states = () => new Set(Object.values(play.image().materials).map(({ state }) => state))
  expect([play.image().state, ...states()]).toEqual(['returned', 'returned'])
  expect(wordsOf(play, 'returned')).toContain(play.item.materials[0]?.name)
  play.step('case.undo', { act: play.image().acts.at(-1)?.cmdId ?? '' })
  expect([play.image().state, ...states()]).toEqual(['open', 'present'])
})

function refused(): Play {
  const play = playCase('zjj')
  play.receive()
  const [ground] = play.item.grounds
  play.step('case.refuse', { stage: 'door', groundId: ground?.id ?? '', ground: ground?.text ?? '', reason: '示例' })
  return play
}

test('[ZJJ-26] 应收未收: an appeal upheld takes the case up again and counts, against whoever refused; the refusal is kept', () => {
  const play = refused()
  play.step('case.appeal', { about: 'shouldHaveAccepted', text: '示例：材料齐了' }, { by: personB })
  expect(caseAggregate.scopes(play.image())).toContain('supervisor')
  const key = play.image().appeals?.[0]?.key ?? ''
  const decided = { key, outcome: 'upheld', reason: '示例：应当受理' }
  const self = { ...supervisor, id: personA.id }
  expect(play.step('case.appealDecide', decided, { by: self }).verdict.code).toBe('case.ownDecision')
  const { verdict } = play.step('case.appealDecide', decided, { by: supervisor })
  const image = play.image()
  expect(image).toMatchObject({ state: 'open', refusal: null, endedAt: null })
  expect(image.appeals?.[0]?.against).toMatchObject({ state: 'declined', by: { actorId: personA.id } })
  expect(verdict.flags).toEqual([
    {
      cite: 'ZJJ-26',
      code: 'shouldHaveAccepted',
      stops: false,
      facts: { by: '示例·甲', byId: 'a', about: 'shouldHaveAccepted' },
    },
  ])
  expect(sentenceOf('shouldHaveAccepted', verdict.flags[0]?.facts)).toContain('应收未收')
  expect(wordsOf(play, 'appeal')).toContain('申诉成立')
})

test('[ZJJ-26] nobody decides an appeal that would count against them: where nothing was decided, the handler', () => {
  const play = playCase('zjj')
  play.receive()
  play.step('case.appeal', { about: 'shouldHaveAccepted', text: '示例：一直没受理' }, { by: personB })
  const decided = { key: play.image().appeals?.[0]?.key ?? '', outcome: 'rejected', reason: '示例' }
  const self = { ...supervisor, id: personA.id }
  expect(play.step('case.appealDecide', decided, { by: self }).verdict.code).toBe('case.ownDecision')
  expect(play.step('case.appealDecide', decided, { by: supervisor }).verdict.outcome).toBe('applied')
})

test('[ZJJ-26] an appeal that is not upheld leaves the refusal as it was; the case waits for its answer before it is put away', () => {
  const play = refused()
  play.step('case.appeal', { about: 'refusal', text: '示例：不同意' })
  const archive = { endedAt: play.image().endedAt ?? 0 }
  const system = { id: 'system', name: '系统', role: 'system' as const, device: 9 }
  expect(play.step('case.archive', archive, { by: system }).verdict.outcome).toBe('rejected')
  const key = play.image().appeals?.[0]?.key ?? ''
  play.step('case.appealDecide', { key, outcome: 'rejected', reason: '示例：确不符合' }, { by: supervisor })
  expect(play.image()).toMatchObject({ state: 'declined', flags: [] })
  expect(play.step('case.archive', archive, { by: system }).verdict.outcome).toBe('applied')
})

test('[SSC-20.1] every notice of a case can be printed again, the second as the second', () => {
  const play = playCase('ssc')
  play.receive()
  const told = (matter: string) => play.step('case.supplementNotice', { missing: [], matters: [matter] })
  told('示例：补辅导员签字')
  told('示例：再补一份说明')
  const papers = papersOf(play.image())
  expect(papers.map(({ title }) => title)).toEqual(['一次性告知书（第 2 次）', '一次性告知书'])
  expect(JSON.stringify(paperBody('notice', factsOf(play), papers[1]?.nth))).toContain('辅导员签字')
  expect(play.image().flags.map(({ code }) => code)).toEqual(['toldTooLate'])
})

test('转办: both windows follow the case until it is taken, and no third window may take it', () => {
  const play = playCase('nbu')
  play.receive()
  play.step('case.transfer', { to: 'careers', text: '示例：请接着办' })
  const scopes = () => caseAggregate.scopes(play.image()).filter((scope) => scope.startsWith('window:'))
  expect(scopes()).toEqual(['window:student-affairs', 'window:careers'])
  expect(play.step('case.takeOver', {}, { by: personB, window: 'teaching' }).verdict.code).toBe('right.missing')
  expect(play.step('case.takeOver', {}, { by: personB }).verdict.code).toBe('case.notComing')
  play.step('case.takeOver', {}, { by: personB, window: 'careers' })
  expect(scopes()).toEqual(['window:careers'])
  expect(play.image()).toMatchObject({ windowId: 'careers', handler: { actorId: personB.id } })
  expect(JSON.stringify(papersOf(play.image()))).toBe('[]')
})

test('[REF-CQ3.2] [OFF-4] who comes too late with a 转办 is told what became of the case, by its number or by who has it', () => {
  const started = () => {
    const play = playCase('nbu')
    play.receive()
    play.step('case.transfer', { to: 'careers', text: '示例：请接着办' })
    return play
  }
  const said = ({ verdict }: ReturnType<Play['step']>) => sentenceOf(verdict.code ?? '', verdict.detail ?? {})
  const calledBack = started()
  calledBack.step('case.transferBack', { reason: '示例：由本窗口接着办' })
  const late = said(calledBack.step('case.takeOver', {}, { by: personB, window: 'careers' }))
  expect(late).toBe(`${calledBack.image().number}现在没有转给本窗口：可能已经收回，或已退回。`)
  const third = calledBack.step('case.takeOver', {}, { by: personB, window: 'teaching' })
  expect(third.verdict.code).toBe('right.missing')
  const taken = started()
  taken.step('case.takeOver', {}, { by: personB, window: 'careers' })
  const back = taken.step('case.transferBack', { reason: '示例：收回' })
  expect(back.verdict.outcome).toBe('rejected')
  expect(said(back)).toContain(personB.name)
})

test('[NBU-8] what began online keeps its number: the case is found by it, and every paper names it', () => {
  const play = playCase('nbu')
  const { item } = play
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const began = { by: 'appointment', number: 'A-12' }
  play.step('case.receive', { number: 'XG-261120-K7-1', itemId: item.id, ticket: null, student, materials, began })
  expect(caseAggregate.keys(play.image())).toContain('A-12')
  play.step('case.withdraw', { reason: '示例' })
  play.step('case.undo', { act: play.image().acts.at(-1)?.cmdId ?? '' })
  play.step('case.supplementNotice', { missing: [], matters: ['示例'] })
  expect(wordsOf(play, 'notice')).toContain('A-12')
})

test('the other ways offered follow the table of states; a sum in 元 is read exactly', () => {
  const play = playCase('nbu')
  play.receive()
  const offered = (image: Case) => waysOf(image, play.item).map(({ doing }) => doing)
  expect(offered(play.image())).toEqual(['charge', 'pause', 'transfer', 'return', 'appeal'])
  play.step('case.pause', { reason: '示例' })
  expect(offered(play.image())).toEqual(['transfer'])
  expect(['15', '15.5', '0.30', '15.555', '0', '1e3', ' 5 '].map(centsOf)).toEqual([
    ...[1500, 1550, 30, undefined, undefined, undefined, 500],
  ])
})
