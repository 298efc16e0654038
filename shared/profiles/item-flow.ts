import { z } from 'zod'
import { line, Slug } from './text.ts'

/** One line of approval: whose leaders decide, and as what they sign (分管领导); several stand side by side. */
const Approval = z.strictObject({ unitId: Slug, title: line(30) })

/**
 * 联办与审批 of a sheet (SSC-20.3, ZJJ-8, NBU-8): whether its units work side by side, which unit's back office checks
 * (检查复核), and who approves online at the same time (同步审批). A sheet without it follows the hall's own rule.
 */
export const ItemFlow = z.strictObject({
  units: z.enum(['together', 'inOrder']),
  check: Slug.nullable(),
  approvals: z.array(Approval).max(12),
})
export type ItemFlow = z.infer<typeof ItemFlow>

/** The units a flow names. */
export function unitsOfFlow({ check, approvals }: ItemFlow): string[] {
  return [...(check === null ? [] : [check]), ...approvals.map(({ unitId }) => unitId)]
}
