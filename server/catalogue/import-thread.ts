import { parentPort, workerData } from 'node:worker_threads'
import { runImport, type ImportDone, type ImportJob } from './import-job.ts'

/** What the thread says, once. */
export type ThreadAnswer = ImportDone

parentPort?.postMessage((await runImport(workerData as ImportJob)) satisfies ThreadAnswer)
