import { createTransport } from 'nodemailer'
import type { MailSettings } from '../settings.ts'
import type { Mailer } from './env.ts'

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
/** Letters are ours: no file and no page of elsewhere goes into one, whatever is written in it. */
const closed = { disableFileAccess: true, disableUrlAccess: true }

/** The mail server said no, or nothing; says nothing of whom the letter was for (T13). */
class NotSent extends Error {
  override readonly name = 'NotSent'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

interface SmtpError {
  readonly code?: unknown
  readonly command?: unknown
  readonly responseCode?: unknown
}

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
          ...{ messageId: `<${id}@${host}>`, headers: { 'Auto-Submitted': 'auto-generated' }, ...closed },
          signal: stop.signal,
          ...(endUrl === undefined ? {} : { list: { unsubscribe: endUrl } }),
        })
        return true
      } catch (error) {
        const { code, command, responseCode } = error as SmtpError
        if (command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 550) return false
        throw new NotSent([code, responseCode].filter(Boolean).join(' '))
      }
    },
    close: () => {
      stop.abort()
      transport.close()
    },
  }
}
