import type { Case } from '../../shared/cases/index.ts'
import { awaitsReceipt, isEnded, pendingTransfer } from '../../shared/cases/index.ts'
import type { DayClose } from '../../shared/limits/index.ts'
import { isContactEnded, type Contact, type ContactRecord } from '../../shared/reception/index.ts'

/** One matter without its outcome, whichever record it stands in. */
export interface OpenMatter {
  about: 'case' | 'contact'
  id: string
  number: string
  title: string
  /** What is lacking, in words. */
  lacks: string
  owner: { actorId: string; actorName: string }
  windowId: string
  receivedAt: number
  href: string
}

/** Open cases and first contacts, as lists of the tablet hold them. */
export interface OpenRecords {
  cases: readonly Case[]
  contacts: readonly ContactRecord[]
}

const caseMatter = (image: Case, lacks: string): OpenMatter => ({
  ...{ about: 'case', id: image.id, number: image.number, title: image.itemName, lacks },
  owner: { actorId: image.handler.actorId, actorName: image.handler.actorName },
  ...{ windowId: image.windowId, receivedAt: image.receivedAt, href: `/cases/${image.id}` },
})

const contactMatter = (image: Contact, lacks: string): OpenMatter => ({
  ...{ about: 'contact', id: image.id, number: image.number, lacks },
  title: image.item ? `首问：${image.item.name}` : '首问',
  owner: { actorId: image.first.actorId, actorName: image.first.actorName },
  ...{ windowId: image.first.windowId ?? '', receivedAt: image.receivedAt, href: `/reception/${image.id}` },
})

/** Received and nothing said since: not concluded, promised, noticed, refused or handed on (SSC-21). */
function isCaseUnsettled(image: Case): boolean {
  return image.state === 'open' && image.promise === null && !pendingTransfer(image)
}

/** Neither answered nor with a day for the reply; handed over but taken by nobody, it is still the first person's. */
function isContactUnsettled(image: Contact): boolean {
  return (image.state === 'open' || image.state === 'handing') && image.replyOn === null
}

const isMatter = (image: ContactRecord): image is Contact => image.form === 'matter'

/** What of the day is not settled at a window, the oldest first (SSC-21). */
export function unsettledAt({ cases, contacts }: OpenRecords, windowId: string): OpenMatter[] {
  const open = cases.filter((image) => image.windowId === windowId && isCaseUnsettled(image))
  const asked = contacts.filter(isMatter).filter((image) => image.first.windowId === windowId)
  return [
    ...open.map((image) => caseMatter(image, lackOf(image))),
    ...asked.filter(isContactUnsettled).map((image) => contactMatter(image, contactLack(image))),
  ].sort((a, b) => a.receivedAt - b.receivedAt)
}

function lackOf(image: Case): string {
  if (awaitsReceipt(image)) return '等缴费回执，还没办结'
  return image.itemKind === 'instant' ? '即办件，还没办结' : '还没受理、告知或不予办理'
}

const contactLack = ({ state }: Contact): string => (state === 'handing' ? '已移交，还没有人接' : '还没答复')

const courseWords: Partial<Record<Case['state'], string>> = {
  waiting: '等学生补正',
  paused: '中止中',
  disputed: '两处结果不一致，等裁决',
}

/** 件件有着落，事事有回音 (REF-SU3): everything without an outcome and a reply, the oldest first. */
export function withoutOutcome({ cases, contacts }: OpenRecords): OpenMatter[] {
  const open = cases.filter((image) => !isEnded(image.state))
  const asked = contacts.filter(isMatter).filter((image) => !isContactEnded(image))
  return [
    ...open.map((image) => caseMatter(image, courseOf(image))),
    ...asked.map((image) => contactMatter(image, replyWords(image))),
  ].sort((a, b) => a.receivedAt - b.receivedAt)
}

function courseOf(image: Case): string {
  if (pendingTransfer(image)) return '转办中，还没有人接'
  return courseWords[image.state] ?? (image.promise ? `已承诺 ${image.promise.on}` : lackOf(image))
}

function replyWords(image: Contact): string {
  if (image.replyOn !== null) return `答应 ${image.replyOn} 前回复`
  return contactLack(image)
}

/** Whether nothing has been said to the person yet: no promise, no notice, no day for the reply. */
export function isUnanswered(matter: OpenMatter, records: OpenRecords): boolean {
  if (matter.about === 'case') {
    const image = records.cases.find(({ id }) => id === matter.id)
    return image !== undefined && isCaseUnsettled(image)
  }
  const image = records.contacts.find(({ id }) => id === matter.id)
  return image !== undefined && isMatter(image) && isContactUnsettled(image)
}

/** Whether a person has answered today for each of these matters of theirs. */
export function isAnswered(
  matters: readonly OpenMatter[],
  closes: readonly DayClose[],
  { personId, today }: { personId: string; today: string },
): boolean {
  const own = closes.filter((close) => close.on === today && close.person.actorId === personId)
  const answered = new Set(own.flatMap(({ left }) => left.filter(({ answer }) => answer !== null).map(({ id }) => id)))
  return matters.every(({ id, owner }) => owner.actorId !== personId || answered.has(id))
}
