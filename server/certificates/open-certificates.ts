import { type KeyObject } from 'node:crypto'
import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isIssuedBy } from '../../mdm/device-identity.ts'
import {
  makeIssuingAuthority,
  makeProfileSigner,
  makeRoot,
  type Authority,
  type Issuing,
} from '../../mdm/certificates/authority.ts'
import { type TrialPush } from '../../mdm/certificates/trial-push.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import {
  CertificateFilesError,
  createFile,
  identityText,
  prepareFolder,
  readIdentity,
  readIfThere,
  replaceFile,
  type Identity,
} from './certificate-files.ts'
import { ecKey, rsaKey } from './new-keys.ts'
import { createSecretBox, type SecretBox } from './secret-box.ts'
import { openTrialPush } from './trial-push-file.ts'

export interface Certificates extends SecretBox {
  readonly root: Authority
  /** Issues device certificates and speaks SCEP. */
  readonly issuing: Authority
  readonly profileSigner: Signer
  /** Stand-ins for Apple's push certificate and servers, made when first asked for and kept. */
  trialPush(): Promise<TrialPush>
}

export interface CertificateSettings {
  /** The data folder; everything lies in `certificates/` below it. */
  readonly folder: string
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
  /** ORNKOLL_SECRET_KEY: 32 bytes in hex or base64. Without it the key is made once and kept in `secret.key`. */
  readonly secretKey?: string | undefined
}

interface Room {
  readonly folder: string
  readonly settings: CertificateSettings
  /** Whether a first start went through: from then on a damaged file is an emergency, not a leftover. */
  readonly complete: boolean
}

const completeMark = 'complete'
const profileSignerRenewalDays = 180

/**
 * Root, issuing authority, profile signer and secret key of this installation, made at the first start. A start that
 * was interrupted while making them is taken up where it stopped; two at once agree on one set. Later a missing or
 * damaged file stops the start, since new keys would lock out every enrolled iPad and every stored secret.
 * Throws `CertificateFilesError`.
 */
export async function openCertificates(settings: CertificateSettings): Promise<Certificates> {
  const folder = join(settings.folder, 'certificates')
  await prepareFolder(folder)
  const complete = (await readIfThere(join(folder, completeMark))) !== undefined
  const room: Room = { folder, settings, complete }
  const issuing = (): Issuing => ({ now: settings.now(), randomBytes: settings.randomBytes })
  const secretKey = await openSecretKey(room)
  const [root, keys] = await Promise.all([
    openIdentity(room, 'root', async () => makeRoot(await ecKey(), issuing())),
    complete ? undefined : Promise.all([rsaKey(), rsaKey()]),
  ])
  const issuer = await openIdentity(
    room,
    'issuing',
    async () => makeIssuingAuthority(root, keys?.[0] ?? (await rsaKey()), issuing()),
    made => isIssuedBy(made.certificate, root.certificate),
  )
  const profileSigner = await openProfileSigner(room, root, async () => keys?.[1] ?? (await rsaKey()))
  if (!complete)
    await createFile(join(folder, completeMark), `${settings.now().toISOString()}\n`, unique(room))
  return {
    ...createSecretBox(secretKey, settings.randomBytes),
    root,
    issuing: issuer,
    profileSigner,
    trialPush: once(() => openTrialPush(join(folder, 'trial-push.json'), settings)),
  }
}

const unique = ({ settings }: Room): string => Buffer.from(settings.randomBytes(8)).toString('hex')

async function openIdentity(
  room: Room,
  name: string,
  make: () => Promise<Identity>,
  belongs: (identity: Identity) => boolean = () => true,
): Promise<Identity> {
  const path = join(room.folder, `${name}.pem`)
  for (;;) {
    const text = await readIfThere(path)
    const found = text === undefined ? undefined : readIdentity(text)
    if (found !== undefined && belongs(found)) {
      await chmod(path, 0o600)
      return found
    }
    if (room.complete) throw damaged(path, text)
    if (text !== undefined) await rm(path, { force: true })
    // Whoever comes second reads what the first made, so both go on with the same keys.
    await createFile(path, identityText(await make()), unique(room))
  }
}

const damaged = (path: string, text: string | undefined): CertificateFilesError =>
  new CertificateFilesError(
    `${path} is ${text === undefined ? 'missing' : 'damaged'}. Restore it from a backup: new keys would lock out every enrolled iPad.`,
  )

async function openProfileSigner(
  room: Room,
  root: Authority,
  newKey: () => Promise<KeyObject>,
): Promise<Signer> {
  const { now, randomBytes } = room.settings
  const make = async (): Promise<Signer> =>
    makeProfileSigner(root, await newKey(), { now: now(), randomBytes })
  // No iPad is bound to this one, so a missing or old signer is simply made anew.
  const signer = await openIdentity({ ...room, complete: false }, 'profile-signer', make, made =>
    isIssuedBy(made.certificate, root.certificate),
  )
  const left = signer.certificate.validToDate.getTime() - now().getTime()
  if (left > profileSignerRenewalDays * 86_400_000) return { ...signer, chain: [root.certificate] }
  const renewed = await make()
  await replaceFile(join(room.folder, 'profile-signer.pem'), identityText(renewed), unique(room))
  return renewed
}

async function openSecretKey(room: Room): Promise<Uint8Array> {
  const { secretKey, randomBytes } = room.settings
  if (secretKey !== undefined) return readSecretKey(secretKey, 'ORNKOLL_SECRET_KEY')
  const path = join(room.folder, 'secret.key')
  const text = await readIfThere(path)
  if (text !== undefined) {
    await chmod(path, 0o600)
    return readSecretKey(text.trim(), path)
  }
  if (room.complete) {
    throw new CertificateFilesError(
      `${path} is missing. Restore it from a backup, or give ORNKOLL_SECRET_KEY.`,
    )
  }
  await createFile(path, `${Buffer.from(randomBytes(32)).toString('hex')}\n`, unique(room))
  return openSecretKey(room)
}

function readSecretKey(text: string, from: string): Uint8Array {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64')
  if (key.length !== 32) throw new CertificateFilesError(`${from} must hold 32 bytes in hex or base64.`)
  return key
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
