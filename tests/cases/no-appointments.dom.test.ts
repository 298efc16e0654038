import { nextTick } from 'vue'
import { afterEach, describe, expect, test } from 'vitest'
import BookingWay from '../../client/catalogue/BookingWay.vue'
import ReceiveBegan from '../../client/cases/ReceiveBegan.vue'
import { mount, type Mounted } from '../ui/mount.ts'

let mounted: Mounted | null = null
afterEach(() => {
  mounted?.unmount()
  mounted = null
})

const said = (value: boolean) => ({ value, cite: null })
const began = (hasOnline: boolean, hasAppointment: boolean, more: Record<string, unknown> = {}) => {
  const settings = { hasOnline: said(hasOnline), hasAppointment: said(hasAppointment) }
  mounted = mount(ReceiveBegan, { settings, modelValue: null, ...more })
  return mounted
}

describe('where the hall takes no appointments', () => {
  test('[NBU-8] the public sheet says so plainly and leads nowhere', () => {
    mounted = mount(BookingWay, { itemId: 'nbu:XG-002@1', isOffered: false })
    expect(mounted.root.textContent).toContain('本厅不办预约，开放时间直接到窗口。')
    expect(mounted.root.querySelector('a')).toBeNull()
  })

  test.each([
    [true, true, '学生已在网上申报或预约'],
    [true, false, '学生已在网上申报'],
    [false, true, '学生已预约'],
    [false, false, ''],
  ])('[NBU-8] online %s, appointments %s: the window asks for what there is: %s', (online, appointment, words) => {
    expect(began(online, appointment).root.textContent?.trim()).toBe(words)
  })

  test('[NBU-8] there is no turning to a number of an appointment', async () => {
    const { root, find } = began(true, false)
    find('button').click()
    await nextTick()
    expect(root.textContent).toContain('网上申报号')
    expect(root.textContent).not.toContain('预约号')
  })
})

test('[NBU-8] the number of an appointment stands as one line; 改 opens its field', async () => {
  const { root, find } = began(true, true, { modelValue: { by: 'appointment', number: 'A-12' } })
  expect(root.textContent).toContain('预约号 A-12')
  expect(root.querySelector('input')).toBeNull()
  find('button[aria-label="改号码"]').click()
  await nextTick()
  expect(root.querySelector('input')?.value).toBe('A-12')
})
