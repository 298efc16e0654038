import { expect, test } from 'vitest'
import { momentOf } from '../../shared/calendar/day.ts'
import { hallIds } from '../../shared/profiles/halls.ts'
import {
  contactAggregate,
  contactDueOn,
  contactLight,
  countedLapses,
  proposedLapses,
  type ContactRecord,
} from '../../shared/reception/index.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { personA, personB, supervisor } from '../support/play.ts'
import { answered, other, playContact } from './play-contact.ts'

const scopes = (image: ContactRecord) => contactAggregate.scopes(image).filter((scope) => scope !== 'supervisor')
const known = new Set<string>()

test.each(hallIds)('[NBU-6] at %s whoever receives first is 首问责任人 until it is solved or answered', (hall) => {
  const play = playContact(hall)
  play.open({ matter: 'own' })
  expect(play.image()).toMatchObject({ state: 'open', first: { actorId: 'a' }, holder: { actorId: 'a' } })
  play.step('note', { text: '示例：在查' })
  expect(play.image().endedAt).toBeNull()
  play.step('answer', answered(), { by: personB })
  expect(play.image()).toMatchObject({ state: 'answered', first: { actorId: 'a' }, answers: [{ how: 'answered' }] })
  expect(play.image().endedAt).not.toBeNull()
})

test('[REF-CQ3.1] a matter of one’s own is closed under the first contact by one more act, its time recorded', () => {
  const play = playContact('szu')
  play.open({ matter: 'own' }, { at: '2026-11-20 10:40' })
  const { verdict } = play.step('answer', { how: 'solved', text: '', told: 'inPerson' }, { at: '2026-11-20 10:42' })
  expect(verdict).toMatchObject({ outcome: 'applied', flags: [] })
  expect(play.image().endedAt).toBe(momentOf('2026-11-20', '10:42'))
})

test('[REF-CQ3.2] handed on it stands with both windows; only the receiver’s take removes it from the first', () => {
  const play = playContact('szu')
  play.open()
  expect(scopes(play.image())).toEqual([`window:${play.here}`])
  play.step('handOn', { toWindowId: play.there, text: '' })
  play.step('reach', { how: 'phone', whom: '示例·丙', isReached: true, text: '十分钟后回' })
  const both = [`window:${play.here}`, `window:${play.there}`]
  expect(scopes(play.image())).toEqual(both)
  expect(play.step('take', {}, { by: personB, window: play.third }).verdict.code).toBe('contact.notHere')
  expect(scopes(play.image())).toEqual(both)
  play.step('take', {}, { by: other, window: play.there })
  expect(play.image()).toMatchObject({ state: 'open', asked: null, holder: { actorId: 'o' }, first: { actorId: 'a' } })
  expect(scopes(play.image())).toEqual([`window:${play.there}`])
})

test('[NBU-6] where the first contact lasts until the answer, it stays on the first list after the take', () => {
  const play = playContact('nbu')
  play.open()
  play.step('handOn', { toWindowId: play.there, text: '' })
  play.step('take', {}, { by: other, window: play.there })
  expect(scopes(play.image())).toEqual([`window:${play.here}`, `window:${play.there}`])
})

test('[REF-CQ3.2] a window cannot be handed its own matter, nor one of another hall', () => {
  const play = playContact('szu')
  play.open()
  for (const toWindowId of [play.here, 'nowhere']) {
    expect(play.step('handOn', { toWindowId, text: '' }).verdict.code).toBe('contact.noSuchWindow')
  }
  expect(play.step('handOn', { toWindowId: play.here, text: '' }, { window: play.there }).verdict.code).toBe(
    'contact.notHere',
  )
})

const guidance = { guidanceId: 'parcel', windowId: null, place: '校内快递服务站', procedure: '凭取件码领取', text: '' }

test('[REF-CQ3.3] [ZJJ-28a] what is not the hall’s is guided with procedure and place on record, and no case is opened', () => {
  const play = playContact('zjj')
  play.open({ matter: 'outside' })
  play.step('guide', guidance)
  expect(play.image()).toMatchObject({ state: 'guided', case: null, guides: [{ place: '校内快递服务站' }] })
  expect(play.step('guide', { ...guidance, place: '' }).verdict.outcome).toBe('held')
})

test('[SSC-18] to show the way to a window ends a first contact only where the rule says so', () => {
  const toWindow = (play: ReturnType<typeof playContact>) => ({
    ...{ guidanceId: null, windowId: play.there, place: '', procedure: '', text: '' },
  })
  for (const [hall, codes] of [
    ['ssc', []],
    ['szu', ['contact.pointedOnly']],
  ] as const) {
    const play = playContact(hall)
    play.open()
    const { verdict } = play.step('guide', toWindow(play))
    expect(verdict.flags.map(({ code }) => code)).toEqual(codes)
  }
})

