import { startEmbedded } from '../db/embedded.ts'
import { newEpochs } from '../db/epoch.ts'
import { migrate } from '../db/migrate.ts'
import { readSettings } from '../settings.ts'

// After a restore, with the server stopped: `npm run new-epoch` (README).
const { database, dataDir } = readSettings(process.env)
const postgres = database ? { ...database, stop: () => Promise.resolve() } : await startEmbedded(dataDir)
try {
  await migrate(postgres)
  for (const { hallId, epoch } of await newEpochs(postgres.ownerUrl)) console.info(`${hallId}: epoch ${epoch}`)
} finally {
  await postgres.stop()
}
