import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { refusal } from '../core/refusal.ts'
import type { DayClose } from './day-close.ts'

/** It was put away already, by another instance. */
export const alreadyPutAway = refusal('dayClose.putAway', { cite: 'SSC-21', say: () => '这张收工单已经归档。' })

/** 归档: a sheet of long ago leaves the tablets and stays in the record; only the system does it. */
export const archiveDayClose = command({
  type: 'dayClose.archive',
  v: 1,
  nature: 'claim',
  on: 'dayClose',
  by: ['system'],
  args: z.strictObject({}),
  decide(image: DayClose) {
    return image.state === 'archived' ? rejected({ code: alreadyPutAway.code }) : applied([set('state', 'archived')])
  },
})