const voice = { matter: 'voice', voice: 'complaint', channel: 'phone', text: '示例：等了一上午没有人理' }

test.each([
  [{ name: '', phone: '' }, '姓名、联系电话'],
  [{ name: '示例·王同学', phone: '' }, '联系电话'],
  [{ name: '', phone: '13800001234' }, '姓名'],
])('[REF-CQ3.4] a complaint by phone of %o is stopped and says what is missing', (person, missing) => {
  const [flag] = playContact('szu').open({ ...voice, person }).verdict.flags
  expect(flag).toMatchObject({ code: 'contact.unnamed', stops: true })
  expect(sentenceOf(flag?.code ?? '', flag?.facts)).toContain(`还缺：${missing}。`)
})

test('[REF-CQ3.4] [SZIT-3] a complete complaint is numbered and goes to the supervisors, and to no window', () => {
  const play = playContact('szu')
  const { verdict } = play.open({ ...voice, person: { name: '示例·王同学', phone: '13800001234' } })
  expect(verdict).toMatchObject({ outcome: 'applied', flags: [] })
  expect(contactAggregate.scopes(play.image())).toEqual(['supervisor'])
  expect(contactAggregate.keys(play.image())).toEqual(['XS-261120-K7-1'])
})

test('[SZIT-3] an opinion passed on is with the unit at once; the desk stays on it and sees the answer', () => {
  const play = playContact('szit')
  const unit = play.profile.windows[1]?.unitIds[0] ?? ''
  play.open({ matter: 'voice', voice: 'opinion', text: '示例：食堂晚间早关' })
  play.step('passOn', { unitId: unit, windowId: play.there, text: '' })
  expect(scopes(play.image())).toEqual([`window:${play.here}`, `window:${play.there}`, `unit:${unit}`])
  play.step('result', { text: '示例：已延到 20 点', told: 'message' }, { by: other, window: play.there })
  expect(play.image()).toMatchObject({ state: 'answered', answers: [{ how: 'result', by: { actorId: 'o' } }] })
  expect(scopes(play.image())).toContain(`window:${play.here}`)
})

test('[REF-CQ4.2] an enquiry of two units is not closed before its answer is told and written down', () => {
  const play = playContact('szu')
  play.open({ matter: 'enquiry', text: '示例：转专业又要退宿', units: ['教务处', '后勤管理处'] })
  const { flags } = play.step('answer', answered()).verdict
  expect(flags).toMatchObject([{ code: 'contact.nothingTold', stops: true }])
  const told = playContact('szu')
  told.open({ matter: 'own' })
  told.step('find', { units: ['教务处'], text: '示例：要不要补考', replyOn: '2026-11-23' })
  expect(told.image()).toMatchObject({ replyOn: '2026-11-23', finding: { units: ['教务处'] } })
  expect(told.step('answer', answered('示例：不用补考')).verdict).toMatchObject({ outcome: 'applied', flags: [] })
})

test('[ZJJ-28] nobody’s matter: reply promised, reported, then assigned; red for both after the promised date', () => {
  const play = playContact('zjj')
  const open = { matter: 'nobodys', text: '示例：校门口临时停车证' }
  expect(play.open(open).verdict.flags).toMatchObject([{ code: 'contact.noReplyDate', stops: true }])
  const right = playContact('zjj')
  right.open({ ...open, replyOn: '2026-11-27' })
  const unit = { unitId: 'information', windowId: 'campus-card', text: '' }
  expect(right.step('passOn', unit).verdict.code).toBe('contact.leaderAssigns')
  expect(right.step('passOn', unit, { by: supervisor }).verdict.code).toBe('contact.notReported')
  right.step('report', { to: '分管校领导', how: 'phone', text: '' })
  expect(right.image().state).toBe('reported')
  right.step('passOn', unit, { by: supervisor })
  expect(scopes(right.image())).toEqual([`window:${right.here}`, 'window:campus-card', 'unit:information'])
  const terms = { profile: right.profile, calendars: right.calendars }
  expect(contactDueOn(right.image(), terms)).toBe('2026-11-27')
  expect(contactLight(right.image(), { ...terms, today: '2026-11-27' })).toBe('near')
  expect(contactLight(right.image(), { ...terms, today: '2026-11-30' })).toBe('past')
  right.step('result', { text: '示例：到保卫处办', told: 'phone' }, { by: other, window: 'campus-card' })
  expect(contactLight(right.image(), { ...terms, today: '2026-11-30' })).toBe('done')
})

test('[ZJJ-28] a reply promised later than the hall’s own limit is marked', () => {
  const play = playContact('zjj')
  const { flags } = play.open({ matter: 'nobodys', text: '示例', replyOn: '2027-01-29' }).verdict
  expect(flags).toMatchObject([{ code: 'contact.replyLate', stops: false }])
})

