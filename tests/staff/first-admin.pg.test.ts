import { afterAll, beforeAll, expect, test } from 'vitest'
import { wantedOf } from '../../server/ops/first-admin-words.ts'
import { makeFirstAdmin, seedIfEmpty, type ShownPassword, type WantedAdmin } from '../../server/seed/index.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { halls } from '../../shared/profiles/halls.ts'
import type { PublicItems } from '../../shared/wire/public.ts'
import { appUnderTest, origin, ours, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'

let under: Under
beforeAll(async () => {
  under = await appUnderTest([])
})
afterAll(async () => {
  await under.stop()
})

/** Runs it; how it ended and the passwords it showed. */
async function make(wanted: Partial<WantedAdmin>): Promise<{ end: string; shown: ShownPassword[] }> {
  const shown: ShownPassword[] = []
  const all = { hallId: 'own-hall', login: 'own.admin', name: '示例·钱老师', file: null, ...wanted }
  const end = await makeFirstAdmin(under.deps, all, (one) => {
    shown.push(one)
    return Promise.resolve()
  })
  return { end, shown }
}

const peopleOf = (hallId: string) =>
  under.deps.db.execute<{ id: string; image: object }>(
    `select id, image from hall.people where hall_id = '${hallId}' order by id`,
  )

test('[REF-PRIV] a hall that is not there has no admin, and nothing is made', async () => {
  expect(await make({})).toEqual({ end: 'noHall', shown: [] })
  expect(await peopleOf('own-hall')).toEqual([])
})

test('[REF-PRIV] a profile file makes the hall, one admin and nobody else; the next start makes no demo halls', async () => {
  const { end, shown } = await make({ file: halls.ssc })
  expect([end, shown.length]).toEqual(['made', 1])
  const { login, password } = shown[0]!
  expect(await peopleOf('own-hall')).toMatchObject([{ id: 'own-hall-admin', image: { badgeNo: '', trainings: [] } }])
  const list = await under.app.request(`${origin}/api/v1/public/halls/own-hall/items`)
  expect(((await list.json()) as PublicItems).items).toHaveLength(halls.ssc.items.length)
  const enter = (newPassword?: string) =>
    ask(under, '/api/v1/session', ours({ login, password, ...(newPassword ? { newPassword } : {}) }))
  expect(problemOf(await enter())).toBe('403 forbidden')
  const { status, body } = await enter('a-password-of-mine')
  expect([status, body.name, body.roles]).toEqual([201, '示例·钱老师', [{ role: 'admin', windowId: null }]])
  expect(await seedIfEmpty(under.deps)).toBe(false)
  expect((await signIn(under.app, login, { password })).status).toBe(401)
})

test('[REF-PRIV] of a hall that has an admin no second one is made, and no password is shown', async () => {
  expect(await make({ login: 'another' })).toEqual({ end: 'hasAdmin', shown: [] })
  expect(await make({ login: 'another', file: halls.ssc })).toEqual({ end: 'hasAdmin', shown: [] })
  expect(await peopleOf('own-hall')).toHaveLength(1)
})

test('[REF-PRIV] a login in use, also in another hall, is refused before anything is written', async () => {
  await seedHall(under.deps, halls.szit)
  const before = await peopleOf('szit')
  expect(await make({ hallId: 'szit', login: 'own.admin' })).toEqual({ end: 'loginTaken', shown: [] })
  expect(await make({ hallId: 'szit', login: 'szit.admin', file: halls.szit })).toEqual({ end: 'hallThere', shown: [] })
  expect(await peopleOf('szit')).toEqual(before)
})

test('[REF-PRIV] what a killed run has begun is finished by the next, once', async () => {
  const killed = makeFirstAdmin(
    under.deps,
    { hallId: 'szit', login: 'szit.admin', name: '示例·孙老师', file: null },
    () => Promise.reject(new Error('killed')),
  )
  await expect(killed).rejects.toThrow('killed')
  const people = await peopleOf('szit')
  const { end, shown } = await make({ hallId: 'szit', login: 'szit.admin', name: '示例·孙老师' })
  expect([end, shown.length]).toEqual(['made', 1])
  expect(await peopleOf('szit')).toEqual(people)
})

test.each([
  [['--hall', 'Not A Hall', '--login', 'x', '--name', ''], 3],
  [['--hall', 'ssc'], 2],
  [['--nothing'], 0],
  [['--hall', 'ssc', '--login', 'ssc.admin', '--name', '示例', '--profile', '/nowhere.json'], 0],
])('a command line %j is told what is wrong with it', (args, faults) => {
  let told: readonly string[] = []
  try {
    wantedOf(args)
  } catch (error) {
    told = (error as { faults: readonly string[] }).faults
  }
  expect(told.length).toBe(faults === 0 ? 1 : faults + 1)
})
