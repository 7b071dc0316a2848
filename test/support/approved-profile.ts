import { writePlist } from '../../profiles/plist/write-plist.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type ApiClient } from './api-client.ts'
import { created } from './hand-out.ts'
import { type Role } from '../../server/staff/rights.ts'

/** The identifier of the profile that `webClip` makes. */
export const clipIdentifier = 'se.example.ekeby.clip'

/** A profile with a web clip; `title` may hold variables, and what differs makes another version. */
export function webClip(title: string, identifier = clipIdentifier, more: PlistDictionary = {}): Uint8Array {
  return writePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    // The same for every version, as careless makers do.
    PayloadUUID: '00000000-0000-4000-8000-000000000001',
    PayloadDisplayName: 'Intranät',
    PayloadContent: [
      {
        PayloadType: 'com.apple.webClip.managed',
        PayloadVersion: 1,
        PayloadIdentifier: `${identifier}.1`,
        PayloadUUID: '00000000-0000-4000-8000-000000000002',
        Label: title,
        URL: 'https://ekeby.example.se/',
        ...more,
      },
    ],
  })
}

interface Installed {
  readonly url: string
  as(role: Role): Promise<ApiClient>
}

/** Two people who write and approve profiles on a server. */
export async function profileDesk(server: Installed) {
  const writer = await server.as('second-line')
  const admin = await server.as('admin')
  const policy = await created<{ id: string }>(writer, '/api/v1/policies', {
    title: 'Säkerhetspolicy',
    text: 'Lösenkod krävs.',
    checklist: [{ question: 'Raderas iPads?', answer: 'yes' }],
  })
  await ok(admin.post(`/api/v1/policies/${policy.id}/approve`))

  async function upload<T>(path: string, bytes: Uint8Array): Promise<T> {
    const response = await fetch(new URL(path, server.url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${writer.token ?? ''}`,
        'content-type': 'application/x-apple-aspen-config',
      },
      body: Buffer.from(bytes),
    })
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  const approve = (id: string, number: number) =>
    ok(admin.post(`/api/v1/profiles/${id}/versions/${number}/approve`, { policyId: policy.id }))

  return {
    admin,
    writer,
    approve,
    /** A new profile with an approved first version. */
    profile: async (name: string, bytes: Uint8Array): Promise<string> => {
      const { profile } = await upload<{ profile: { id: string } }>(
        `/api/v1/profiles?name=${encodeURIComponent(name)}`,
        bytes,
      )
      await approve(profile.id, 1)
      return profile.id
    },
    /** A further version, which nobody has approved. */
    draft: async (id: string, basedOn: number, bytes: Uint8Array): Promise<number> => {
      const { number } = await upload<{ number: number }>(
        `/api/v1/profiles/${id}/versions?basedOn=${basedOn}`,
        bytes,
      )
      return number
    },
  }
}

export type ProfileDesk = Awaited<ReturnType<typeof profileDesk>>

async function ok(answering: ReturnType<ApiClient['post']>): Promise<void> {
  const { status, body } = await answering
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
}
