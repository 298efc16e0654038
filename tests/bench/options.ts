import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What one run of the bench does: which workloads, how thoroughly, where the figures go. */
export interface Options {
  /** Ids of workloads; empty for all. */
  readonly only: readonly string[]
  readonly quick: boolean
  readonly out: string
}

const usage = `npm run bench -- [--only id,id] [--quick] [--out file]`

/** Reads the command line; a wrong option is a plain sentence. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, quick: { type: 'boolean' }, out: { type: 'string' } },
  })
  const only = (values.only ?? '').split(',').filter(Boolean)
  const wrong = only.filter((id) => !known.includes(id))
  if (wrong.length > 0) throw new Error(`no workload ${wrong.join(', ')}; there are ${known.join(', ')} (${usage})`)
  const out = resolve(values.out ?? 'test-results/bench-results.json')
  return { only, quick: values.quick ?? false, out }
}
