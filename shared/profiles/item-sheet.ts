import { z } from 'zod'
import { Period } from './period.ts'
import { ItemFlow } from './item-flow.ts'
import { Day, line, lineOrEmpty, Slug, Version } from './text.ts'

/** 即办件 · 承诺件 · 联办件. */
export const ItemKind = z.enum(['instant', 'committed', 'joint'])
export type ItemKind = z.infer<typeof ItemKind>

/** Who must decide before a promise can be kept: the unit, the school, an authority above it (ZJJ-27). */
export const PromiseLevel = z.enum(['ordinary', 'schoolStudy', 'higherAuthority'])
export type PromiseLevel = z.infer<typeof PromiseLevel>

/** One material of the sheet; `how` tells how to get it or put it right (怎样补). */
export const ItemMaterial = z.strictObject({ id: Slug, name: line(60), how: lineOrEmpty(200), note: lineOrEmpty(200) })
export type ItemMaterial = z.infer<typeof ItemMaterial>

/** One ground on which the item may be refused (不予办理), with what it rests on. */
export const ItemGround = z.strictObject({ id: Slug, text: line(200), basis: line(200) })
export type ItemGround = z.infer<typeof ItemGround>

const Promise = z.strictObject({
  workingDays: z.int().min(1).max(250).nullable(),
  level: PromiseLevel,
  reason: lineOrEmpty(200),
})

const Fields = z.strictObject({
  id: line(80),
  hallId: Slug,
  code: z.string().regex(/^[A-Z0-9]{2,4}-\d{3,4}$/, { error: '应是窗口代码加三到四位数字，如 XS-004' }),
  version: Version,
  effectiveOn: Day,
  retiredOn: Day.nullable(),
  name: line(60),
  aliases: z.array(line(60)).max(20),
  search: z.strictObject({ pinyin: lineOrEmpty(1000), initials: lineOrEmpty(300) }),
  windowId: Slug,
  unitIds: z.array(Slug).min(1).max(12),
  kind: ItemKind,
  basis: line(500),
  audience: line(300),
  conditions: line(2000),
  process: z.array(line(300)).min(1).max(20),
  materials: z.array(ItemMaterial).max(40),
  promise: Promise,
  flow: ItemFlow.exactOptional(),
  /** null: 不收费. */
  charge: z.strictObject({ basis: line(300), standard: line(300) }).nullable(),
  grounds: z.array(ItemGround).max(20),
  explainer: z.strictObject({ unitId: Slug, contact: line(100) }),
  place: line(100),
  onlineUrl: z
    .url({ protocol: /^https?$/, error: '应是 http 或 https 网址' })
    .max(300)
    .nullable(),
  results: z.array(line(60)).min(1).max(12),
  sample: z.array(line(30)).max(30),
  /** An item of a unit without a window: accepted in its concentrated services only (NBU 二). Not there for any other. */
  concentrated: z.strictObject({ unit: line(40), periods: z.array(Period).max(60) }).optional(),
})
type Fields = z.infer<typeof Fields>
type Ctx = z.RefinementCtx<Fields>

const say = (ctx: Ctx, path: (string | number)[], message: string): void => {
  ctx.addIssue({ code: 'custom', path, message })
}

const checkKind = (item: Fields, ctx: Ctx): void => {
  const days = item.promise.workingDays
  if (item.kind === 'instant' && days !== null) say(ctx, ['promise', 'workingDays'], '即办件当场办结，承诺工作日应留空')
  if (item.kind !== 'instant' && days === null) say(ctx, ['promise', 'workingDays'], '承诺件和联办件应写承诺工作日数')
  if (item.kind === 'joint' && item.unitIds.length < 2) say(ctx, ['unitIds'], '联办件应有两个以上单位')
}

const checkUnique = (ctx: Ctx, path: string, ids: readonly string[]): void => {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index) say(ctx, [path, index], `不能重复：${id}`)
  })
}

/**
 * 一事一表 (SSC-17, ZJJ-9): one version of one service item, as the aggregate `item` keeps it.
 * `unitIds[0]` answers for it; `sample` names the fields whose content is invented (示例).
 */
export const Item = Fields.superRefine((item, ctx) => {
  if (item.id !== `${item.hallId}:${item.code}@${item.version}`) say(ctx, ['id'], '应等于 厅:代码@版本')
  if (item.retiredOn !== null && item.retiredOn <= item.effectiveOn) say(ctx, ['retiredOn'], '停用日应晚于生效日')
  checkKind(item, ctx)
  checkUnique(ctx, 'unitIds', item.unitIds)
  checkUnique(
    ctx,
    'materials',
    item.materials.map((material) => material.id),
  )
  checkUnique(
    ctx,
    'grounds',
    item.grounds.map((ground) => ground.id),
  )
})
export type Item = z.infer<typeof Item>
