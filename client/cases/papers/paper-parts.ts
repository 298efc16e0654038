import { explainerOf, explainerWords } from '../../../shared/catalogue/index.ts'
import { beganWords } from '../kind-words.ts'
import { appealWords, windowWords } from './hall-words.ts'
import { withSample, type PaperBody, type PaperFacts } from './paper-facts.ts'

/** A headed paragraph of a paper. */
export type Section = PaperBody['sections'][number]

/** A section, when there is anything to say in it. */
export const some = (label: string, text: string | false | null | undefined): Section[] =>
  text ? [{ label, text }] : []
/** A sentence ends with its mark. */
export const stop = (text: string): string => (/[。！？]$/.test(text) ? text : `${text}。`)

/** What every paper ends with: who explains, and where to turn. */
export function tail({ item, profile }: PaperFacts): Section[] {
  return [
    { label: '谁来解释', text: stop(withSample(explainerWords(explainerOf(item, profile)), item, 'explainer')) },
    { label: '有不同意见', text: stop(appealWords(profile)) },
  ]
}

/** What the student asked for, and where. */
export function askedFor({ image, item, profile }: PaperFacts): string {
  const window = profile.windows.find((entry) => entry.id === image.windowId)
  return `你在${window?.name ?? '本窗口'}申请办理“${item.name}”（${item.code}）`
}

/** The papers the window holds. */
export function givenNames({ image, item }: PaperFacts): string {
  return item.materials
    .filter((line) => image.materials[line.id]?.state === 'present')
    .map((line) => line.name)
    .join('、')
}

/** Standard and basis of the charge, as the sheet has them. */
export function chargeWords({ item }: PaperFacts): string {
  const { charge } = item
  const words = charge ? `${charge.standard}（依据：${charge.basis}）` : '不收费'
  return withSample(words, item, 'charge')
}

/** The window that has the case now, by name and place: a case that was handed over is asked after there. */
export function atWindow({ image, item, profile }: PaperFacts): string {
  return windowWords({ ...item, windowId: image.windowId || item.windowId }, profile)
}

/** Where the matter began, with the number it has there (NBU-8). */
export function beganSection({ image: { began } }: PaperFacts): Section[] {
  return began ? [{ label: beganWords[began.by], text: `${began.number}（用这个号也能查到本件）。` }] : []
}
