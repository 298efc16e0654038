import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import type { Figure, Stats } from './figures.ts'
import type { Options } from './options.ts'

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0))
const both = ({ median, p99, n }: Stats): string => `${ms(median)} / ${ms(p99)} ms (n ${n})`
const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2))

/** One figure as lines for people: median / p99, ratio to the raw limit, what is to be reached. */
export function linesOf(figure: Figure): string[] {
  const { id, label, ours, raw, rawLabel, ratio, reach, facts } = figure
  const aim = reach === null ? '' : ` (reach ≤ ${reach})`
  const told = Object.entries(facts).map(([name, value]) => `${name} ${round(value)}`)
  return [
    `${id}: ${label}`,
    `    ours ${both(ours)}`,
    ...(raw ? [`    raw  ${both(raw)}  ${rawLabel}`] : []),
    ...(ratio === null ? [] : [`    ratio ${ratio.toFixed(2)}${aim}`]),
    ...(told.length > 0 ? [`    ${told.join(' · ')}`] : []),
  ]
}

/** How a figure grows with what is stored: its small row against its large one, by the median and by the raw limit's. */
export interface Growth {
  readonly id: string
  readonly ours: number
  readonly raw: number
  readonly wireBytes: number | null
}

const pairs = [
  ['edit-empty', 'edit-20000'],
  ['catch-up-10000', 'catch-up-50000'],
] as const

/** The pairs that were both measured. */
export function growthOf(figures: readonly Figure[]): Growth[] {
  const byId = new Map(figures.map((one) => [one.id, one]))
  return pairs.flatMap(([small, large]) => {
    const [from, to] = [byId.get(small), byId.get(large)]
    if (!from?.raw || !to?.raw) return []
    const bytes = from.facts.wireBytes && to.facts.wireBytes ? to.facts.wireBytes / from.facts.wireBytes : null
    const ours = to.ours.median / from.ours.median
    return [{ id: `${large} : ${small}`, ours, raw: to.raw.median / from.raw.median, wireBytes: bytes }]
  })
}

/** One growth for people. */
export function growthLine({ id, ours, raw, wireBytes }: Growth): string {
  const bytes = wireBytes === null ? '' : `, bytes × ${wireBytes.toFixed(3)}`
  return `${id}: time × ${ours.toFixed(2)} (the raw limit itself × ${raw.toFixed(2)})${bytes}`
}

/** Where the run was made: figures of two machines are not to be compared, ratios are. */
export interface Machine {
  readonly chromium: string
  readonly postgres: string
}

/** Writes every figure to the JSON file. */
export function writeResults(options: Options, machine: Machine, figures: readonly Figure[]): void {
  const cores = cpus()
  const at = new Date().toISOString()
  const host = { cores: cores.length, cpu: cores[0]?.model ?? '', node: process.version, ...machine }
  mkdirSync(dirname(options.out), { recursive: true })
  const { quick, only } = options
  writeFileSync(
    options.out,
    `${JSON.stringify({ at, host, quick, only, figures, growth: growthOf(figures) }, null, 2)}\n`,
  )
}
