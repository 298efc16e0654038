import type { Unit, Window } from './profile-fields.ts'

/** What a window of a shipped hall is, in short. */
export interface WindowPart {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly units: readonly string[]
}

/** Units of a shipped hall; telephone numbers are invented, names too where the document names none (`isSample`). */
export function unitsOf(entries: readonly (readonly [id: string, name: string])[], isSample = false): Unit[] {
  return entries.map(([id, name]) => ({ id, name, contact: `${name}，校内电话见本厅公示（示例）`, sample: isSample }))
}

/** Windows in their order; places are numbered by it. */
export function windowsOf(parts: readonly WindowPart[]): Window[] {
  return parts.map(({ id, code, name, units }, index) => ({
    ...{ id, code, name, unitIds: [...units], order: index + 1 },
    place: `服务大厅 ${String(index + 1)} 号位（示例）`,
  }))
}

/** The day the shipped profiles and catalogues take effect; a hall sets its own in the app. */
export const SHIPPED_FROM = '2026-01-01'
