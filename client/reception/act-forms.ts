import type { Json } from '../../shared/core/canonical.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Contact } from '../../shared/reception/contact.ts'
import { lapseWords, wayWords } from './words.ts'

/** One choice of a field. */
export interface Choice {
  id: string
  label: string
  sub?: string | undefined
}

/** One thing an act asks for. `rows` makes it a paragraph, `choices` a choice, `many` several of them. */
export interface ActField {
  key: string
  label: string
  hint?: string | undefined
  required?: boolean
  max?: number
  rows?: number
  type?: 'date'
  choices?: readonly Choice[]
  many?: boolean
  /** What stands there at first. */
  first?: string
}

/** What is typed, by field; of `many` the ids parted by line feeds. */
export type ActValues = Record<string, string>

/** An act's dialog: title, button, what it asks, and the command's arguments. */
export interface ActForm {
  title: string
  action: string
  fields: readonly ActField[]
  args(values: ActValues): Record<string, Json>
}

/** What the dialogs are made with. */
export interface ActFacts {
  contact: Contact
  profile: Profile
  windowId: string | null
  /** The last day a reply may be promised for. */
  last: string
  /** Cases this person received since. */
  cases: readonly { id: string; number: string; name: string }[]
}

const ways = (...ids: string[]): Choice[] => ids.map((id) => ({ id, label: wayWords[id] ?? id }))
const words = (label: string, more: Partial<ActField> = {}): ActField => ({
  ...{ key: 'text', label, rows: 3, max: 500, ...more },
})
const told: ActField = {
  key: 'told',
  label: '怎样告知',
  choices: ways('inPerson', 'phone', 'message', 'written'),
  first: 'inPerson',
}
const of = (values: ActValues, key: string): string => (values[key] ?? '').trim()

const answer = ({ contact }: ActFacts): ActForm => ({
  ...{ title: '答复学生', action: '已明确答复' },
  fields: [
    words('告知了什么', { max: 2000, required: contact.finding !== null || contact.matter !== 'own' }),
    { ...told, first: contact.channel === 'phone' ? 'phone' : 'inPerson' },
  ],
  args: (values) => ({ how: 'answered', text: of(values, 'text'), told: of(values, 'told') }),
})

const result = (): ActForm => ({
  ...{ title: '把处理结果反馈给学生', action: '已反馈' },
  fields: [words('处理结果', { max: 2000, required: true }), told],
  args: (values) => ({ text: of(values, 'text'), told: of(values, 'told') }),
})

const handOn = ({ profile, windowId, contact }: ActFacts): ActForm => ({
  ...{ title: '转首问', action: '转给对方窗口' },
  fields: [
    {
      ...{ key: 'toWindowId', label: '转给哪个窗口', required: true },
      choices: profile.windows
        .filter(({ id }) => id !== (windowId ?? contact.holder.windowId))
        .map(({ id, name, place }) => ({ id, label: name, sub: place })),
    },
    words('给对方的话（可不填）', { rows: 2 }),
  ],
  args: (values) => ({ toWindowId: of(values, 'toWindowId'), text: of(values, 'text') }),
})

const reach = (): ActForm => ({
  ...{ title: '联系有关人员', action: '记下联系' },
  fields: [
    { key: 'whom', label: '联系谁', required: true, max: 60 },
    { key: 'how', label: '怎样联系', choices: ways('phone', 'inPerson', 'message'), first: 'phone' },
    {
      ...{ key: 'isReached', label: '联系上了吗', first: 'yes' },
      choices: [
        { id: 'yes', label: '联系上了' },
        { id: 'no', label: '没有联系上' },
      ],
    },
    words('对方怎么说（可不填）', { rows: 2, max: 300 }),
  ],
  args: (values) => ({
    ...{ whom: of(values, 'whom'), how: of(values, 'how'), text: of(values, 'text') },
    isReached: values.isReached === 'yes',
  }),
})

const guide = ({ profile }: ActFacts): ActForm => ({
  ...{ title: '指引', action: '指引学生' },
  fields: [
    {
      ...{ key: 'guidanceId', label: '现成的指引' },
      choices: (profile.guidance ?? []).map(({ id, name, place }) => ({ id, label: name, sub: place })),
    },
    { key: 'place', label: '办理地点（选了指引可不填）', max: 200 },
    words('办理程序（选了指引可不填）', { key: 'procedure', max: 1000, rows: 2 }),
  ],
  args: (values) => {
    const entry = profile.guidance?.find(({ id }) => id === values.guidanceId)
    const place = of(values, 'place') || (entry?.place ?? '')
    const procedure = of(values, 'procedure') || (entry?.procedure ?? '')
    return { guidanceId: entry?.id ?? null, windowId: null, place, procedure, text: '' }
  },
})

