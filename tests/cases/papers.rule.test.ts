import { expect, test } from 'vitest'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import { papersOf, sealName, signerOf } from '../../client/cases/papers/paper-facts.ts'
import type { PaperBody, PaperFacts } from '../../client/cases/papers/paper-facts.ts'
import type { HallId } from '../../shared/profiles/halls.ts'
import { personB, playCase } from '../support/play.ts'

const promised = { workingDays: 5, on: '2026-11-27', level: 'ordinary', reason: '须经审核', beyondReason: null }
const line = (materialId: string, name: string, how: string) => ({ materialId, name, state: 'missing', how })

type Play = ReturnType<typeof playCase>

const factsOf = ({ image, item, profile, calendars }: Play): PaperFacts => ({
  image: image(),
  item,
  profile,
  calendars,
})

/** All words of a paper, label by label. */
function wordsOf(body: PaperBody | null): string {
  if (!body) throw new Error('there is no such paper')
  const rows = body.table?.rows.map(({ name, state, how }) => `${name} ${state} ${how}`) ?? []
  const due = body.due ? [body.due.label, body.due.date, body.due.detail] : []
  return [body.title, body.para, ...due, ...rows, ...body.sections.map(({ label, text }) => `${label}：${text}`)].join(
    '\n',
  )
}

function received(hall: HallId): Play {
  const play = playCase(hall)
  play.receive()
  return play
}

test('[SSC-20.2] [NBU-7] the receipt promises a date, says how it is reckoned, and tells the process and materials', () => {
  const play = received('nbu')
  play.step('case.accept', promised)
  const words = wordsOf(paperBody('receipt', factsOf(play)))
  expect(words).toContain('11月20日（周五）受理。承诺在 11月27日（周五）前办结')
  expect(words).toContain('5 个工作日，从受理的次日起算，遇周末、节假日顺延')
  expect(words).toContain('流程：交材料')
  expect(words).toContain('收下的材料：申请表（辅导员签字）、一寸近照 1 张')
  expect(words).toMatch(/收费：.+\n/)
})

test('[SSC-20.2] a hall that must tell the reason prints it; one that need not does not', () => {
  const reasonOf = (hall: HallId) => {
    const play = received(hall)
    play.step('case.accept', promised)
    return wordsOf(paperBody('receipt', factsOf(play)))
  }
  expect(reasonOf('ssc')).toContain('原由：须经审核')
  expect(reasonOf('nbu')).not.toContain('原由：')
})

test('[ZJJ-27] handed in on a Sunday, it counts as received on Monday, and the receipt says so', () => {
  const play = playCase('nbu')
  play.receive({}, { at: '2026-11-22 11:51' })
  play.step('case.accept', { ...promised, on: '2026-11-30' }, { at: '2026-11-22 11:51' })
  expect(wordsOf(paperBody('receipt', factsOf(play)))).toContain('11月22日（周日）收下，按 11月23日（周一）受理计')
})

test('[SSC-20.1] the notice names every missing material and matter with its way, where to bring them, and the rule', () => {
  const play = playCase('ssc')
  play.receive({ photo: 'missing', 'id-card': 'missing' })
  const missing = [line('photo', '一寸近照 1 张', '近 6 个月内，白底'), line('id-card', '身份证', '原件')]
  play.step('case.supplementNotice', { missing, matters: ['先到图书馆还清图书'] })
  const body = paperBody('notice', factsOf(play))
  expect(body?.table?.rows).toEqual([
    { name: '一寸近照 1 张', state: '缺', how: '近 6 个月内，白底' },
    { name: '身份证', state: '缺', how: '原件' },
    { name: '先到图书馆还清图书', state: '其他事项', how: '请一并办好' },
  ])
  const words = wordsOf(body)
  expect(words).toContain('还有下面 3 项要补齐。请一次补齐')
  expect(words).toContain('补到哪里：')
  expect(words).toContain('第二十条')
  expect(words).not.toContain('二次告知：')
})

test('[SSC-20.1] a second notice of what could have been told at first says so on its face; the first can be printed still', () => {
  const play = playCase('ssc')
  play.receive({ photo: 'missing' })
  play.step('case.supplementNotice', { missing: [line('photo', '一寸近照 1 张', '白底')], matters: [] })
  play.step(
    'case.supplementNotice',
    { missing: [line('id-card', '身份证', '原件')], matters: [] },
    { at: '2026-11-21 09:00' },
  )
  const second = wordsOf(paperBody('notice', factsOf(play)))
  expect(second).toContain('一次性告知书（第 2 次）')
  expect(second).toContain(
    '二次告知：再次告知：「身份证」本可在第一次告知时一并说明，记为二次告知。耽误的责任在窗口，不在你。',
  )
  expect(wordsOf(paperBody('notice', factsOf(play), 1))).toContain('一寸近照 1 张')
})

test('[ZJJ-26] a refusal gives ground, basis and reason, and how to appeal; at the door in the hall’s own word', () => {
  for (const hall of ['nbu', 'zjj'] as const) {
    const play = received(hall)
    const ground = play.item.grounds[0]
    if (!ground) throw new Error('the sheet has no ground')
    play.step('case.refuse', { stage: 'door', groundId: ground.id, ground: ground.text, reason: '学籍系统里查不到' })
    const words = wordsOf(paperBody('refusal', factsOf(play)))
    expect(words).toContain(`${play.profile.settings.refusalAtDoorWord.value}告知书`)
    expect(words).toContain(`理由：${ground.text}`)
    expect(words).toContain(`依据：${ground.basis}`)
    expect(words).toContain('说明：学籍系统里查不到')
    expect(words).toContain(`可向${play.profile.settings.complaintsTo.value}提出`)
    expect(words).toContain(play.profile.settings.contact.value.phone)
  }
})

test('[NBU-4] papers name the unit that explains; where the regulation says so, the hall', () => {
  const explains = (hall: HallId) => {
    const play = received(hall)
    play.step('case.accept', promised)
    return { words: wordsOf(paperBody('receipt', factsOf(play))), hall: play.profile.hall.name }
  }
  expect(explains('nbu').words).toContain('内容、流程、结果由学生发展与服务处')
  const zjj = explains('zjj')
  expect(zjj.words).toContain(`内容、流程、结果由${zjj.hall}`)
})

test('a concluded case prints its result; a case has only the papers of what was done', () => {
  const play = received('nbu')
  expect(papersOf(play.image())).toEqual([])
  expect(paperBody('notice', factsOf(play))).toBeNull()
  play.step('case.accept', promised)
  play.step(
    'case.conclude',
    { result: '已办结，本人领取', resultNote: '凭校园卡领取' },
    { by: personB, at: '2026-11-24 15:00' },
  )
  expect(papersOf(play.image()).map(({ kind }) => kind)).toEqual(['conclusion', 'receipt'])
  const body = paperBody('conclusion', factsOf(play))
  const words = wordsOf(body)
  for (const said of ['已办结，本人领取', '凭校园卡领取', '11月24日（周二）办结', '原承诺：11月27日（周五）前办结']) {
    expect(words).toContain(said)
  }
  expect(body && signerOf(body.by, play.profile)).toBe('B岗 示例·乙')
  expect(sealName(factsOf(play))).toContain('专用章')
})
