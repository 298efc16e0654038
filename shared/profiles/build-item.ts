import { commonGrounds, commonMaterials } from './common-parts.ts'
import type { ItemFlow } from './item-flow.ts'
import type { Item, ItemGround, ItemKind, ItemMaterial } from './item-sheet.ts'
import type { ProfileFields } from './profile-fields.ts'

/** A material: a key of `commonMaterials`, or name and how to get it (怎样补). */
export type MaterialPlan = keyof typeof commonMaterials | readonly [name: string, how: string]

/** A ground for 不予办理: a key of `commonGrounds`, or the sentence itself. */
export type GroundPlan = keyof typeof commonGrounds | readonly [text: string]

/** What an item's data says in short; all else follows from its kind, its window and its unit. */
export interface ItemPlan {
  readonly no: number
  readonly name: string
  readonly kind?: ItemKind
  readonly days?: number
  readonly level?: Item['promise']['level']
  readonly reason?: string
  readonly flow?: ItemFlow
  readonly aliases?: readonly string[]
  /** `[0]` answers for it; default: the window's first unit. */
  readonly units?: readonly string[]
  /** The regulation's words the item stands in, quoted; absent: the item itself is 示例. */
  readonly clause?: string
  /** The name is ours, though the clause covers it (学生证补办 under 证件办理). */
  readonly isOwnName?: boolean
  readonly audience?: string
  readonly conditions?: string
  readonly process?: readonly string[]
  readonly materials: readonly MaterialPlan[]
  readonly grounds?: readonly GroundPlan[]
  readonly charge?: { readonly basis: string; readonly standard: string }
  readonly results?: readonly string[]
  readonly online?: string
}

/** An item that is answered rather than done: nothing to refuse, an answer as its outcome. */
export const consultation = {
  process: ['说明想问的事', '窗口当场答复；不能当场答复的，告知流程和时间', '请评价'],
  materials: ['campus-card'],
  grounds: [],
  results: ['已明确答复', '已转责任部门答复'],
} as const satisfies Partial<ItemPlan>

/** What holds for all items of one hall's window. */
export interface WindowPlan {
  readonly profile: ProfileFields
  readonly windowId: string
  /** Article of the window in the regulation, such as `三、3`; empty where the document names no items. */
  readonly article: string
}

const ALWAYS_SAMPLE = [
  'aliases',
  'audience',
  'conditions',
  'process',
  'materials',
  'promise',
  'charge',
  'grounds',
  'results',
]

const material = (plan: MaterialPlan, index: number): ItemMaterial =>
  typeof plan === 'string'
    ? { id: plan, note: '', ...commonMaterials[plan] }
    : { id: `m${String(index + 1)}`, name: plan[0], how: plan[1], note: '' }

const ground = (plan: GroundPlan, index: number): ItemGround =>
  typeof plan === 'string'
    ? { id: plan, ...commonGrounds[plan] }
    : { id: `g${String(index + 1)}`, text: plan[0], basis: '一事一表“申办条件”' }

const processOf = (kind: ItemKind, unit: string): string[] => {
  const first = '交材料：少了什么，窗口一次告诉你'
  if (kind === 'instant') return ['交材料，窗口当场核对', '当场办理', '拿到结果，请评价']
  if (kind === 'joint')
    return [first, '受理：主办窗口统一受理，给你写明日期的回执', '各单位同时办理，你不用跑', '主办窗口告知结果，请评价']
  return [first, '受理：拿到写明日期的回执', `${unit}审核办理`, '领取结果，请评价']
}

const promiseOf = (plan: ItemPlan, kind: ItemKind, unit: string): Item['promise'] => {
  if (kind === 'instant') return { workingDays: null, level: plan.level ?? 'ordinary', reason: '' }
  return {
    workingDays: plan.days ?? 5,
    level: plan.level ?? 'ordinary',
    reason: plan.reason ?? `须经${unit}审核，不能当场办结`,
  }
}

const basisOf = (plan: ItemPlan, window: WindowPlan): string => {
  const { title, number } = window.profile.settings.regulation.value
  const doc = number === '' ? `《${title}》` : number
  const article = window.article === '' ? '' : ` ${window.article}`
  return plan.clause === undefined
    ? `${doc}${article}；具体依据由责任部门补充（示例）`
    : `${doc}${article}“${plan.clause}”`
}

const sampleOf = (plan: ItemPlan): string[] => [
  ...(plan.clause === undefined || plan.isOwnName === true ? ['name'] : []),
  ...(plan.clause === undefined ? ['basis'] : []),
  ...ALWAYS_SAMPLE,
  'explainer',
  'place',
]

const defaultResults: Record<ItemKind, readonly string[]> = {
  instant: ['已当场办结', '已当场答复'],
  committed: ['已办结，本人领取', '已办结，网上送达', '审核未通过，已告知原因'],
  joint: ['各单位已办结', '部分单位未通过，已告知原因'],
}

const mustFind = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`no ${what} in the profile`)
  return found
}

/** What applies to the item beside its papers, from the plan or the usual words. */
const termsOf = (plan: ItemPlan): Pick<Item, 'audience' | 'conditions' | 'charge' | 'onlineUrl'> => ({
  audience: plan.audience ?? '全日制在籍学生',
  conditions: plan.conditions ?? '符合服务对象，材料齐全、符合规定',
  charge: plan.charge ?? null,
  onlineUrl: plan.online ?? null,
})

const papersOf = (plan: ItemPlan): Pick<Item, 'materials' | 'grounds'> => ({
  materials: plan.materials.map(material),
  grounds: (plan.grounds ?? ['not-student']).map(ground),
})

/** One full sheet (一事一表) from its plan; fields the plan leaves to us are named in `sample`. */
function buildItem(window: WindowPlan, plan: ItemPlan): Item {
  const { profile, windowId } = window
  const { hallId, effectiveOn } = profile
  const at = mustFind(
    profile.windows.find((entry) => entry.id === windowId),
    `window ${windowId}`,
  )
  const unitIds = [...(plan.units ?? at.unitIds.slice(0, 1))]
  const unit = mustFind(
    profile.units.find((entry) => entry.id === unitIds[0]),
    `unit ${String(unitIds[0])}`,
  )
  const kind = plan.kind ?? 'instant'
  const code = `${at.code}-${String(plan.no).padStart(3, '0')}`
  return {
    ...{ id: `${hallId}:${code}@1`, hallId, code, version: 1, effectiveOn, retiredOn: null },
    ...{ name: plan.name, aliases: [...(plan.aliases ?? [])], search: { pinyin: '', initials: '' } },
    ...{ windowId, unitIds, kind, basis: basisOf(plan, window) },
    ...termsOf(plan),
    ...papersOf(plan),
    process: [...(plan.process ?? processOf(kind, unit.name))],
    promise: promiseOf(plan, kind, unit.name),
    ...(plan.flow ? { flow: plan.flow } : {}),
    explainer: { unitId: unit.id, contact: unit.contact },
    place: at.place,
    results: [...(plan.results ?? defaultResults[kind])],
    sample: sampleOf(plan),
  }
}

/** All items of one window, in the order of their plans. */
export function buildItems(window: WindowPlan, plans: readonly ItemPlan[]): Item[] {
  return plans.map((plan) => buildItem(window, plan))
}
