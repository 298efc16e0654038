import { z } from 'zod'
import { aggregate, command, type Ctx } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, create, rejected, set } from '../core/outcome.ts'
import { refusal } from '../core/refusal.ts'
import { Role } from '../core/roles.ts'
import { endFault, PostMore, PostSeen, seatFaults } from '../staff/index.ts'
import { hallRules } from './merge.ts'
import { day, filledText, plainId, text } from '../core/text.ts'

/** Someone else has ended the post on another day meanwhile. */
export const postChanged = refusal('post.changed', {
  cite: 'OFF-4',
  say: () => '这个岗位的结束日期已由别人改过，请看过新的日期再定。',
})

/** Whoever makes an admin could be one: only an admin makes or ends one. */
export const adminOnly = refusal('post.adminOnly', {
  cite: 'REF-PRIV',
  say: () => '管理员的岗位只有管理员能安排或结束。',
})

const mayAdmin = (role: string, { role: by }: Pick<Ctx, 'role'>): boolean =>
  role !== 'admin' || by === 'admin' || by === 'system'

/** What a person holds at a window (or, with no window, in the whole hall), from its first to its last day. */
const PostFields = z.strictObject({
  ...PostMore.shape,
  windowId: plainId.nullable(),
  /** The unit whose part of a matter the post is for: 后台, 审批 (NBU-8). */
  unitId: plainId.nullable().optional(),
  personId: plainId,
  personName: filledText(60),
  personKind: z.enum(['staff', 'student', 'supervisor']),
  role: Role.exclude(['system']),
  from: day,
  to: day.nullable(),
})

/** With what the page saw of the window's other posts and the person's record: a command sees one aggregate only. */
const PostArgs = PostFields.extend({ seen: PostSeen.optional() })

/** 岗位: one person's post, from which the server makes grants. */
export type Post = z.infer<typeof PostFields> & {
  id: string
  hallId: string
  kind: 'post'
  /** Why it ended before the least tenure (SSC 十二). */
  endReason?: string
}

/** 定岗: put a person on a post, by the hall's rules of who serves (SSC 九–十三, ZJJ 六, NBU 三.1, SZIT 四). */
export const assignPost = command({
  type: 'post.assign',
  v: 1,
  nature: 'claim',
  on: 'post',
  by: ['supervisor', 'admin', 'system'],
  creates: true,
  args: PostArgs,
  decide(_none: null, { seen, ...args }, ctx) {
    if (!mayAdmin(args.role, ctx)) return rejected({ code: adminOnly.code })
    const [fault] = seen && ctx.profile ? seatFaults(args, seen, ctx.profile) : []
    if (fault) return rejected(fault)
    return applied([create({ ...args, id: ctx.aggId, hallId: ctx.hallId, kind: 'post' })])
  },
})

/** 离岗: the post's last day; grants made after it no longer carry the role. Before the least tenure with a reason. */
export const endPost = command({
  type: 'post.end',
  v: 1,
  nature: 'claim',
  on: 'post',
  by: ['supervisor', 'admin', 'system'],
  args: z.strictObject({ on: day, reason: text(300).optional() }),
  touches: () => ['to'],
  decide(image: Post, { on, reason = '' }, ctx) {
    if (!mayAdmin(image.role, ctx)) return rejected({ code: adminOnly.code })
    if (isChangedSince(image.to, ctx.seen.to)) return meet(hallRules.endPost, { refusal: { code: postChanged.code } })
    const fault = ctx.role === 'system' ? null : endFault(image, { on, reason }, ctx.profile)
    if (fault) return rejected(fault)
    return applied([set('to', on), ...(reason === '' ? [] : [set('endReason', reason)])])
  },
})

/** 岗位 in the register: the sign-in page of every tablet of the hall lists them. */
export const postAggregate = aggregate<Post>({
  kind: 'post',
  scopes: () => ['hall', 'supervisor'],
  shelf: (image) => image.windowId ?? 'hall',
  at: () => 0,
  keys: () => [],
})
