import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, set } from '../core/outcome.ts'
import { text } from '../core/text.ts'
import type { Person } from './person.ts'

/** 联系方式: telephone and 工号 or 学号 of a person; personal, so kept apart and erasable. */
export const contactPerson = command({
  type: 'person.contact',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin'],
  personal: ['phone', 'number'],
  args: z.strictObject({ phone: text(30), number: text(30) }),
  decide(_image: Person, { phone, number }) {
    return applied([set('pii.phone', phone), set('pii.number', number)])
  },
})
