import { parentPort, workerData } from 'node:worker_threads'
import { runImport, type ImportDone, type ImportJob } from './import-job.ts'

/** What the thread says: first that its code is loaded, then the preview. */
export type ThreadAnswer = 'ready' | ImportDone

parentPort?.postMessage('ready' satisfies ThreadAnswer)
parentPort?.postMessage((await runImport(workerData as ImportJob)) satisfies ThreadAnswer)
