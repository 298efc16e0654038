/** One measured series against its raw limit, both in milliseconds and of the same run. */
export interface Figure {
  readonly id: string
  readonly label: string
  readonly ours: Stats
  readonly raw: Stats | null
  /** Median over the raw median. */
  readonly ratio: number | null
  /** What the ratio should reach (issue B); nothing fails on it. */
  readonly reach: number | null
  /** What the raw limit is. */
  readonly rawLabel: string
  /** Other numbers worth keeping, by name and unit: `requests`, `bytes`, `signMs`. */
  readonly facts: Readonly<Record<string, number>>
}

/** Of one series, ms. */
export interface Stats {
  readonly n: number
  readonly median: number
  readonly p99: number
}

/** A value of a sorted series, by nearest rank. */
function quantile(sorted: readonly number[], q: number): number {
  const rank = Math.max(1, Math.ceil(q * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

/** Median of numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** Median and p99 of a series; with fewer than a hundred samples p99 is the worst of them. */
export function statsOf(values: readonly number[]): Stats {
  const sorted = values.toSorted((a, b) => a - b)
  return { n: values.length, median: median(values), p99: quantile(sorted, 0.99) }
}

interface Measured {
  readonly id: string
  readonly label: string
  readonly ours: readonly number[]
  readonly raw?: readonly number[]
  readonly rawLabel?: string
  readonly reach?: number
  readonly facts?: Readonly<Record<string, number>>
}

/** A figure from its samples. */
export function figure({ id, label, ours, raw, rawLabel, reach, facts }: Measured): Figure {
  const [mine, limit] = [statsOf(ours), raw ? statsOf(raw) : null]
  return {
    ...{ id, label, ours: mine, raw: limit, ratio: limit ? mine.median / limit.median : null },
    ...{ reach: reach ?? null, rawLabel: rawLabel ?? '', facts: facts ?? {} },
  }
}
