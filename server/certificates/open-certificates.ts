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

interface CertificateSettings {
  /** The data folder; everything is stored in `certificates/` below it. */
  readonly folder: string
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
  /** ORNKOLL_SECRET_KEY: 64 hexadecimal digits. Without it the key is made once and kept in `secret.key`. */
  readonly secretKey?: string | undefined
  /** ORNKOLL_SECRET_KEY_OLD: the previous key, which opens what was sealed with it. */
  readonly oldSecretKey?: string | undefined
}

interface Room {
  readonly folder: string
  readonly settings: CertificateSettings
  /** Whether a first start went through: from then on a damaged file is an emergency, not a leftover. */
  readonly complete: boolean
}

const completeMark = 'complete'
const secretKeyFile = 'secret.key'
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
  const [secretKey, ...olderKeys] = await openSecretKeys(room)
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
    ...createSecretBox(secretKey, settings.randomBytes, olderKeys),
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

/** The key that seals, and those that only open: while a rotation was interrupted. */
type SecretKeys = readonly [Uint8Array, ...Uint8Array[]]

async function openSecretKeys(room: Room): Promise<SecretKeys> {
  const { secretKey, oldSecretKey, randomBytes } = room.settings
  if (secretKey !== undefined) {
    const older = oldSecretKey === undefined ? [] : [readSecretKey(oldSecretKey, 'ORNKOLL_SECRET_KEY_OLD')]
    return [readSecretKey(secretKey, 'ORNKOLL_SECRET_KEY'), ...older]
  }
  const path = join(room.folder, secretKeyFile)
  const text = await readIfThere(path)
  if (text !== undefined) {
    await chmod(path, 0o600)
    const [first = '', ...older] = text.trim().split('\n')
    return [readSecretKey(first, path), ...older.map(line => readSecretKey(line, path))]
  }
  if (room.complete) {
    throw new CertificateFilesError(
      `${path} is missing. Restore it from a backup, or give ORNKOLL_SECRET_KEY.`,
    )
  }
  await createFile(path, `${Buffer.from(randomBytes(32)).toString('hex')}\n`, unique(room))
  return openSecretKeys(room)
}

/** Puts `keys` in the place of the kept ones; the first seals, the others only open. */
async function keepSecretKeys(room: Room, keys: readonly Uint8Array[]): Promise<void> {
  const lines = keys.map(key => `${Buffer.from(key).toString('hex')}\n`)
  await replaceFile(join(room.folder, secretKeyFile), lines.join(''), unique(room))
}

const roomOf = (settings: CertificateSettings): Room => ({
  folder: join(settings.folder, 'certificates'),
  settings,
  complete: true,
})

/**
 * The first half of a change of the key: a new key that seals from now on, beside the previous one, which opens. An
 * interrupted change is continued. With a key from the environment the environment holds both already.
 * @throws {CertificateFilesError} when ORNKOLL_SECRET_KEY is given without the previous key
 */
export async function beginKeyChange(settings: CertificateSettings): Promise<SecretBox> {
  const room = roomOf(settings)
  const [current, ...older] = await openSecretKeys(room)
  if (settings.secretKey !== undefined) {
    if (older.length > 0) return createSecretBox(current, settings.randomBytes, older)
    throw new CertificateFilesError(
      'Give the key before as ORNKOLL_SECRET_KEY_OLD, the new one as ORNKOLL_SECRET_KEY.',
    )
  }
  if (older.length > 0) return createSecretBox(current, settings.randomBytes, older)
  const fresh = settings.randomBytes(32)
  await keepSecretKeys(room, [fresh, current])
  return createSecretBox(fresh, settings.randomBytes, [current])
}

/** The second half, when nothing is sealed with the key before any more: it is forgotten. */
export async function endKeyChange(settings: CertificateSettings): Promise<void> {
  if (settings.secretKey !== undefined) return
  const room = roomOf(settings)
  const [current] = await openSecretKeys(room)
  await keepSecretKeys(room, [current])
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
