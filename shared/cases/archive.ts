import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { instant } from '../core/text.ts'
import { isArchived, isEnded, openAppeals, openConflicts, type Case } from './case.ts'
import { notOver } from './refusals.ts'

/**
 * 归档: a case that ended long ago leaves its window's tablets (sync.md 4.2); it stays in the record. Only the system
 * does it, for the end it saw: a case that was taken up again meanwhile, or is contended or appealed, stays.
 */
export const archive = command({
  type: 'case.archive',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['system'],
  args: z.strictObject({ endedAt: instant }),
  decide(image: Case, { endedAt }) {
    const isSettled = openConflicts(image).length === 0 && openAppeals(image).length === 0
    const isOver = isEnded(image.state) && image.endedAt === endedAt && isSettled
    return isOver && !isArchived(image) ? applied([set('archivedEnd', endedAt)]) : rejected({ code: notOver.code })
  },
})
