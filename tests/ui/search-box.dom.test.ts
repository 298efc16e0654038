import { nextTick } from 'vue'
import { afterEach, expect, test } from 'vitest'
import SearchBox from '../../client/ui/SearchBox.vue'
import type { SearchHit } from '../../client/ui/types.ts'
import { mount, press, type Mounted } from './mount.ts'

const hits: SearchHit[] = [
  { id: 'XS-004', title: '学生证补办', sub: '事项' },
  { id: 'K7-5', title: 'XS-261118-K7-5 学生证补办', light: 'waiting' },
  { id: 'form', title: '学生证补办申请表' },
]
let box: Mounted | undefined

afterEach(() => box?.unmount())

function open(more: Record<string, unknown> = {}) {
  const told = { text: [] as string[], opened: [] as string[], submitted: [] as string[] }
  const on = {
    'onUpdate:modelValue': (text: string) => {
      told.text.push(text)
      mounted.props.modelValue = text
    },
    onOpen: (hit: SearchHit) => told.opened.push(hit.id),
    onSubmit: (text: string) => told.submitted.push(text),
  }
  const mounted = mount(SearchBox, { modelValue: 'xszbb', hits, ...on, ...more })
  box = mounted
  const input = mounted.find('input') as HTMLInputElement
  input.focus()
  return { mounted, input, told }
}

test('arrows move the mark and wrap round; Enter opens the marked hit', async () => {
  const { input, told } = open()
  await press('ArrowDown', input)
  await press('ArrowUp', input)
  await press('ArrowUp', input)
  expect(document.querySelector('[aria-selected="true"]')?.textContent).toContain('申请表')
  expect(input.getAttribute('aria-activedescendant')).toBe(document.querySelector('[aria-selected="true"]')?.id)
  await press('Enter', input)
  expect(told.opened).toEqual(['form'])
})

test('[X27] a composing input method keeps its Enter, and a held Enter opens nothing', async () => {
  const { input, told } = open()
  await press('Enter', input, { isComposing: true })
  await press('Enter', input, { keyCode: 229 })
  await press('ArrowDown', input, { isComposing: true })
  await press('Enter', input, { repeat: true })
  expect(told.opened).toEqual([])
  expect(document.querySelector('[aria-selected="true"]')?.textContent).toContain('事项')
})

test('[X27] hits that arrive while somebody composes leave the half-written word in the field', async () => {
  const { input, mounted, told } = open({ modelValue: '' })
  input.dispatchEvent(new Event('compositionstart'))
  input.value = 'xue sheng'
  input.dispatchEvent(new Event('input', { bubbles: true }))
  mounted.props.hits = []
  await nextTick()
  expect([input.value, told.text]).toEqual(['xue sheng', []])
  input.value = '学生'
  input.dispatchEvent(new Event('compositionend'))
  expect(told.text).toEqual(['学生'])
})

test('Enter opens the first hit, though nothing was marked by hand', async () => {
  const { input, told } = open()
  await press('Enter', input)
  expect(told.opened).toEqual(['XS-004'])
})

test('an Enter faster than the search, as a scanner sends it, waits for the hits of its own text', async () => {
  const { input, mounted, told } = open({ answered: 'xsz' })
  await press('Enter', input)
  expect(told.opened).toEqual([])
  mounted.props.hits = [hits[1]]
  mounted.props.answered = 'xszbb'
  await nextTick()
  expect(told.opened).toEqual(['K7-5'])
})

test('Enter without a hit hands the text on; Esc closes the list, then empties the box, then is the screen’s', async () => {
  const { input, mounted, told } = open()
  await press('Escape', input)
  expect(input.getAttribute('aria-expanded')).toBe('false')
  mounted.props.hits = []
  await nextTick()
  await press('Enter', input)
  expect(told.submitted).toEqual(['xszbb'])
  expect(await press('Escape', input)).toBe(true)
  expect(told.text).toEqual([''])
  expect(await press('Escape', input)).toBe(false)
})
