import type { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Case } from './case.ts'
import type { CaseStep } from './case-step.ts'
import { openSteps, stepsOf } from './steps.ts'

/** What of a post says whose steps its holder decides. */
export interface DeciderPost {
  readonly personId: string
  readonly role: string
  readonly unitId?: string | null | undefined
  readonly from: string
  readonly to: string | null
}

/** 检查复核 or 审批 of one unit for which people are missing. */
export interface DeciderGap {
  readonly kind: 'check' | 'approval'
  readonly unitId: string
  readonly unitName: string
  /** How many more must be named: each line of a case takes a person of its own. */
  readonly missing: number
}

const roleOf = { check: 'backOffice', approval: 'approver' } as const

type Part = Pick<CaseStep, 'kind' | 'unitId' | 'unitName'>

/** People of a unit who hold a post that decides such a step on a day, less those who may not. */
function decidersOf(part: Pick<DeciderGap, 'kind' | 'unitId'>, posts: readonly DeciderPost[], on: string): Set<string> {
  const isHeld = ({ from, to }: DeciderPost): boolean => from <= on && (to === null || on <= to)
  const theirs = posts.filter((post) => post.role === roleOf[part.kind] && post.unitId === part.unitId && isHeld(post))
  return new Set(theirs.map(({ personId }) => personId))
}

interface Asking {
  readonly posts: readonly DeciderPost[]
  readonly on: string
  /** Who has had a hand in the case: nobody decides upon their own work (X15). */
  readonly busy: ReadonlySet<string>
}

function gapsIn(parts: readonly Part[], { posts, on, busy }: Asking): DeciderGap[] {
  const wanted = new Map<string, DeciderGap>()
  for (const { kind, unitId, unitName } of parts) {
    if (kind === 'unit') continue
    const key = `${kind}:${unitId}`
    wanted.set(key, { kind, unitId, unitName, missing: (wanted.get(key)?.missing ?? 0) + 1 })
  }
  return [...wanted.values()].flatMap((gap) => {
    const there = [...decidersOf(gap, posts, on)].filter((id) => !busy.has(id)).length
    return there < gap.missing ? [{ ...gap, missing: gap.missing - there }] : []
  })
}

/** Steps of a case that nobody can decide as posts are held today, by unit (NBU-8): who must be named for it to go on. */
export function stepGaps(image: Case, posts: readonly DeciderPost[], on: string): DeciderGap[] {
  const did = Object.values(image.steps ?? {}).flatMap(({ result }) => (result ? [result.by.actorId] : []))
  const busy = new Set([image.handler.actorId, ...(image.acts[0] ? [image.acts[0].actorId] : []), ...did])
  return gapsIn(openSteps(image), { posts, on, busy })
}

/** A gap of the whole hall with how many items it would stop. */
export interface HallGap extends DeciderGap {
  readonly items: number
}

/** 检查复核 and 审批 that items in force ask for and nobody in the hall can give, by unit: each once, with its items. */
export function hallGaps(
  { items, profile }: { items: readonly Item[]; profile: Profile },
  posts: readonly DeciderPost[],
  on: string,
): HallGap[] {
  const found = new Map<string, HallGap>()
  for (const item of items) {
    const parts = Object.values(stepsOf(item, profile))
    for (const gap of gapsIn(parts, { posts, on, busy: new Set() })) {
      const key = `${gap.kind}:${gap.unitId}`
      const before = found.get(key)
      const missing = Math.max(gap.missing, before?.missing ?? 0)
      found.set(key, { ...gap, missing, items: (before?.items ?? 0) + 1 })
    }
  }
  return [...found.values()]
}
