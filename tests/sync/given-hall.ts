import { afterAll, beforeAll } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { servedHall, type ServedHall } from './forged-server.ts'

/** The hall a test file stands on, from its first test to its last. */
export interface GivenHall {
  pg: TestDatabase
  hall: ServedHall
}

/** One served hall over a database of its own for all tests of the file; there once they run. */
export function givenHall(): GivenHall {
  const given = {} as GivenHall
  beforeAll(async () => {
    given.pg = await testDatabase()
    given.hall = await servedHall(given.pg)
  })
  afterAll(async () => {
    await given.hall.wake.close()
    await given.pg.stop()
  })
  return given
}
