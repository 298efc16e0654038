import { z } from 'zod'
import { aggregate, command } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, create, set } from '../core/outcome.ts'
import { refusal } from '../core/refusal.ts'
import { Role } from '../core/roles.ts'
import { hallRules } from './merge.ts'
import { day, filledText, plainId } from '../core/text.ts'

/** Someone else has ended the post on another day meanwhile. */
export const postChanged = refusal('post.changed', {
  cite: 'OFF-4',
  say: () => '这个岗位的结束日期已由别人改过，请看过新的日期再定。',
})

/** What a person holds at a window (or, with no window, in the whole hall), from a day to a day. */
const PostArgs = z.strictObject({
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

/** 岗位: one person's post, from which the server makes grants. */
export type Post = z.infer<typeof PostArgs> & { id: string; hallId: string; kind: 'post' }

/** 定岗: put a person on a post (NBU-1, SSC-10, SZIT-5). */
export const assignPost = command({
  type: 'post.assign',
  v: 1,
  nature: 'claim',
  on: 'post',
  by: ['supervisor', 'admin', 'system'],
  creates: true,
  args: PostArgs,
  decide(_none: null, args, ctx) {
    return applied([create({ ...args, id: ctx.aggId, hallId: ctx.hallId, kind: 'post' })])
  },
})

/** 离岗: the post ends on a day; grants made after it no longer carry the role. */
export const endPost = command({
  type: 'post.end',
  v: 1,
  nature: 'claim',
  on: 'post',
  by: ['supervisor', 'admin', 'system'],
  args: z.strictObject({ on: day }),
  touches: () => ['to'],
  decide(image: Post, { on }, ctx) {
    if (isChangedSince(image.to, ctx.seen.to)) return meet(hallRules.endPost, { refusal: { code: postChanged.code } })
    return applied([set('to', on)])
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
