import { X509Certificate } from 'node:crypto'
import Joi from 'joi'
import { isIssuedBy } from '../../mdm/device-identity.ts'
import { PushCertificateError, readPemPushCertificate } from '../../mdm/certificates/push-certificate.ts'
import { makeTrialPush, type TrialPush } from '../../mdm/certificates/trial-push.ts'
import { identityText, readIdentity, readIfThere, replaceFile } from './certificate-files.ts'
import { ecKey, rsaKey } from './new-keys.ts'

interface TrialFile {
  readonly authority: string
  readonly push: string
  readonly server: string
}

const fileForm = Joi.object<TrialFile>({
  authority: Joi.string().required(),
  push: Joi.string().required(),
  server: Joi.string().required(),
})

interface Needs {
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
}

const renewalMs = 30 * 86_400_000

/**
 * The trial push set kept in the file, or a new one. It protects nothing, so what is damaged is made anew; but the
 * topic of a set that has only grown old is kept, since the simulated iPads are enrolled with it.
 */
export async function openTrialPush(path: string, { now, randomBytes }: Needs): Promise<TrialPush> {
  const found = readTrialPush(await readIfThere(path))
  if (found !== undefined && found.push.notAfter.getTime() - now().getTime() > renewalMs) return found
  const topic = found?.push.topic ?? `com.apple.mgmt.External.${uuid(randomBytes(16))}`
  const [authority, push, server] = await Promise.all([ecKey(), rsaKey(), ecKey()])
  const made = makeTrialPush({ authority, push, server }, topic, { now: now(), randomBytes })
  await replaceFile(path, writeTrialPush(made), Buffer.from(randomBytes(8)).toString('hex'))
  return made
}

function writeTrialPush({ authority, push, server }: TrialPush): string {
  const file: TrialFile = {
    authority: authority.toString(),
    push: identityText(push),
    server: identityText(server),
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

function readTrialPush(text: string | undefined): TrialPush | undefined {
  if (text === undefined) return undefined
  try {
    const file = Joi.attempt<typeof fileForm>(JSON.parse(text), fileForm)
    const authority = new X509Certificate(file.authority)
    const server = readIdentity(file.server)
    if (server === undefined || !isIssuedBy(server.certificate, authority)) return undefined
    return { authority, push: readPemPushCertificate(file.push, undefined), server }
  } catch (cause) {
    if (cause instanceof SyntaxError || Joi.isError(cause) || cause instanceof PushCertificateError)
      return undefined
    if (cause instanceof Error && 'code' in cause) return undefined
    throw cause
  }
}

/** UUID version 4 (RFC 9562) from 16 random bytes. */
function uuid(random: Uint8Array): string {
  const bytes = Buffer.from(random)
  bytes[6] = ((random[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((random[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
