import { z } from 'zod'
import { MailAsked } from '../../shared/wire/mail-follow.ts'
import { isSameSecret } from '../auth/index.ts'
import type { ServerKey } from '../db/hall-queries.ts'
import { proofOf } from '../sync/index.ts'

const confirmMs = 3 * 86_400_000

const Confirmation = MailAsked.extend({ askedAt: z.number() })
type Confirmation = z.infer<typeof Confirmation>

const proof = (key: ServerKey, use: 'confirm' | 'end', text: string): string =>
  proofOf(key, `mail ${use}`, text).toString('base64url')

/**
 * What a letter of confirmation bears: the address and the items, and our proof that we sent it there. So nothing of an
 * address that nobody confirms is ever stored.
 */
export const confirmToken = (key: ServerKey, asked: MailAsked, now: number): string => {
  const text = Buffer.from(JSON.stringify({ ...asked, askedAt: now })).toString('base64url')
  return `${text}.${proof(key, 'confirm', text)}`
}

/** What was asked for, or null when the token is not ours or too old. */
export const readConfirmToken = (key: ServerKey, token: string, now: number): Confirmation | null => {
  const [text = '', given = ''] = token.split('.')
  if (!isSameSecret(proof(key, 'confirm', text), given)) return null
  const { success, data } = Confirmation.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  return success && data.askedAt >= now - confirmMs ? data : null
}

/** What stands behind 不再接收 in every letter. */
export const endKey = (key: ServerKey, id: string): string => proof(key, 'end', id)

/** Whether it is the key of that subscription; takes as long for a wrong one. */
export const isEndKey = (key: ServerKey, id: string, given: string): boolean => isSameSecret(endKey(key, id), given)
