import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { MailAsked } from '../../shared/wire/mail-follow.ts'
import type { ServerKey } from '../db/hall-queries.ts'

const confirmMs = 3 * 86_400_000

const Confirmation = MailAsked.extend({ askedAt: z.number() })
type Confirmation = z.infer<typeof Confirmation>

const proof = ({ privateJwk }: ServerKey, use: 'confirm' | 'end', text: string): string => {
  if (!privateJwk.d) throw new Error('the hall has no private key')
  return createHmac('sha256', `mail ${use} ${privateJwk.d}`).update(text).digest('base64url')
}

const isSame = (right: string, given: string): boolean => {
  const [a, b] = [Buffer.from(right), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

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
  if (!isSame(proof(key, 'confirm', text), given)) return null
  const { success, data } = Confirmation.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  return success && data.askedAt >= now - confirmMs ? data : null
}

/** What stands behind 不再接收 in every letter. */
export const endKey = (key: ServerKey, id: string): string => proof(key, 'end', id)

/** Whether it is the key of that subscription; takes as long for a wrong one. */
export const isEndKey = (key: ServerKey, id: string, given: string): boolean => isSame(endKey(key, id), given)
