import { run } from './http/run.ts'

process.exitCode = await run(process.env, process.argv.slice(2))
