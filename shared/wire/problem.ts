import { z } from 'zod'

/** Problem codes (sync.md §14) with their HTTP status: the complete list. */
export const problems = {
  malformed: 400,
  unauthenticated: 401,
  signature: 401,
  forbidden: 403,
  'actor-forged': 403,
  'cross-site': 403,
  'not-found': 404,
  method: 405,
  stale: 409,
  'command-id-reused': 409,
  'too-large': 413,
  'media-type': 415,
  invalid: 422,
  'upgrade-required': 426,
  'too-many': 429,
  bug: 500,
  busy: 503,
  'no-space': 507,
} as const
export type ProblemCode = keyof typeof problems

/** RFC 9457 problem details: a plain Chinese `detail`, never echoing what was sent. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
