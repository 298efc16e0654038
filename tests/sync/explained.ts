import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '../../server/db/pg.ts'

/** A node of a plan as `explain (format json)` writes it. */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly PlanNode[]
}

/** What one run of a statement read. */
export interface Cost {
  /** Rows that its nodes gave or threw away. */
  readonly rows: number
  /** Pages of tables and indexes, from memory or disk. */
  readonly buffers: number
  /** Tables that were read from end to end. */
  readonly whole: readonly string[]
}

/** Runs a statement and counts what it read; the second run, as the first also fills caches. */
export async function costOf(db: Db, statement: SQL): Promise<Cost> {
  const explain = sql`explain (analyze, buffers, timing off, format json) ${statement}`
  await db.execute(explain)
  const [row] = (await db.execute(explain)) as unknown as { 'QUERY PLAN': [{ Plan: PlanNode }] }[]
  if (!row) throw new Error('explain gave nothing')
  const plan = row['QUERY PLAN'][0].Plan
  const nodes = flat(plan)
  return {
    rows: nodes.reduce((sum, node) => sum + rowsOf(node), 0),
    buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    whole: nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? '?') : [])),
  }
}

const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)]

const rowsOf = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
