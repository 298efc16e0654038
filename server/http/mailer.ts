import { createTransport } from 'nodemailer'
import type { MailSettings } from '../settings.ts'
import type { Mailer } from './env.ts'

/** A mail server may look at a letter for minutes before it says that it has it (RFC 5321, 4.5.3.2). */
const patience = { connectionTimeout: 10_000, greetingTimeout: 30_000, socketTimeout: 300_000 }
/** Letters are ours: no file and no page of elsewhere goes into one, whatever is written in it. */
const closed = { disableFileAccess: true, disableUrlAccess: true }

/** A letter did not go out; says nothing of whom it was for (T13). */
export class NotSent extends Error {
  override readonly name = 'NotSent'
  readonly code: string
  /** The mail server is there, and said no to this letter. */
  readonly isAnswered: boolean

  constructor({ code, responseCode }: SmtpError) {
    super('not sent')
    this.code = [code, responseCode].filter(Boolean).join(' ')
    this.isAnswered = typeof responseCode === 'number'
  }
}

interface SmtpError {
  readonly code?: unknown
  readonly command?: unknown
  readonly response?: unknown
  readonly responseCode?: unknown
}

/** The address itself is bad for good (RFC 3463, 5.1.x); other refusals at this point may be the server's own trouble. */
const isBadAddress = ({ command, response }: SmtpError): boolean =>
  command === 'RCPT TO' && typeof response === 'string' && /^55\d[ -]5\.1\.\d/.test(response)

/** Opens the way to the mail server; it is reached when the first letter goes out. */
export const openMailer = ({ smtpUrl, from, publicUrl }: MailSettings): Mailer => {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 2, ...patience, ...closed })
  const host = new URL(publicUrl).hostname
  const stop = new AbortController()
  return {
    publicUrl,
    send: async ({ id, to, fromName, subject, text, endUrl }) => {
      try {
        await transport.sendMail({
          ...{ from: { name: fromName, address: from }, to: { name: '', address: to }, subject, text },
          ...{ messageId: `<${id}@${host}>`, headers: { 'Auto-Submitted': 'auto-generated' } },
          ...(endUrl === undefined ? {} : { list: { unsubscribe: endUrl } }),
          signal: stop.signal,
        })
        return true
      } catch (error) {
        if (isBadAddress(error as SmtpError)) return false
        throw new NotSent(error as SmtpError)
      }
    },
    close: () => {
      stop.abort()
      transport.close()
    },
  }
}
