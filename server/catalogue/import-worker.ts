import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Fault } from '../http/fault.ts'
import type { PeoplePreview } from '../../shared/staff/index.ts'
import type { ImportDone, ImportJob, PeopleJob } from './import-job.ts'
// Its type only: the file itself runs in the thread.
import type { ThreadAnswer } from './import-thread.ts'

// The thread's code takes about a second to load, more on a busy machine; the file's own time counts from there.
const loadMs = 15_000
const limitMs = 5000
const fileUrl = (...path: string[]): string => JSON.stringify(pathToFileURL(join(...path)).href)

// A thread starts without the loader that lets Node read TypeScript, and Node 20 does not take it from `--import` for
// the thread's first file: so the first file is this line.
const tsx = dirname(createRequire(import.meta.url).resolve('tsx/package.json'))
const firstLine = `import(${fileUrl(tsx, 'dist/esm/api/index.mjs')})
  .then(({ register }) => { register(); return import(${fileUrl(import.meta.dirname, 'import-thread.ts')}) })`

let running = 0
const mostAtOnce = 2

const tooHeavy = (): Fault =>
  new Fault('invalid', { errors: [{ pointer: '', detail: '文件太大或太复杂，没有在 5 秒内读完；请分成几个文件' }] })

const inThread = (job: ImportJob | PeopleJob): Promise<ImportDone | PeoplePreview> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(firstLine, {
      eval: true,
      workerData: job,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 },
    })
    const settle = (how: () => void): void => {
      clearTimeout(timer)
      void worker.terminate()
      how()
    }
    const giveUp = (): void => settle(() => reject(tooHeavy()))
    let timer = setTimeout(giveUp, loadMs)
    worker.on('message', (answer: ThreadAnswer) => {
      if (answer !== 'ready') return settle(() => resolve(answer))
      clearTimeout(timer)
      timer = setTimeout(giveUp, limitMs)
    })
    worker.once('error', (error: Error & { code?: string }) => {
      settle(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy() : error))
    })
  })

const oneOfFew = async (job: ImportJob | PeopleJob): Promise<ImportDone | PeoplePreview> => {
  if (running >= mostAtOnce) throw new Fault('busy', { headers: { 'Retry-After': '5' } })
  running += 1
  try {
    return await inThread(job)
  } finally {
    running -= 1
  }
}

/** Reads a file in a thread of its own, with limits of memory and time (X23): a bad file costs this request, not the server. */
export const previewImport = async (job: ImportJob): Promise<ImportDone> => (await oneOfFew(job)) as ImportDone

/** The same for a list of people. */
export const previewPeopleFile = async (job: PeopleJob): Promise<PeoplePreview> =>
  (await oneOfFew(job)) as PeoplePreview
