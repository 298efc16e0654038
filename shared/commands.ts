import { releaseHeld } from './audit/index.ts'
import {
  accept,
  addNote,
  archive,
  assign,
  conclude,
  correct,
  materialGiven,
  receive,
  refuseCase,
  resolve,
} from './cases/index.ts'
import { link, markTwin, remind, supplementNotice, take, undo, withdraw } from './cases/index.ts'
import { slotArchive, slotArrive, slotBook, slotCancel, slotChange, slotOpen } from './cases/index.ts'
import { stepAgain, stepDone, stepReturn, stepTake } from './cases/index.ts'
import { appeal, appealDecide, assessCharge, pauseCase, receiptNo, resumeCase, returnCase } from './cases/index.ts'
import { takeOver, transfer, transferBack } from './cases/index.ts'
import { placeGuide, publishItem, removeGuide, renewGuide, retireItem } from './catalogue/index.ts'
import { commandRegister } from './core/command.ts'
import { adoptProfile, assignPost, endPost, publishCalendar } from './halls/index.ts'
import { answerContact, archiveContact, becomeCase, findOut, giveResult, guidePerson } from './reception/index.ts'
import { handOn, noteContact, openContact, passOn, proposeLapse, reachColleague } from './reception/index.ts'
import { reportUp, takeContact, verifyLapse, voidContact } from './reception/index.ts'
import { archiveDayClose, fileDayClose } from './limits/index.ts'
import { decideWindow, endService, endTurn, openService, planTurn, proposeWindow } from './halls/index.ts'
import { ackOutcome } from './sync/index.ts'
import { confirmHandover, openHandover } from './handover/index.ts'
import { assistantCommands, changeCommands, meetingCommands, officeCommands, personCommands } from './staff/index.ts'

/** Every command of every room, by type and version: what tablet, server and rebase decide with. */
export const commands = commandRegister([
  ...assistantCommands,
  publishCalendar,
  accept,
  appeal,
  appealDecide,
  archive,
  assign,
  assessCharge,
  conclude,
  correct,
  link,
  materialGiven,
  addNote,
  pauseCase,
  receiptNo,
  receive,
  refuseCase,
  remind,
  resolve,
  resumeCase,
  returnCase,
  stepAgain,
  stepDone,
  stepReturn,
  stepTake,
  supplementNotice,
  take,
  takeOver,
  transfer,
  transferBack,
  markTwin,
  undo,
  withdraw,
  endService,
  openService,
  answerContact,
  archiveContact,
  becomeCase,
  findOut,
  guidePerson,
  handOn,
  proposeLapse,
  noteContact,
  openContact,
  passOn,
  reachColleague,
  reportUp,
  giveResult,
  takeContact,
  verifyLapse,
  voidContact,
  archiveDayClose,
  fileDayClose,
  placeGuide,
  removeGuide,
  renewGuide,
  confirmHandover,
  openHandover,
  releaseHeld,
  publishItem,
  retireItem,
  ...meetingCommands,
  ...officeCommands,
  ackOutcome,
  ...personCommands,
  assignPost,
  endPost,
  adoptProfile,
  slotArchive,
  slotArrive,
  slotBook,
  slotCancel,
  slotChange,
  slotOpen,
  ...changeCommands,
  decideWindow,
  proposeWindow,
  endTurn,
  planTurn,
])
