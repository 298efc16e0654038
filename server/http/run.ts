import { join } from 'node:path'
import { hallIds, type HallId } from '../../shared/profiles/halls.ts'
import { sweepTwins } from '../cases/index.ts'
import { tellNewsAll } from '../catalogue/index.ts'
import { makeRescueKeys } from '../devices/index.ts'
import { openDatabase } from '../db/database.ts'
import { startRounds, tidyAll } from '../ops/index.ts'
import { putAwayAll, remindAll } from '../limits/index.ts'
import { openLine } from '../db/pg.ts'
import { demoHall, holdFirstStart, printSignIns, seedIfEmpty } from '../seed/index.ts'
import { readSettings, SettingsError, type Settings } from '../settings.ts'
import { openWake } from '../sync/index.ts'
import { createApp, type AppDeps } from './app.ts'
import { listen, probeAddress } from './listen.ts'
import { createLog, errorFields } from './log.ts'
import { openMailer } from './mailer.ts'
import { say, Steps, untilToldToStop } from './steps.ts'
import { addressOf, listenFault, listeningWords, signInWords } from './words.ts'

const clientFolder = join(import.meta.dirname, '../../dist/client')

// On a terminal only what needs a person; elsewhere (a service) one line a request.
const logLevel = (): string => (process.stdout.isTTY ? 'error' : 'info')

const warnUnfenced = async (fenced: boolean): Promise<void> => {
  if (fenced) return
  await say([
    '注意：同一个数据库角色既建表又服务，日志没有与服务隔离；请另设 DATABASE_OWNER_URL。',
    'Note: one database role owns the log and serves: the log is not fenced. Set DATABASE_OWNER_URL.',
  ])
}

const openDeps = async (settings: Settings, steps: Steps): Promise<{ deps: AppDeps; listenUrl: string }> => {
  const { db, store, listenUrl, fenced, close } = await openDatabase(settings)
  steps.onStop('database', close)
  await warnUnfenced(fenced)
  const line = openLine(listenUrl)
  steps.onStop('listen', () => line.end({ timeout: 1 }))
  const deps = { db, store, log: createLog(logLevel()), wake: openWake(db, { line }), now: () => Date.now() }
  return { deps: settings.mail ? { ...deps, mailer: openMailer(settings.mail) } : deps, listenUrl }
}

const wantedDemo = (args: readonly string[]): HallId | null => {
  const at = args.indexOf('--demo')
  if (at < 0) return null
  const hallId = hallIds.find((id) => id === args[at + 1])
  if (!hallId) throw new SettingsError([`--demo must name one of ${hallIds.join(', ')}`])
  return hallId
}

const showSignIns = async (deps: AppDeps, hallId: HallId, address: string): Promise<void> => {
  const isNew = await printSignIns(deps, hallId, (shown) => say(signInWords(shown, address)))
  if (!isNew) await say([`${hallId} 的示例账号已经显示过 The demo sign-ins of ${hallId} have been shown before.`])
}

const serve = async (settings: Settings, args: readonly string[], steps: Steps): Promise<void> => {
  const demo = wantedDemo(args)
  await probeAddress(settings)
  const { deps, listenUrl } = await openDeps(settings, steps)
  const release = await holdFirstStart(listenUrl)
  steps.onStop('first start', release)
  const isFirst = await seedIfEmpty(deps)
  // A crash may have come between an append and what follows from it.
  void sweepTwins(deps).catch((error: unknown) => {
    deps.log.warn({ problem: 'twins', error: errorFields(error).error }, 'receipts not compared')
  })
  const { clients, proxies, tls } = settings
  const site = { clientFolder, clients, proxies, isTls: tls !== null, isStopping: () => steps.isStopping }
  const server = await listen(createApp(deps, site), settings)
  steps.onStop('server', async () => {
    await deps.wake.close() // live streams would else hold the server open
    await server.close(1500)
  })
  const rounds = startRounds(async () => {
    await remindAll(deps)
    await putAwayAll(deps)
    await tidyAll(deps)
  })
  steps.onStop('rounds', () => rounds.stop())
  // Beside the others: many letters, or a slow mail server, must keep nobody from being reminded.
  const letters = startRounds(() => tellNewsAll(deps))
  steps.onStop('letters', () => {
    deps.mailer?.close()
    return letters.stop()
  })
  const address = addressOf(settings, server.port)
  await say(listeningWords(settings, server.port))
  if (isFirst) await showSignIns(deps, demoHall, address)
  if (demo && !(isFirst && demo === demoHall)) await showSignIns(deps, demo, address)
  await release()
  makeRescueKeys(deps).catch((error: unknown) => deps.log.error(errorFields(error), 'no rescue key made'))
}

/** Runs the server until it is told to stop; gives the exit code. */
export const run = async (env: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> => {
  const steps = new Steps()
  const told = untilToldToStop(steps)
  let settings: Settings | null = null
  try {
    settings = readSettings(env)
    await serve(settings, args, steps)
    await told
    await say(['正在停止 Stopping …'])
    await steps.stop()
    return 0
  } catch (error) {
    await sayFault(error, settings)
    await steps.stop()
    return 1
  }
}

const sayFault = async (error: unknown, settings: Settings | null): Promise<void> => {
  if (error instanceof SettingsError) await say(error.faults.map((fault) => `设置有误 Wrong setting: ${fault}`))
  else if (settings) await say([listenFault(error, settings)])
  else await say([`无法启动 Cannot start: ${errorFields(error).error}`])
}
