import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, set } from '../core/outcome.ts'
import type { Person } from './person.ts'

/** 照片: a small JPEG for the badge (NBU-18), or none; personal. The bound is what a personal value may be. */
export const photoPerson = command({
  type: 'person.photo',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin'],
  personal: ['photo'],
  args: z.strictObject({
    photo: z
      .string()
      .max(20_000, '照片太大，请换一张')
      .regex(/^(data:image\/jpeg;base64,[A-Za-z0-9+/=]+)?$/, '照片应是 JPEG'),
  }),
  decide(_image: Person, { photo }) {
    return applied([set('pii.photo', photo)])
  },
})