const report = ({ contact }: ActFacts): ActForm => ({
  ...{ title: '向上汇报', action: '记下汇报' },
  fields: [
    {
      ...{ key: 'to', label: '向谁汇报', required: true, max: 60 },
      first: contact.matter === 'nobodys' ? '分管校领导' : '大厅负责人',
    },
    { key: 'how', label: '怎样汇报', choices: ways('phone', 'inPerson', 'written'), first: 'phone' },
    words('领导意见（可不填）', { rows: 2 }),
  ],
  args: (values) => ({ to: of(values, 'to'), how: of(values, 'how'), text: of(values, 'text') }),
})

const passOn = ({ profile }: ActFacts): ActForm => ({
  ...{ title: '转交部门办理', action: '转交' },
  fields: [
    {
      ...{ key: 'unitId', label: '转给哪个部门', required: true },
      choices: profile.units.map(({ id, name }) => ({
        ...{ id, label: name },
        sub: profile.windows.find(({ unitIds }) => unitIds.includes(id))?.name,
      })),
    },
    words('要求（可不填）', { rows: 2 }),
  ],
  args: (values) => {
    const unitId = of(values, 'unitId')
    const windowId = profile.windows.find(({ unitIds }) => unitIds.includes(unitId))?.id ?? null
    return { unitId, windowId, text: of(values, 'text') }
  },
})

const find = ({ profile, last }: ActFacts): ActForm => ({
  ...{ title: '查明后告知', action: '记下，由我查明' },
  fields: [
    words('要查明什么', { required: true }),
    {
      ...{ key: 'units', label: '要问哪些部门', many: true },
      choices: profile.units.map(({ name }) => ({ id: name, label: name })),
    },
    { key: 'replyOn', label: '答应哪天告知', type: 'date', first: last },
  ],
  args: (values) => ({
    ...{ text: of(values, 'text'), units: (values.units ?? '').split('\n').filter(Boolean) },
    replyOn: of(values, 'replyOn') || null,
  }),
})

const becomeCase = ({ cases }: ActFacts): ActForm => ({
  ...{ title: '已收件，转为办件', action: '转为办件' },
  fields: [
    {
      ...{ key: 'caseId', label: '您收的哪一件', required: true },
      hint: cases.length === 0 ? '登记以后您还没有收件；请先在“窗口”收件。' : undefined,
      choices: cases.map(({ id, number, name }) => ({ id, label: name, sub: number })),
    },
  ],
  args: (values) => ({
    caseId: of(values, 'caseId'),
    caseNumber: cases.find(({ id }) => id === values.caseId)?.number ?? '',
  }),
})

const note = (): ActForm => ({
  ...{ title: '备注', action: '记下' },
  fields: [words('备注', { max: 2000, required: true })],
  args: (values) => ({ text: of(values, 'text') }),
})

const voided = (): ActForm => ({
  ...{ title: '登记有误', action: '作废这条登记' },
  fields: [words('为什么作废', { key: 'reason', max: 200, rows: 2, required: true })],
  args: (values) => ({ reason: of(values, 'reason') }),
})

/** 首问失误 that a supervisor puts forward: which kind, whose, what happened (REF-CQ6). */
export const lapseForm = ({ contact }: Pick<ActFacts, 'contact'>): ActForm => {
  const { first, holder } = contact
  const people = [first, ...(holder.actorId ? [holder as { actorId: string; actorName: string }] : [])]
  const named = new Map(people.map(({ actorId, actorName }) => [actorId, actorName]))
  return {
    ...{ title: '提出首问失误', action: '提出，待核实' },
    fields: [
      {
        ...{ key: 'lapse', label: '哪一种', required: true },
        choices: ([1, 2, 3, 4, 5] as const).map((id) => ({ id: String(id), label: lapseWords[id] })),
      },
      {
        ...{ key: 'actorId', label: '谁', required: true, first: first.actorId },
        choices: [...named].map(([id, label]) => ({ id, label })),
      },
      words('情况（从哪里知道的）', { key: 'reason', required: true }),
    ],
    args: (values) => ({
      ...{ contactId: contact.id, contactNumber: contact.number, lapse: Number(values.lapse), isFromLog: false },
      person: { actorId: of(values, 'actorId'), actorName: named.get(of(values, 'actorId')) ?? '' },
      ...{ atWindowId: first.windowId, reason: of(values, 'reason') },
    }),
  }
}

/** The dialogs by the act's name. */
export const actForms = {
  ...{ answer, result, handOn, reach, guide, report, passOn, find, becomeCase, note },
  void: voided,
} satisfies Record<string, (facts: ActFacts) => ActForm>

/** An act that has a dialog. */
export type ActName = keyof typeof actForms

/** Why a dialog cannot be sent yet. */
export function missingField({ fields }: ActForm, values: ActValues): string | undefined {
  const empty = fields.find(({ key, required }) => required && (values[key] ?? '').trim() === '')
  return empty && (empty.choices ? `请选${empty.label}。` : `请写${empty.label}。`)
}
