import { nextTick } from 'vue'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import PendingRefused from '../../client/app/PendingRefused.vue'
import { pendingSub, pendingTitle, type PendingState } from '../../client/app/pending-words.ts'
import { ageWords } from '../../client/sync/age-words.ts'
import CaseAlerts from '../../client/cases/CaseAlerts.vue'
import CaseMaterials from '../../client/cases/CaseMaterials.vue'
import CasePeople from '../../client/cases/CasePeople.vue'
import CorrectDialog from '../../client/cases/CorrectDialog.vue'
import PaperWords from '../../client/cases/papers/PaperWords.vue'
import QrCode from '../../client/cases/papers/QrCode.vue'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import type { WaitingAct } from '../../client/sync/waiting.ts'
import { personB, playCase } from '../support/play.ts'
import { mount } from '../ui/mount.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})

const byText = (text: string, selector = 'button'): HTMLElement => {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((el) => el.textContent.includes(text))
  if (!found) throw new Error(`no ${selector} says ${text}`)
  return found
}

test('number and phone stay covered until somebody asks for them, and can be covered again', async () => {
  const play = playCase('szit')
  play.receive()
  const { root, unmount } = mount(CasePeople, { image: play.image(), item: play.item, profile: play.profile })
  expect(root.textContent).toContain('2024****17')
  expect(root.textContent).not.toMatch(/20240117|13800001234/)
  byText('显示').click()
  await nextTick()
  expect(root.textContent).toContain('20240117')
  expect(root.textContent).toContain('13800001234')
  byText('遮住').click()
  await nextTick()
  expect(root.textContent).not.toContain('20240117')
  unmount()
})

test('materials stand in the sheet’s order, whatever order the store gives back', () => {
  const play = playCase('nbu')
  play.receive({ photo: 'missing', 'id-card': 'unfit' })
  const image = play.image()
  const turned = { ...image, materials: Object.fromEntries(Object.entries(image.materials).reverse()) }
  const { root, unmount } = mount(CaseMaterials, { image: turned, item: play.item, today: '2026-11-21' })
  expect([...root.querySelectorAll('.grow')].map((el) => el.firstChild?.textContent)).toEqual(
    play.item.materials.map(({ name }) => name),
  )
  expect(root.textContent).toContain('材料 4 项，缺 2 项')
  expect(root.textContent).toContain('不符合 11月20日')
  unmount()
  const later = mount(CaseMaterials, { image: turned, item: play.item, today: '2028-03-01' })
  expect(later.root.textContent).toContain('不符合 2026年11月20日')
  later.unmount()
})

test('[OFF-4] a contended field shows both values with both authors; once settled, by whom, how and why', async () => {
  const play = playCase('nbu')
  play.receive()
  const saw = play.row()
  play.step('case.correct', { fields: { phone: '13900000001' } }, { saw })
  play.step('case.correct', { fields: { phone: '13900000002' } }, { saw, by: personB, at: '2026-11-20 11:00' })
  const view = mount(CaseAlerts, { image: play.image(), roleWord: '岗', today: '2026-11-20', terms: null })
  for (const said of ['两处改动不一致：电话', '13900000001', '13900000002', '示例·甲 · A岗', '示例·乙 · B岗', '离线']) {
    expect(view.root.textContent).toContain(said)
  }
  const conflictId = play.image().conflicts[0]?.id ?? ''
  play.step('case.resolve', { conflictId, choice: 'other', reason: '已电话核实' }, { at: '2026-11-20 11:05' })
  view.props.image = play.image()
  await nextTick()
  expect(view.root.textContent).toContain('示例·甲 今天 11:05 裁决：采用后到的。已电话核实')
  view.unmount()
})

test('[SSC-20.1] a second notice of what was knowable stands on the case as a lapse, with who gave it', () => {
  const play = playCase('ssc')
  play.receive({ photo: 'missing' })
  const line = (materialId: string, name: string) => ({ materialId, name, state: 'missing', how: '原件' })
  play.step('case.supplementNotice', { missing: [line('photo', '近照')], matters: [] })
  play.step('case.supplementNotice', { missing: [line('id-card', '身份证')], matters: [] }, { by: personB })
  const { root, unmount } = mount(CaseAlerts, { image: play.image(), roleWord: '角', today: '2026-11-20', terms: null })
  expect(root.textContent).toContain('「身份证」本可在第一次告知时一并说明，记为二次告知')
  expect(root.textContent).toContain('示例·乙')
  unmount()
})

test('[OFF-4] a correction sends only what was changed, and nothing that is no number', async () => {
  const play = playCase('nbu')
  play.receive()
  const done = vi.fn()
  const view = mount(CorrectDialog, { image: play.image(), onDone: done })
  const save = () => byText('存下更正').click()
  save()
  const phone = view.find('input[type=tel]') as HTMLInputElement
  const type = async (text: string) => {
    phone.value = text
    phone.dispatchEvent(new Event('input'))
    await nextTick()
  }
  await type('不是电话')
  save()
  expect(done).not.toHaveBeenCalled()
  await type('13900000001')
  save()
  expect(done).toHaveBeenCalledExactlyOnceWith({ phone: '13900000001' })
  view.unmount()
})

