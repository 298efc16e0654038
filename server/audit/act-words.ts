import { actTitle, hasActWords } from '../../shared/act-words.ts'

/** The plain line of a log row: the act and what it was about; never a personal value. */
export const summaryOf = (type: string, about: string | null): string => {
  const word = hasActWords(type) ? actTitle(type) : type || '无法读懂的记录'
  return about === null || about === '' ? word : `${word} · ${about}`
}
