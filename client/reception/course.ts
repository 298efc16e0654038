import { actTitle } from '../../shared/act-words.ts'
import { formatMoment } from '../../shared/calendar/day.ts'
import type { Act } from '../../shared/core/kernel.ts'
import { roleLabel } from '../../shared/core/roles.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Contact } from '../../shared/reception/contact.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { OutcomeRow } from '../local/store.ts'
import { wordOf } from '../sync/marks.ts'
import type { IconName } from '../ui/icons.ts'
import type { SyncWord, TimelineEntry } from '../ui/types.ts'
import { contactTitle, said, wayWords } from './words.ts'

/** What the course is told with. */
export interface CourseTerms {
  profile: Profile | null
  outcomes: readonly OutcomeRow[]
  today: string
  deviceId: string
}

const icons: Readonly<Record<string, IconName>> = {
  ...{ open: 'person', answer: 'check-circle', result: 'check-circle', handOn: 'swap', take: 'swap', reach: 'phone' },
  ...{ guide: 'pin', report: 'up', passOn: 'arrow', find: 'search', becomeCase: 'list', note: 'doc', void: 'erase' },
}

interface Told {
  what: string
  detail?: string | undefined
}
type Say = (image: Contact, act: Act, names: (id: string | null) => string) => Told

const by = <Entry extends { by: { act: string } }>(list: readonly Entry[], act: Act): Entry | undefined =>
  list.find((entry) => entry.by.act === act.cmdId)

const words = (image: Contact, act: Act, list: string): string | undefined =>
  said(image, `${list}:${act.cmdId}`) || undefined

const say: Readonly<Record<string, Say>> = {
  open: (image) => ({
    what: `首问登记：${contactTitle(image)}${image.channel === 'phone' ? '（电话）' : ''}`,
    detail: said(image, 'text') || undefined,
  }),
  answer: (image, act) => {
    const answer = by(image.answers, act)
    return { what: answer?.how === 'solved' ? '已解决' : '已明确答复', detail: words(image, act, 'answers') }
  },
  result: (image, act) => ({
    what: `反馈结果（${wayWords[by(image.answers, act)?.told ?? ''] ?? ''}）`,
    detail: words(image, act, 'answers'),
  }),
  handOn: (image, act, names) => ({
    what: `转首问：${names(by(image.handOns, act)?.windowId ?? null)}`,
    detail: words(image, act, 'handOns'),
  }),
  take: (_image, act, names) => ({ what: `${act.actorName}接手（${names(act.windowId)}）` }),
  reach: (image, act) => {
    const reach = by(image.reaches, act)
    const way = wayWords[reach?.how ?? ''] ?? ''
    return {
      what: reach?.isReached ? `${way}联系上了` : `${way}联系，没有联系上`,
      detail: words(image, act, 'reaches'),
    }
  },
  guide: (image, act, names) => {
    const guide = by(image.guides, act)
    if (!guide) return { what: '指引' }
    if (guide.windowId !== null) return { what: `指引到${names(guide.windowId)}` }
    return { what: `指引：${guide.place}`, detail: guide.procedure }
  },
  report: (image, act) => ({
    what: `向${by(image.reports, act)?.to ?? '校领导'}汇报`,
    detail: words(image, act, 'reports'),
  }),
  passOn: (image, act, names) => ({
    what: `转交${names(by(image.passes, act)?.unitId ?? null)}办理`,
    detail: words(image, act, 'passes'),
  }),
  find: (image, act) => ({
    what: `要查明后告知${image.finding?.units.length ? `：${image.finding.units.join('、')}` : ''}`,
    detail: words(image, act, 'finding'),
  }),
  becomeCase: (image) => ({ what: '已收件，转为办件', detail: image.case?.caseNumber }),
  note: (image, act) => ({ what: '备注', detail: words(image, act, 'notes') }),
  void: (image) => ({ what: '登记有误，作废', detail: said(image, 'voided') || undefined }),
}

/** A window or a unit by its name. */
export function nameIn(profile: Profile | null, id: string | null): string {
  const named = [...(profile?.windows ?? []), ...(profile?.units ?? [])].find((one) => one.id === id)
  return named?.name ?? '对方'
}

/** The course of a first contact, newest first; own acts that did not stand are told too. */
export function contactCourse(image: Contact, terms: CourseTerms): TimelineEntry[] {
  const known = new Set(image.acts.map((act) => act.cmdId))
  const inside = image.acts.map((act) => ({ at: act.at, entry: entryOf(image, act, terms) }))
  const outside = terms.outcomes
    .filter((row) => !known.has(row.cmdId))
    .map((row) => ({ at: row.at, entry: outsideEntry(row, terms) }))
  return [...inside, ...outside]
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
    .reverse()
}

function entryOf(image: Contact, act: Act, { profile, outcomes, today, deviceId }: CourseTerms): TimelineEntry {
  const kind = act.type.replace('contact.', '')
  const { what, detail } = say[kind]?.(image, act, (id) => nameIn(profile, id)) ?? { what: actTitle(act.type) }
  const late = image.flags.filter((flag) => flag.act === act.cmdId).map(({ code, facts }) => sentenceOf(code, facts))
  const place = act.deviceId === deviceId ? '本机' : act.windowId === null ? '' : nameIn(profile, act.windowId)
  return {
    ...{
      id: act.cmdId,
      icon: icons[kind] ?? 'info',
      what,
      detail: [detail, ...late].filter(Boolean).join(' ') || undefined,
    },
    ...{ who: act.actorName, role: roleLabel(act.role, profile?.settings.roleWord.value ?? '角') },
    ...{ when: formatMoment(act.at, today), where: `${place}${act.online ? '' : ' · 离线'}` },
    mark: markOf(act, outcomes),
  }
}

function markOf(act: Act, outcomes: readonly OutcomeRow[]): SyncWord {
  const own = outcomes.find((row) => row.cmdId === act.cmdId)
  if (own?.open === 1) return '仅存本机'
  return act.outcome === 'merged' ? '已同步（已合并）' : '已同步'
}

function outsideEntry(row: OutcomeRow, { today }: CourseTerms): TimelineEntry {
  return {
    ...{ id: row.cmdId, icon: 'refuse', what: `${actTitle(row.type)}（没有生效）`, who: row.actorName },
    ...{ detail: row.code ? sentenceOf(row.code, row.detail ?? {}) : undefined, when: formatMoment(row.at, today) },
    ...{ where: '本机', mark: wordOf(row) },
  }
}
