import { type Server } from '@hapi/hapi'
import { type LivedIn } from './lived-in.ts'
import { type TestServer } from './server.ts'

const crumb = 'c'.repeat(43)

export type Fields = readonly (readonly [name: string, value: string])[]

export interface Called {
  readonly status: number
  readonly text: string
  readonly isPage: boolean
  readonly requestId: string
}

/** One look at `path`, or `fields` sent there as its form would, by whoever has this token; without `withCrumb` forged. */
export async function callPage(
  { url }: Pick<TestServer, 'url'>,
  path: string,
  { token, fields, withCrumb = true, asFile = false }: Call,
): Promise<Called> {
  const answer = await fetch(new URL(path, url), {
    redirect: 'manual',
    headers: { authorization: `Bearer ${token}`, cookie: `crumb=${crumb}` },
    ...(fields && {
      method: 'POST',
      body: bodyOf(withCrumb ? [['crumb', crumb], ...fields] : fields, asFile),
    }),
  })
  const type = answer.headers.get('content-type') ?? ''
  return {
    status: answer.status,
    text: await answer.text(),
    isPage: type.startsWith('text/html'),
    requestId: answer.headers.get('x-request-id') ?? '',
  }
}

interface Call {
  readonly token: string
  readonly fields?: Fields
  readonly withCrumb?: boolean
  readonly asFile?: boolean
}

function bodyOf(fields: Fields, asFile: boolean): URLSearchParams | FormData {
  const body = asFile ? new FormData() : new URLSearchParams()
  for (const [name, value] of fields) body.append(name, value)
  return body
}

interface PageRoute {
  readonly pattern: string
  /** The pattern with things of the organisation in it. */
  readonly path: string
  /** It reads a form that may hold a file. */
  readonly asFile: boolean
}

/** Every address of the door that people use with this method, by the routing table. */
export function pageRoutes(door: Server, wanted: 'get' | 'post', of: LivedIn): PageRoute[] {
  return door
    .table()
    .filter(
      ({ method, path }) => method === wanted && !/^\/(api|assets|health|metrics|live)(\/|$)/.test(path),
    )
    .map(({ path: pattern, settings }) => ({
      pattern,
      path: filled(pattern, of),
      asFile: Boolean(settings.payload?.multipart),
    }))
}

const things: readonly (readonly [RegExp, (of: LivedIn) => string])[] = [
  [/^\/bodies\//, of => of.body],
  [/^\/costs\/keys\//, of => of.key],
  [/^\/costs\/lines\//, of => of.line],
  [/^\/costs\/of\//, of => of.body],
  [/^\/devices\//, of => of.lent],
  [/^\/hand-out\//, of => of.loan],
  [/^\/import\/people\//, of => of.upload],
  [/^\/import\/devices\//, of => of.deviceUpload],
  [/^\/jobs\//, of => of.waitingJob],
  [/^\/people\//, of => of.person],
  [/^\/profiles\/policies\//, of => of.policy],
  [/^\/profiles\/new\//, () => 'byod'],
  [/^\/profiles\/\{id\}/, of => of.profile],
  [/^\/returns\//, of => of.loan],
  [/^\/settings\/staff\//, of => of.colleague],
  [/^\/settings\/terms\//, of => of.terms],
  [/^\/settings\/webhooks\//, of => of.webhook],
  [/^\/theft\//, of => of.theft],
]

/** The pattern with the first thing of its kind; another part is a person beside the first, or a number. */
function filled(pattern: string, of: LivedIn): string {
  const [, thing] = things.find(([where]) => where.test(pattern)) ?? []
  const parts: Readonly<Record<string, string | undefined>> = {
    id: thing?.(of),
    template: 'byod',
    otherId: of.brief,
    number: '1',
    index: '0',
    kind: 'profile',
    contentId: of.profile,
  }
  return pattern.replaceAll(/\{(\w+)\*?\}/g, (_, name: string) => parts[name] ?? 'nobody')
}
