import {
  accept,
  addNote,
  assign,
  conclude,
  correct,
  materialGiven,
  receive,
  refuseCase,
  supplementNotice,
  take,
  undo,
  withdraw,
} from './cases/index.ts'
import { commandRegister } from './core/command.ts'

/**
 * The commands a window's first minute may need: a tablet has them with its first script, the rest of the register
 * comes after the screen. All of them stand in `commands` too.
 */
export const windowCommands = commandRegister([
  accept,
  assign,
  conclude,
  correct,
  materialGiven,
  addNote,
  receive,
  refuseCase,
  supplementNotice,
  take,
  undo,
  withdraw,
])
