import { type TestServer } from '../support/server.ts'
import { type Role } from '../../server/staff/rights.ts'
import { systemActor } from '../../server/staff/actor.ts'

interface Seen {
  readonly status: number
  readonly html: string
  readonly headers: Headers
  /** Where it leads when it is a redirect. */
  readonly location: string | null
}

/** A person with a browser that keeps cookies and fills in forms, without scripts. */
export interface Visitor {
  see(path: string): Promise<Seen>
  /** Sends a form with the crumb that the browser holds, unless `fields` brings its own. */
  send(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Seen>
  /** Sends JSON to the API, as a script of a page would. */
  patch(path: string, body: object): Promise<Seen>
  post(path: string, body: object): Promise<Seen>
  /** Sends a form with one file, in the field `file` or the one that is named. */
  sendFile(
    path: string,
    file: Uint8Array,
    fields: Readonly<Record<string, string>>,
    field?: string,
  ): Promise<Seen>
}

/** Somebody at the door of `server`, reading `language`, signed in as nobody. */
export function visitor(server: Pick<TestServer, 'url'>, language: 'sv' | 'en' = 'en'): Visitor {
  const cookies = new Map<string, string>([['language', language]])

  async function ask(
    path: string,
    init: RequestInit = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, server.url), {
      ...init,
      redirect: 'manual',
      headers: { ...headers, cookie },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const html = await response.text()
    return {
      status: response.status,
      html,
      headers: response.headers,
      location: response.headers.get('location'),
    }
  }

  return {
    see: path => ask(path),
    send: (path, fields, headers) => {
      const body = new URLSearchParams({ crumb: cookies.get('crumb') ?? '' })
      for (const [name, value] of Object.entries(fields)) {
        body.delete(name)
        for (const one of [value].flat()) body.append(name, one)
      }
      return ask(path, { method: 'POST', body }, headers)
    },
    patch: (path, body) => ask(path, { method: 'PATCH', body: JSON.stringify(body) }, json),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }, json),
    sendFile: (path, file, fields, field = 'file') => {
      const body = new FormData()
      body.append('crumb', cookies.get('crumb') ?? '')
      for (const [name, value] of Object.entries(fields)) body.append(name, value)
      body.append(field, new Blob([new Uint8Array(file)]), 'test.mobileconfig')
      return ask(path, { method: 'POST', body })
    },
  }
}

const json = { 'content-type': 'application/json' } as const
const password = 'fyra korta vanliga ord'

/** Somebody who is signed in with these roles. */
export async function signedIn(
  server: TestServer,
  roles: readonly Role[],
  { language = 'en', name = 'Karin Dahl' }: { language?: 'sv' | 'en'; name?: string } = {},
): Promise<Visitor> {
  const email = `${roles.join('.')}.${name.toLowerCase().replaceAll(' ', '.')}@${server.organisationId}.se`
  const actor = systemActor(server.organisationId)
  await server.ornkoll.staff.add(actor, { name, email, password, language, roles })
  const person = visitor(server, language)
  await person.see('/sign-in')
  await person.send('/sign-in', { email, password })
  return person
}

/** The screen comes back from a borrower, and whoever is signed in says that they have it. */
export async function backAtDesk(person: Visitor): Promise<void> {
  const { status } = await person.send('/confirm', { confirmTo: '/hand-out', confirmPassword: password })
  if (status !== 303) throw new Error(`Not back at the desk: ${status}`)
}

/** The text of every element `tag`, without inner tags, blanks joined. */
export function textsOf(html: string, tag: string): string[] {
  const found = html.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>(.*?)</${tag}>`, 'gs'))
  return [...found].map(([, inner = '']) =>
    inner
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

/** Somebody at an account of the second line that `opener`, an administrator, made and let themselves into. */
export async function atAccountOpenedBy(opener: Visitor, server: TestServer): Promise<Visitor> {
  const account = { name: 'Lars Ek', email: `lars.ek@${server.organisationId}.se`, roles: ['second-line'] }
  const made = await opener.post('/api/v1/staff', account)
  const { passwordLink } = JSON.parse(made.html) as { passwordLink: { url: string } }
  const { pathname } = new URL(passwordLink.url)
  const opened = visitor(server)
  await opened.see(pathname)
  await opened.send(pathname, { password })
  await opened.see('/sign-in')
  const { status } = await opened.send('/sign-in', { email: account.email, password })
  if (status !== 303) throw new Error(`Not signed in: ${String(status)}`)
  return opened
}
