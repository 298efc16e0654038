import { z } from 'zod'
import { command } from '../core/command.ts'
import { add, applied } from '../core/outcome.ts'
import { Training, type Person } from './person.ts'

/** 上岗培训: recorded with who trained, for which window and when (SSC-13, SZIT-8); without it no post. */
export const trainPerson = command({
  type: 'person.train',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin', 'system'],
  args: z.strictObject({ training: Training }),
  decide(_image: Person, { training }) {
    return applied([add('trainings', training)])
  },
})
