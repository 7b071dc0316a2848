import { hash, X509Certificate, type KeyObject } from 'node:crypto'
import { readCertsOnly } from '../../profiles/cms/certs-only.ts'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { askForCertificate, readReply } from '../../mdm/scep/scep-client.ts'
import { type ScepSettings } from './enrolment-profile.ts'
import { type Transport } from './transport.ts'
import { SimulationError } from './simulation-error.ts'

interface ScepPorts {
  readonly transport: Transport
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
}

/**
 * The identity certificate that the profile's authority gives for `key`, by SCEP as iPadOS speaks it: GetCACert,
 * GetCACaps, then PKIOperation by POST where that is announced.
 * @throws {SimulationError} when the authority refuses or answers something else
 */
export async function requestIdentity(scep: ScepSettings, key: KeyObject, ports: ScepPorts): Promise<Signer> {
  const { transport, now, randomBytes } = ports
  const address = (query: string) => `${scep.url}?${query}`
  const name = scep.name === undefined ? '' : `&message=${encodeURIComponent(scep.name)}`
  const authority = readAuthority(await transport.get(address(`operation=GetCACert${name}`)))
  checkFingerprint(authority, scep.authorityFingerprint)
  const told = await transport.get(address('operation=GetCACaps'))
  const capabilities = Buffer.from(told.body).toString('latin1').split(/\s+/)
  const can = (what: string) => capabilities.some(each => each.toLowerCase() === what.toLowerCase())
  const pending = askForCertificate({
    authority,
    key,
    subject: scep.subject,
    challenge: scep.challenge,
    cipher: can('AES') || can('SCEPStandard') ? 'aes-128-cbc' : 'des-ede3-cbc',
    digest: can('SHA-256') || can('SCEPStandard') ? 'sha256' : 'sha1',
    now: now(),
    randomBytes,
  })
  const answer = can('POSTPKIOperation')
    ? await transport.post(address('operation=PKIOperation'), pending.message, 'application/x-pki-message')
    : await transport.get(address(`operation=PKIOperation&message=${base64Parameter(pending.message)}`))
  const reply = readReply(answer.body, pending)
  if (reply.status !== 'issued')
    throw new SimulationError(
      reply.status === 'refused'
        ? `The authority refused the certificate: ${reply.failInfo}.`
        : 'The authority keeps the certificate waiting.',
    )
  return { certificate: reply.certificate, chain: [], key }
}

function readAuthority({ contentType, body }: { contentType: string; body: Uint8Array }): X509Certificate {
  if (contentType === 'application/x-x509-ca-cert') return new X509Certificate(body)
  if (contentType !== 'application/x-x509-ca-ra-cert')
    throw new SimulationError(`GetCACert answered ${contentType || 'no content type'}.`)
  const [first] = readCertsOnly(body)
  if (!first) throw new SimulationError('GetCACert answered without a certificate.')
  return first
}

/** The profile names the authority, so that nobody in between can put another in its place. */
function checkFingerprint(authority: X509Certificate, expected: Uint8Array | undefined): void {
  if (expected && Buffer.compare(hash('sha1', authority.raw, 'buffer'), expected) !== 0)
    throw new SimulationError('GetCACert gave another authority than the profile names.')
}

const base64Parameter = (message: Uint8Array): string =>
  encodeURIComponent(Buffer.from(message).toString('base64'))
