import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type ExecutionContext } from 'ava'
import { type WebhookEvent } from '../../server/webhooks/webhook.ts'

export interface Heard {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: WebhookEvent
}

/** Another program that listens; its answer can be changed, or kept back for as long as the sender waits. */
export async function aReceiver(t: Pick<ExecutionContext, 'teardown'>) {
  const heard: Heard[] = []
  const answer: {
    status: number
    retryAfter?: string
    isSilent?: boolean
    /** What happens elsewhere before the answer goes out. */
    meanwhile?: () => Promise<unknown>
  } = { status: 204 }
  const receiver = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => (body += text))
    request.on('end', () => {
      heard.push({ headers: request.headers, body, event: JSON.parse(body) as WebhookEvent })
      if (answer.isSilent) return
      const { status, retryAfter, meanwhile } = answer
      const wait = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
      const reply = () => response.writeHead(status, { location: '/elsewhere', ...wait }).end()
      if (meanwhile) void meanwhile().then(reply)
      else reply()
    })
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    receiver.close()
    receiver.closeAllConnections()
  })
  return { heard, answer, url: `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/hook` }
}
