import { formatCaseNumber, type Began } from '../../shared/cases/index.ts'
import { localDay } from '../../shared/calendar/day.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { ActDraft } from '../local/act-types.ts'
import { markOf, type Outcome, type OutcomeRules } from './outcome-for.ts'
import type { OutcomeForm } from './outcome-form.ts'

/** The student as typed or picked. */
export type Student = {
  name: string
  studentNo: string
  phone: string
}

interface OnCase {
  caseId: string
  form: OutcomeForm
  outcome: Outcome
  rules: OutcomeRules
}

const act = (type: string, { caseId, rules }: OnCase, args: ActDraft['args']): ActDraft => ({
  ...{ type, kind: 'case', aggId: caseId, args },
  itemId: rules.item.id,
})

/** Who came, at which window, and where the matter began if not here. */
interface Receipt {
  student: Student
  windowCode: string
  began?: Began | undefined
}

/** 收件: the first act of a new case. Its number is minted with the act, so a printed one never changes. */
export function receiveAct(on: OnCase, { student, windowCode, began }: Receipt): ActDraft {
  const { form, rules } = on
  const day = localDay(rules.now)
  const materials = rules.item.materials.map(({ id }) => ({ id, state: markOf(form, id) ?? 'unchecked' }))
  return act('case.receive', on, (mint) => ({
    number: formatCaseNumber({ windowCode, day, lane: mint.lane ?? '', n: mint.next() }),
    ...{ itemId: rules.item.id, ticket: null, materials },
    ...(began ? { began: { by: began.by, number: began.number.trim() } } : {}),
    student: { name: student.name.trim(), studentNo: student.studentNo.trim(), phone: student.phone.trim() },
  }))
}

/** 备注 and what was brought since; both come before the outcome, so that the outcome stays the last act. */
export function besideActs(on: OnCase): ActDraft[] {
  const { form, outcome, rules } = on
  const note = form.note.trim()
  const before = rules.image?.materials
  const told = outcome.kind === 'notice' ? new Set(outcome.lines.map((line) => line.materialId)) : new Set<string>()
  const materials = Object.entries(before ?? {}).flatMap(([id, { state }]) => {
    const mark = form.marks[id]
    return mark && mark !== state && !told.has(id) ? [{ id, state: mark }] : []
  })
  return [
    ...(note === '' ? [] : [act('case.note', on, { text: note })]),
    ...(materials.length === 0 ? [] : [act('case.materialGiven', on, { materials })]),
  ]
}

/** The outcome itself; none when only papers were brought. */
export function outcomeActs(on: OnCase): ActDraft[] {
  const args = argsOf(on)
  return args ? [act(args.type, on, args.args)] : []
}

function argsOf({ form, outcome, rules }: OnCase): { type: string; args: Record<string, Json> } | undefined {
  if (outcome.kind === 'conclude')
    return { type: 'case.conclude', args: { result: outcome.result, resultNote: form.resultNote.trim() } }
  if (outcome.kind === 'notice')
    return {
      type: 'case.supplementNotice',
      args: { missing: outcome.lines as unknown as Json, matters: outcome.matters },
    }
  if (outcome.kind === 'promise') {
    const { days, on, reason, beyondReason } = outcome.proposal
    const { level } = rules.item.promise
    const told = [...rules.profile.settings.toldWithPromise.value]
    return { type: 'case.accept', args: { workingDays: days, on, level, reason, beyondReason, told } }
  }
  if (outcome.kind === 'charge' && rules.item.charge) {
    const { amount, payAt } = outcome
    return { type: 'case.charge', args: { amount, payAt, ...rules.item.charge } }
  }
  if (outcome.kind !== 'refuse' || !outcome.ground) return undefined
  const { id: groundId, text: ground } = outcome.ground
  const stage = rules.image?.promise ? 'study' : 'door'
  return { type: 'case.refuse', args: { stage, groundId, ground, reason: form.refusalReason.trim() } }
}
