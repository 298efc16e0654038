import type { ServicePlan } from '../../shared/halls/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

/** A concentrated service as it is written on the screen. */
export interface ServiceForm {
  unitId: string
  unitName: string
  from: string
  to: string
  opens: string
  closes: string
  codes: string[]
  place: string
  note: string
}

/** An empty one, from today. */
export const emptyService = (today: string): ServiceForm => ({
  ...{ unitId: '', unitName: '', from: today, to: today, opens: '', closes: '', codes: [], place: '', note: '' },
})

/** What is still missing, by field. */
export function serviceFaults(form: ServiceForm, today: string): Partial<Record<keyof ServiceForm, string>> {
  const faults: Partial<Record<keyof ServiceForm, string>> = {}
  if (form.unitId === '') faults.unitId = '请选单位。'
  if (form.unitId === 'new' && form.unitName.trim() === '') faults.unitName = '请写单位名称。'
  if (form.from < today) faults.from = '开始日期不能早于今天。'
  if (form.to < form.from) faults.to = '结束日期不能早于开始日期。'
  if ((form.opens === '') !== (form.closes === '') || (form.opens !== '' && form.opens >= form.closes))
    faults.opens = '几点起和到几点要一起填，结束晚于开始。'
  if (form.codes.length === 0) faults.codes = '请勾至少一项服务事项。'
  return faults
}

/** The service as it goes on record. */
export function servicePlan(
  form: ServiceForm,
  { profile, windowId, items }: { profile: Profile; windowId: string; items: readonly Item[] },
): ServicePlan {
  const isNew = form.unitId === 'new'
  const name = isNew ? form.unitName.trim() : (profile.units.find(({ id }) => id === form.unitId)?.name ?? form.unitId)
  const hours = form.opens === '' ? [] : [{ days: [1, 2, 3, 4, 5, 6, 7], from: form.opens, to: form.closes }]
  return {
    unit: { id: isNew ? 'guest' : form.unitId, name },
    period: { from: form.from, to: form.to, hours },
    windowId,
    items: items.filter(({ code }) => form.codes.includes(code)).map(({ code, name: item }) => ({ code, name: item })),
    ...{ place: form.place.trim(), note: form.note.trim() },
  }
}
