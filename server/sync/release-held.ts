import { decideCommand, type Actor, type Decidable, type Decision, type Row } from '../../shared/core/kernel.ts'
import { held, rejected } from '../../shared/core/outcome.ts'
import type { PiiValues } from '../../shared/core/envelope.ts'
import { releasable, releaseType, releaseVerdict } from '../../shared/core/release.ts'
import { refsFor } from './check-command.ts'
import type { Bench } from './judge-types.ts'
import { numberOf, releasedBy } from './needs.ts'
import { raised, readCommand } from './read-command.ts'
import type { HeldCommand } from './store-verbs.ts'

/**
 * A supervisor's release of a held command (sync.md 3.3): decided anew on what stands now, once. Its signature was
 * checked when it came, or its log row would name nobody.
 */
export function releaseOf(bench: Bench, cmd: Decidable, row: Row): Decision {
  const cmdId = releasedBy(cmd.env)
  const found = bench.attempt.loaded.held.find((one) => one.cmdId === cmdId)
  const about = found && isReleasable(found, cmd) ? decidable(bench, found) : null
  if (!found || !about) return refused(row, 'held.unknown')
  if (found.isReleased || bench.released.has(found.cmdId)) return refused(row, 'held.released')
  if (found.actorId === cmd.env.actorId) return refused(row, 'held.own')
  if (row === null && isTaken(bench, found, about)) return refused(row, 'held.number')
  return decideAnew(bench, { ...cmd, held: about }, row)
}

function isReleasable({ kind, id, actorId, code }: HeldCommand, { env }: Decidable): boolean {
  return kind === env.kind && id === env.aggId && actorId !== null && releasable.has(code ?? '')
}

/** I17: a number is on one case only, also when another took it while this act was held. */
function isTaken({ numbers }: Bench, { isNumberTaken }: HeldCommand, { env }: Decidable): boolean {
  const number = numberOf(env)
  return number !== null && (isNumberTaken || numbers.has(number))
}

function refused(row: Row, code: string): Decision {
  return { verdict: rejected({ code }), row }
}

/**
 * The held command as its rule is asked: in its newest version, with its own actor and the data it named. Null for a
 * release, which cannot be released: what it was about is.
 */
function decidable(bench: Bench, { envelope, pii }: HeldCommand): Decidable | null {
  const { tools, attempt } = bench
  const { env } = raised(readCommand({ env: envelope, sig: '' }, 0, ''), tools.upcasters)
  if (!env || env.type === releaseType) return null
  const grant = attempt.loaded.grants.find(({ id }) => id === env.grantId)
  if (!grant && env.role !== 'system') return null
  const actor: Actor = grant
    ? { name: grant.displayName, roles: grant.roles as Actor['roles'] }
    : { name: '系统', roles: [] }
  return { env, pii: (pii ?? {}) as PiiValues, actor, refs: refsFor(bench, env) }
}

/** What still throws is still wrong: the release is refused and may be asked again after the fix. */
function decideAnew({ tools }: Bench, cmd: Decidable, row: Row): Decision {
  try {
    return decideCommand(tools.register, row, cmd)
  } catch {
    return { verdict: releaseVerdict(held('crash'), { released: '', reason: '' }), row }
  }
}
