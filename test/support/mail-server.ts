import { type AddressInfo } from 'node:net'
import { type ExecutionContext } from 'ava'
import { SMTPServer } from 'smtp-server'

interface TestMailServer {
  /** The settings under which Örnkoll mails through it. */
  readonly env: Readonly<Record<string, string>>
  /** Letters as they arrived, with their headers. */
  readonly letters: string[]
  /** How many of the next letters are refused for now, as a busy mail server does. */
  readonly refuse: (count: number) => void
}

/** A real SMTP server on a free port, gone when the test ends. Its certificate is one that nobody trusts. */
export async function startMailServer(
  t: Pick<ExecutionContext, 'teardown'>,
  security: 'none' | 'starttls' = 'none',
): Promise<TestMailServer> {
  const letters: string[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: security === 'none' ? ['STARTTLS', 'AUTH'] : ['AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const isRefused = refusals > 0
        if (isRefused) refusals -= 1
        else letters.push(Buffer.concat(chunks).toString('utf8'))
        done(isRefused ? Object.assign(new Error('Busy, come again'), { responseCode: 451 }) : undefined)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  t.teardown(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
      }),
  )
  const { port } = server.server.address() as AddressInfo
  return {
    letters,
    refuse: count => (refusals = count),
    env: {
      ORNKOLL_MAIL_HOST: '127.0.0.1',
      ORNKOLL_MAIL_PORT: String(port),
      ORNKOLL_MAIL_SECURITY: security,
      ORNKOLL_MAIL_FROM: 'Örnkoll <ornkoll@ekeby.example>',
    },
  }
}
