import type { CommandRegister } from '../../shared/core/command.ts'
import { hasNoEffect } from '../../shared/core/outcome.ts'
import { releaseType } from '../../shared/core/release.ts'
import type { Engine } from './engine.ts'
import { serverMeta } from './meta.ts'
import type { BaseRow, OutcomeRow, ScopeRow, Tx } from './store.ts'

/** What acts are folded with: the commands, the life of the server, and the scopes as they stand. */
export interface Folding {
  register: CommandRegister
  /** How often the server has been restored, as far as this tablet knows (sync.md 3.5). */
  life: number
  scopes: readonly ScopeRow[]
  /** Whether all that a decided act could bring here has come: what shows it in no row stands in no followed scope. */
  isWhole: boolean
}

/** Read it. */
export async function foldingOf(tx: Tx, { register }: Pick<Engine, 'register'>): Promise<Folding> {
  return { register, life: (await serverMeta(tx)).life ?? 0, scopes: await tx.all('scope'), isWhole: false }
}

/**
 * The acts that leave the rebase set. Where no image has come, the acts are all there is to show of an aggregate: those
 * with an effect stay until the last of them may go, or an act still waiting would rest on nothing (I25).
 */
export function settledOf(
  open: readonly OutcomeRow[],
  confirmed: BaseRow | undefined,
  folding: Folding,
): readonly OutcomeRow[] {
  const done = open.filter((act) => isSettled(act, confirmed, folding))
  if (confirmed?.image || done.length === open.length) return done
  return done.filter((act) => hasNoEffect(act.outcome))
}

/** An act may leave the rebase set when its effect is in the image held, can never come here, or there is none. */
function isSettled(act: OutcomeRow, confirmed: BaseRow | undefined, { life, isWhole }: Folding): boolean {
  if (act.state !== 'decided') return false
  if (hasNoEffect(act.outcome) || act.type === releaseType || isGone(confirmed)) return true
  if (!confirmed?.image) return isWhole || act.prior?.isGone === true
  return lifeOf(confirmed) === life && confirmed.ver >= act.ver
}

/** Whether the image, of a life of the server that has ended, holds the effect of an act sent again since. */
export function isContained({ prior }: OutcomeRow, confirmed: BaseRow | undefined): boolean {
  if (!prior || !confirmed?.image || lifeOf(confirmed) !== prior.life) return false
  return hasNoEffect(prior.outcome) || confirmed.ver >= prior.ver
}

/** The row is in no scope that is followed any more. */
export function isGone(confirmed: BaseRow | undefined): boolean {
  return confirmed !== undefined && confirmed.image !== null && confirmed.scopes.length === 0
}

/** Aggregates on which decided acts wait for a row that no followed scope holds: it left before this tablet saw it (R16). */
export function unseenIn(bases: readonly BaseRow[], open: readonly OutcomeRow[]): BaseRow[] {
  const decided = new Set(open.filter((act) => act.state === 'decided').map((act) => act.aggId))
  return bases.filter((base) => (base.image === null || base.scopes.length === 0) && decided.has(base.id))
}

/** A row of an ended life that the new life's snapshots, all taken in, have not brought. */
export function isLeftOver(confirmed: BaseRow, { life, scopes }: Folding): boolean {
  if (lifeOf(confirmed) === life) return false
  return scopes.every((row) => !confirmed.scopes.includes(row.scope) || (row.cursor > 0 && row.stamp === null))
}

/** The life of the server a row was told in. */
export function lifeOf(row: Pick<BaseRow, 'life'> | undefined): number {
  return row?.life ?? 0
}
