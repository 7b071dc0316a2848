// As a whole, so that nothing of it is loaded for its type alone.
import type { Transporter } from 'nodemailer'
import { type Config } from '../config.ts'
import { type SendLetter } from './mail.ts'

const patienceMs = 20_000

/**
 * Letters by SMTP. With `starttls` and `tls` the server has to show a certificate that is trusted, and nothing is sent
 * without encryption. The library is loaded with the first letter.
 */
export function createSmtpMail(settings: NonNullable<Config['mail']>): SendLetter {
  const { host, port, security, user, password, from } = settings
  let transport: Promise<Transporter> | undefined
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      disableFileAccess: true,
      disableUrlAccess: true,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    })
  }
  const domain = from.split('@').at(-1)?.replace(/>.*/, '') ?? host
  return async ({ id, to, subject, text }) => {
    transport ??= open()
    const headers = { 'Auto-Submitted': 'auto-generated' }
    await (await transport).sendMail({ from, to, subject, text, headers, messageId: `<${id}@${domain}>` })
  }
}
