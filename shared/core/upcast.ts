import type { Json } from './canonical.ts'
import type { Envelope } from './envelope.ts'

/** The part of a command that a later version may write otherwise; personal values stay references on the way. */
export interface Upcastable {
  type: string
  v: number
  args: Record<string, Json>
  seen: Record<string, Json>
}

/** From one released version to the next; pure, and final once released. May throw on arguments nobody could have written. */
export type Upcast = (body: Upcastable) => Upcastable

/** Every way up, under the `type@v` it begins at. */
export type Upcasters = ReadonlyMap<string, Upcast>

/** As many steps as no command will ever have versions: a register that leads in a circle ends here. */
const mostSteps = 50

/**
 * The command as the newest version would have written it (sync.md 4.7); the same envelope when it is the newest. What
 * was signed, hashed and logged is never touched: this is only what the rule is asked about (I26).
 */
export function newest(upcasters: Upcasters, env: Envelope): Envelope {
  let body: Upcastable = { type: env.type, v: env.v, args: env.args, seen: env.base.seen }
  for (let step = 0; ; step += 1) {
    const up = upcasters.get(`${body.type}@${String(body.v)}`)
    if (!up) break
    if (step === mostSteps) throw new Error(`the versions of ${env.type} lead in a circle`)
    body = up(body)
  }
  if (body.type === env.type && body.v === env.v) return env
  const { type, v, args, seen } = body
  return { ...env, type, v, args, base: { ...env.base, seen } }
}
