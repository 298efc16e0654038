import type { AnyCommand, CommandRegister } from '../../shared/core/command.ts'
import { windowCommands } from '../../shared/window-commands.ts'

const known = new Map<string, AnyCommand>(windowCommands)
let whole: Promise<void> | null = null

/** The commands this page has so far: at once those of the window, all of them after `wholeRegister()`. */
export const tabletRegister: CommandRegister = known

/**
 * Have every command of every room, without which nothing may be folded or settled. The part is in the worker's
 * cache; where it could not be had (a page without a worker that lost its network) the next call asks again.
 */
export function wholeRegister(): Promise<void> {
  whole ??= import('../../shared/commands.ts').then(
    ({ commands }) => {
      for (const [key, def] of commands) known.set(key, def)
    },
    (error: unknown) => {
      whole = null
      throw error
    },
  )
  return whole
}
