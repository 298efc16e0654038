import { isContactEnded, isFirstBound, type Contact } from '../../shared/reception/contact.ts'
import type { IconName } from '../ui/icons.ts'
import type { ActName } from './act-forms.ts'
import type { Viewer } from './contact-count.ts'

/** What can be done here besides a dialog: taken, or closed as solved, by one tap. */
export type ContactAct = ActName | 'take' | 'solve'

/** One button: its act, words and picture. */
export interface ContactButton {
  act: ContactAct
  label: string
  icon: IconName
}

const buttons: Readonly<Record<ContactAct, Omit<ContactButton, 'act'>>> = {
  solve: { label: '已解决', icon: 'check-circle' },
  answer: { label: '已答复', icon: 'check' },
  result: { label: '反馈结果', icon: 'check-circle' },
  take: { label: '接手', icon: 'check' },
  handOn: { label: '转首问', icon: 'swap' },
  reach: { label: '联系对方', icon: 'phone' },
  guide: { label: '指引', icon: 'pin' },
  report: { label: '汇报', icon: 'up' },
  passOn: { label: '转交部门', icon: 'arrow' },
  find: { label: '查明后告知', icon: 'search' },
  becomeCase: { label: '转为办件', icon: 'list' },
  note: { label: '备注', icon: 'doc' },
  void: { label: '登记有误', icon: 'erase' },
}

const button = (act: ContactAct): ContactButton => ({ act, ...buttons[act] })

/** The one main act for whoever looks, and the others; none once it is over but a note. */
export function actionsOf(image: Contact, viewer: Viewer): { main: ContactButton | null; others: ContactButton[] } {
  if (isContactEnded(image)) return { main: null, others: [button('note')] }
  const acts = viewer.isUnits
    ? unitActs(image)
    : viewer.windowId === null
      ? hallActs(image, viewer)
      : windowActs(image, viewer)
  const [main, ...others] = acts
  return { main: main ? button(main) : null, others: others.map(button) }
}

/** A unit answers what was passed to it. */
function unitActs({ state }: Contact): ContactAct[] {
  return state === 'passed' ? ['result', 'note'] : ['note']
}

function hallActs({ matter, reports, state }: Contact, { nobodys }: Viewer): ContactAct[] {
  if (state === 'passed') return ['result', 'report', 'passOn', 'note']
  const isByLeader = (nobodys?.by ?? 'leader') === 'leader'
  if (matter === 'nobodys' && isByLeader)
    return reports.length === 0 ? ['report', 'answer', 'note'] : ['passOn', 'answer', 'report', 'note']
  return ['answer', 'passOn', 'report', 'note']
}

const passable: ReadonlySet<Contact['matter']> = new Set(['voice', 'difficulty', 'repair'])

function windowActs(image: Contact, viewer: Viewer): ContactAct[] {
  const { asked, holder, first } = image
  if (asked?.windowId === viewer.windowId) return ['take', 'note']
  if (holder.windowId !== viewer.windowId) return isFirstBound(image) ? ['reach', 'answer', 'note'] : ['note']
  if (image.state === 'passed') return ['result', 'reach', ...colleague(image, viewer), 'note']
  return [...ownActs(image, viewer), ...colleague(image, viewer), ...fresh(image, first.actorId === viewer.actorId)]
}

/** What the window that has it does, the likeliest first. */
function ownActs(image: Contact, viewer: Viewer): ContactAct[] {
  const { matter, asked, finding } = image
  if (asked) return ['reach', 'answer', 'handOn', 'note']
  if (matter === 'emergency') return ['answer', 'report', 'reach', 'note']
  if (matter === 'nobodys') return nobodysActs(image, viewer)
  const find: ContactAct[] = finding ? [] : ['find']
  if (passable.has(matter)) return ['passOn', 'answer', 'report', 'handOn', ...find, 'note']
  const rest: ContactAct[] = ['handOn', 'guide', 'becomeCase', ...find, 'note']
  return matter === 'own' && !finding ? ['solve', 'answer', ...rest] : ['answer', 'reach', ...rest]
}

/** 无主的事 as the hall's rule has it: reported to the leader, coordinated by the desk, or explained and guided. */
function nobodysActs({ reports }: Contact, { nobodys }: Viewer): ContactAct[] {
  if (nobodys?.by === 'guide') return ['guide', 'answer', 'handOn', 'find', 'note']
  if (nobodys?.by === 'desk')
    return nobodys.isDesk ? ['passOn', 'answer', 'report', 'note'] : ['handOn', 'answer', 'note']
  return reports.length === 0 ? ['report', 'answer', 'note'] : ['answer', 'report', 'note']
}

function colleague({ holder }: Contact, { actorId }: Viewer): ContactAct[] {
  return holder.actorId === actorId ? [] : ['take']
}

function fresh({ acts }: Contact, isOwn: boolean): ContactAct[] {
  return isOwn && acts.length === 1 ? ['void'] : []
}
