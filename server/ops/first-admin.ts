import { openDatabase } from '../db/database.ts'
import { createLog } from '../http/log.ts'
import { say } from '../http/steps.ts'
import { holdFirstStart, makeFirstAdmin } from '../seed/index.ts'
import { readSettings, SettingsError } from '../settings.ts'
import { endWords, passwordWords, wantedOf } from './first-admin-words.ts'

const make = async (): Promise<boolean> => {
  const wanted = wantedOf(process.argv.slice(2))
  const { db, store, listenUrl, close } = await openDatabase(readSettings(process.env))
  try {
    const release = await holdFirstStart(listenUrl)
    const deps = { db, store, log: createLog('error'), now: () => Date.now() }
    const end = await makeFirstAdmin(deps, wanted, (shown) => say(passwordWords(shown)))
    await say([endWords[end]])
    await release()
    return end === 'made'
  } finally {
    await close()
  }
}

// A hall's first admin, with the server stopped or a Postgres of one's own: `npm run first-admin` (README).
try {
  process.exitCode = (await make()) ? 0 : 1
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  await say(error.faults)
  process.exitCode = 1
}