test('[REF-CQ6] not taken by the end of the day: kind 2 is proposed, and counts only once verified', () => {
  const play = playContact('szu')
  play.open({}, { at: '2026-11-20 10:00' })
  play.step('handOn', { toWindowId: play.there, text: '' }, { at: '2026-11-20 10:05' })
  const at = (time: string) => ({
    ...{ profile: play.profile, calendars: play.calendars, now: momentOf('2026-11-20', time) },
  })
  expect(proposedLapses(play.image(), known, at('16:59'))).toEqual([])
  const [proposal] = proposedLapses(play.image(), known, at('17:01'))
  expect(proposal).toMatchObject({ lapse: 2, why: 'notTaken', person: null, atWindowId: play.there })
  expect(proposedLapses(play.image(), new Set([proposal?.id ?? '']), at('17:01'))).toEqual([])
  const record = playContact('szu')
  const { contactId, lapse, person, atWindowId } = proposal ?? {}
  const about = { contactId, lapse, person, atWindowId, contactNumber: 'XS-261120-K7-1', isFromLog: true, reason: '' }
  record.step('lapse', about as never, { by: supervisor })
  expect(countedLapses([record.lapse()])).toEqual([])
  record.step('verify', { isUpheld: true, reason: '示例：经查实' }, { by: supervisor })
  expect(countedLapses([record.lapse()])).toHaveLength(1)
  expect(contactAggregate.scopes(record.lapse())).toEqual(['supervisor'])
})

test('[REF-CQ6] what came late says so itself: handed on, taken and answered after their time', () => {
  const play = playContact('szu')
  play.open({}, { at: '2026-11-20 10:00' })
  play.step('handOn', { toWindowId: play.there, text: '' }, { at: '2026-11-23 09:00' })
  play.step('take', {}, { by: other, window: play.there, at: '2026-11-24 09:00' })
  play.step('answer', answered(), { by: other, window: play.there, at: '2026-11-24 09:30' })
  const terms = { profile: play.profile, calendars: play.calendars, now: momentOf('2026-11-24', '10:00') }
  expect(proposedLapses(play.image(), known, terms).map(({ lapse, why }) => [lapse, why])).toEqual([
    [1, 'handedOnLate'],
    [2, 'takenLate'],
    [2, 'answeredLate'],
  ])
})

test.each([1, 2, 3, 4, 5])(
  '[REF-CQ6] a supervisor can put forward kind %i in words; one without words is none',
  (lapse) => {
    const about = {
      ...{ contactId: '0190a0a0-0000-7000-8000-000000000009', contactNumber: 'XS-261120-K7-1', lapse },
      ...{
        isFromLog: false,
        person: { actorId: 'a', actorName: '示例·甲' },
        atWindowId: null,
        reason: '示例：评价里写了',
      },
    }
    expect(playContact('szu').step('lapse', about, { by: supervisor }).verdict.outcome).toBe('applied')
    expect(playContact('szu').step('lapse', { ...about, reason: '' }, { by: supervisor }).verdict.outcome).toBe('held')
    const own = playContact('szu')
    own.step('lapse', { ...about, person: { actorId: 's', actorName: '示例·督' } }, { by: supervisor })
    expect(own.step('verify', { isUpheld: false, reason: '示例' }, { by: supervisor }).verdict.code).toBe(
      'contact.ownLapse',
    )
  },
)

test('[SZIT-9] an emergency is never stopped, and supervisors follow it to its end and after', () => {
  const play = playContact('szit')
  expect(play.open({ matter: 'emergency' }).verdict).toMatchObject({ outcome: 'applied', flags: [] })
  expect(contactAggregate.scopes(play.image())).toContain('supervisor')
  play.step('answer', answered('示例：救护车已到'))
  expect(contactAggregate.scopes(play.image())).toContain('supervisor')
  for (const hall of hallIds) expect(playContact(hall).profile.settings.emergencyCalls.value[0]?.isDuty).toBe(true)
})

test('[NBU-6] a first contact that becomes a case keeps its own number and is found by the case’s', () => {
  const play = playContact('nbu')
  play.open({ matter: 'own' })
  const named = { caseId: '0190a0a0-0000-7000-8000-000000000777', caseNumber: 'XS-261120-K7-9' }
  expect(play.step('becomeCase', named).verdict).toMatchObject({ outcome: 'applied', flags: [] })
  expect(play.image()).toMatchObject({ state: 'becameCase', number: 'XS-261120-K7-1', first: { actorId: personA.id } })
  expect(contactAggregate.keys(play.image())).toEqual(['XS-261120-K7-1', 'XS-261120-K7-9'])
})
