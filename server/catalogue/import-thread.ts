import { parentPort, workerData } from 'node:worker_threads'
import type { PeoplePreview } from '../../shared/staff/index.ts'
import { runImport, runPeople, type ImportDone, type ImportJob, type PeopleJob } from './import-job.ts'

/** What the thread says: first that its code is loaded, then the preview. */
export type ThreadAnswer = 'ready' | ImportDone | PeoplePreview

const job = workerData as ImportJob | PeopleJob

parentPort?.postMessage('ready' satisfies ThreadAnswer)
parentPort?.postMessage((await ('people' in job ? runPeople(job) : runImport(job))) satisfies ThreadAnswer)
