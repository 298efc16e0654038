import type { Proposal, WindowAsk } from '../../shared/halls/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

/** The application as it is written on the screen. */
export interface ProposalForm {
  what: WindowAsk['what'] | ''
  unitId: string
  /** Name of a unit the hall does not know yet; with `unitId` `new`. */
  newUnit: string
  appliedOn: string
  windowId: string
  name: string
  code: string
  place: string
  unitIds: string[]
  itemsAsked: string
  reason: string
}

/** An empty application of today. */
export const emptyProposal = (today: string): ProposalForm => ({
  ...{ what: '', unitId: '', newUnit: '', appliedOn: today, windowId: '', name: '', code: '', place: '' },
  ...{ unitIds: [], itemsAsked: '', reason: '' },
})

/** In place of a unit's id: one that is new to the hall. */
export const newUnitId = 'new'

const freeId = (taken: readonly string[], stem: string): string => {
  for (let n = 1; ; n += 1) if (!taken.includes(`${stem}-${String(n)}`)) return `${stem}-${String(n)}`
}

/** What is still missing, by field; the codes of all versions count, since case numbers keep them for ever. */
export function proposalFaults(
  form: ProposalForm,
  versions: readonly Profile[],
): Partial<Record<keyof ProposalForm, string>> {
  const faults: Partial<Record<keyof ProposalForm, string>> = {}
  if (form.unitId === '') faults.unitId = '请选提出申请的单位。'
  if (form.unitId === newUnitId && form.newUnit.trim() === '') faults.newUnit = '请写单位名称。'
  if (form.appliedOn === '') faults.appliedOn = '请填申请的日期。'
  if (form.reason.trim() === '') faults.reason = '请写申请里的理由。'
  if (form.what !== 'add' && form.windowId === '') faults.windowId = '请选窗口。'
  return form.what === 'withdraw' ? faults : { ...faults, ...windowFaults(form, versions) }
}

function unitsFault({ unitIds, unitId }: ProposalForm, versions: readonly Profile[]): string | undefined {
  const isShared = versions.at(0)?.settings.isWindowShared.value ?? true
  if (unitIds.length > 1 && !isShared) return '本厅规章：一个窗口只由一个单位负责。'
  return unitIds.length === 0 && unitId !== newUnitId ? '请勾至少一个责任单位。' : undefined
}

function windowFaults(form: ProposalForm, versions: readonly Profile[]): Partial<Record<keyof ProposalForm, string>> {
  const faults: Partial<Record<keyof ProposalForm, string>> = {}
  if (form.name.trim() === '') faults.name = '请写窗口名称。'
  if (form.place.trim() === '') faults.place = '请写窗口的位置。'
  const units = unitsFault(form, versions)
  if (units !== undefined) faults.unitIds = units
  if (form.what !== 'add') return faults
  const used = versions.flatMap(({ windows }) => windows.map(({ code }) => code))
  if (!/^[A-Z0-9]{2}$/.test(form.code)) faults.code = '窗口代码是两个大写字母或数字，办件号以它开头。'
  else if (used.includes(form.code)) faults.code = `代码 ${form.code} 已经用过，办件号不能混。`
  return faults
}

/** The application as it goes on record. */
export function proposalOf(form: ProposalForm, versions: readonly Profile[], profile: Profile): Proposal {
  const isNew = form.unitId === newUnitId
  const unitIds = versions.flatMap(({ units }) => units.map(({ id }) => id))
  const unit = isNew
    ? { id: freeId(unitIds, 'unit'), name: form.newUnit.trim() }
    : { id: form.unitId, name: profile.units.find(({ id }) => id === form.unitId)?.name ?? form.unitId }
  const newUnits = isNew ? [{ ...unit, contact: '', sample: false }] : []
  const written = { appliedOn: form.appliedOn, itemsAsked: form.itemsAsked.trim(), reason: form.reason.trim() }
  return { unit, newUnits, ask: askOf(form, { versions, profile, own: isNew ? [unit.id] : [] }), ...written }
}

interface About {
  versions: readonly Profile[]
  profile: Profile
  /** The unit that is new to the hall, if it is. */
  own: readonly string[]
}

function askOf(form: ProposalForm, { versions, profile, own }: About): WindowAsk {
  const { what, windowId } = form
  if (what === 'withdraw') return { what, windowId }
  const of = { name: form.name.trim(), place: form.place.trim(), unitIds: [...form.unitIds, ...own] }
  if (what === 'change') {
    const now = profile.windows.find(({ id }) => id === windowId)
    if (!now) throw new Error('the window that is to change is not there')
    return { what, windowId, window: { ...now, ...of } }
  }
  const windows = versions.flatMap((version) => version.windows)
  const id = freeId(
    windows.map((window) => window.id),
    'window',
  )
  const order = Math.min(99, Math.max(0, ...profile.windows.map((window) => window.order)) + 1)
  return { what: 'add', window: { id, code: form.code, order, ...of } }
}

/** The form filled with the window that is to change. */
export function fromWindow(form: ProposalForm, profile: Profile, windowId: string): ProposalForm {
  const window = profile.windows.find(({ id }) => id === windowId)
  if (!window) return { ...form, windowId }
  const { name, place, unitIds } = window
  return { ...form, windowId, name, place, unitIds: [...unitIds] }
}