test('[SSC-20.1] the slip and the A4 of one notice hold the same lines', () => {
  const play = playCase('nbu')
  play.receive({ photo: 'missing' })
  const missing = [{ materialId: 'photo', name: '一寸近照 1 张', state: 'missing', how: '近 6 个月内，白底' }]
  play.step('case.supplementNotice', { missing, matters: ['先还清图书'] })
  const { item, profile, calendars } = play
  const body = paperBody('notice', { image: play.image(), item, profile, calendars })
  for (const size of ['a4', 'slip']) {
    const shown = mount(PaperWords, { body, size, item: item.name, student: '示例·王同学', studentNo: '2024****17' })
    for (const said of [
      '一寸近照 1 张',
      '近 6 个月内，白底',
      '先还清图书',
      ...(body?.sections.map(({ text }) => text) ?? []),
    ]) {
      expect(shown.root.textContent).toContain(said)
    }
    shown.unmount()
  }
})

test('a QR code is drawn from its text alone, as one path inside its box', () => {
  const { root, unmount } = mount(QrCode, { text: '0190a0a0-0000-7000-8000-000000000001', label: '办件编码' })
  const svg = root.querySelector('svg')
  expect(svg?.getAttribute('aria-label')).toBe('办件编码')
  expect(svg?.getAttribute('viewBox')).toMatch(/^-2 -2 (\d+) \1$/)
  expect(svg?.querySelector('path')?.getAttribute('d')).toMatch(/^(M\d+ \d+h1v1h-1z){200,}$/)
  unmount()
})

const calm: PendingState = {
  ...{ onlyHere: 0, matters: 0, refused: 0, toDecide: 0 },
  ...{ isOffline: false, isPortal: false, halted: null },
}

test('[OFF-2] the drawer says first where the work is, then how much waits and since when', () => {
  expect(pendingTitle(calm)).toBe('都已同步')
  expect(pendingTitle({ ...calm, onlyHere: 3, matters: 2, isOffline: true })).toBe('离线，都在本机')
  expect(pendingTitle({ ...calm, isOffline: true })).toBe('离线，照常办理')
  expect(pendingTitle({ ...calm, isOffline: true, isPortal: true })).toBe('网络要先登录认证')
  expect(pendingTitle({ ...calm, onlyHere: 3, halted: '停' })).toBe('发送停住了，都在本机')
  expect(pendingTitle({ ...calm, refused: 1 })).toBe('有要您看的')
  const waiting = { ...calm, onlyHere: 5, matters: 3, isOffline: true }
  expect(pendingSub(waiting, 26 * 60_000, Date.UTC(2026, 10, 20, 2, 15))).toBe(
    '3 件待发送，最早 26 分钟前 · 服务器上次应答 10:15',
  )
  expect(pendingSub(calm, 0, 0)).toBe('没有待发送的 · 打开后还没有连上服务器')
  expect([30_000, 3 * 3_600_000, 50 * 3_600_000].map(ageWords)).toEqual(['刚才', '3 小时前', '2 天前'])
})

test('[OFF-3] only its author puts a refused act away; another person sees its title and whose it is', async () => {
  const act = {
    ...{ cmdId: 'c', aggId: 'a', seq: 1, authorId: 'a', author: '示例·甲', at: 0, state: '未被接受' as const },
    ...{
      sentence: '接手示例·王同学的学生证补办',
      title: '接手',
      number: 'XS-261120-K7-1',
      reason: '已由示例·乙接手。',
      ...{ kind: 'case', type: 'case.take', code: 'case.alreadyTaken' },
    },
  } as WaitingAct
  const [again, hand] = [vi.fn(), vi.fn()]
  const own = mount(PendingRefused, { act, own: true, now: 60_000, onAgain: again, onHand: hand })
  expect(own.root.textContent).toContain('已由示例·乙接手。')
  expect(own.root.textContent).toContain('没有丢')
  byText('改正后重发').click()
  byText('转给同事').click()
  expect([again, hand].map((called) => called.mock.calls.length)).toEqual([1, 1])
  expect(byText('放弃并说明原因')).toBeTruthy()
  own.unmount()
  const other = mount(PendingRefused, { act: { ...act, sentence: '接手' }, own: false, now: 60_000 })
  await nextTick()
  expect(other.root.textContent).toContain('由示例·甲办的')
  expect(other.root.textContent).not.toContain('已由示例·乙接手')
  expect(other.root.querySelectorAll('button')).toHaveLength(0)
  other.unmount()
})
