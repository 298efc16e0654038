import { amendMeeting } from './amend-meeting.ts'
import { applyAssistant } from './apply-assistant.ts'
import { appointOffice } from './appoint-office.ts'
import { archiveMeeting } from './archive-meeting.ts'
import { askChange } from './ask-change.ts'
import { consentChange } from './consent-change.ts'
import { contactPerson } from './contact-person.ts'
import { declineAssistant } from './decline-assistant.ts'
import { dropChange } from './drop-change.ts'
import { effectChange } from './effect-change.ts'
import { endAssistant } from './end-assistant.ts'
import { endOffice } from './end-office.ts'
import { handOverCases } from './hand-over-cases.ts'
import { leavePerson } from './leave-person.ts'
import { nameSuccessor } from './name-successor.ts'
import { photoPerson } from './photo-person.ts'
import { recordMeeting } from './record-meeting.ts'
import { recordPerson } from './record-person.ts'
import { renewOffice } from './renew-office.ts'
import { revisePerson } from './revise-person.ts'
import { selectAssistant } from './select-assistant.ts'
import { taskDone } from './task-done.ts'
import { timetablePerson } from './timetable-person.ts'
import { trainPerson } from './train-person.ts'

/** 学生助理 (SZIT-8): application, answer, end. */
export const assistantCommands = [applyAssistant, declineAssistant, endAssistant, selectAssistant]
/** 例会 (ZJJ-10): minutes and tasks. */
export const meetingCommands = [amendMeeting, archiveMeeting, recordMeeting, taskDone]
/** 机构任职 (REF-CH): terms of the hall's offices. */
export const officeCommands = [appointOffice, endOffice, renewOffice]
/** 人员档案 (SSC-9, ZJJ-6): facts, contact, photo, training, timetable. */
export const personCommands = [
  ...[contactPerson, leavePerson, photoPerson, recordPerson, revisePerson],
  ...[timetablePerson, trainPerson],
]
/** 人员更换 (SSC-12, ZJJ-30): from the finding to the day it takes effect. */
export const changeCommands = [askChange, consentChange, dropChange, effectChange, handOverCases, nameSuccessor]
