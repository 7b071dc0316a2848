import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTrialPush } from '../../server/certificates/trial-push-file.ts'
import { startLocalApns, type LocalApns } from './local-apns.ts'

/** A local APNs with the settings that point a server at it. */
export interface TrialApns extends LocalApns {
  /** APNS_HOST, APNS_PORT and APNS_CA. */
  readonly env: Readonly<Record<'APNS_HOST' | 'APNS_PORT' | 'APNS_CA', string>>
}

/**
 * Starts a local APNs on `port` (0: a free one) with certificates kept in `folder`, and writes its authority there as
 * a PEM file for the server to trust.
 * @throws when the port is taken or the folder cannot be written
 */
export async function startTrialApns(folder: string, port: number): Promise<TrialApns> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { authority, server } = await openTrialPush(join(folder, 'local-apns.json'), {
    now: () => new Date(Date.now()),
    randomBytes,
  })
  const authorityFile = join(folder, 'local-apns.pem')
  await writeFile(authorityFile, authority.toString())
  const apns = await startLocalApns({
    certificate: server.certificate.toString(),
    key: server.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    port,
  })
  const env = { APNS_HOST: apns.host, APNS_PORT: String(apns.port), APNS_CA: authorityFile }
  return { ...apns, env }
}
