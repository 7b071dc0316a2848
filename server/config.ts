import { resolve } from 'node:path'
import Joi from 'joi'
import { readTrustedProxies, type TrustedProxies } from './http/trusted-proxies.ts'

type ServerRole = 'all' | 'device' | 'staff' | 'worker'

export interface Config {
  readonly host: string
  readonly port: number
  /** Public base address without a trailing slash, for profiles, links and QR codes. Unset: where the server listens. */
  readonly publicUrl: string | undefined
  /** Absolute path of the folder that holds database, certificates and keys. */
  readonly dataFolder: string
  /** Unset: the embedded database in the data folder. */
  readonly mongodbUri: string | undefined
  readonly role: ServerRole
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined
  /** Whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: TrustedProxies
  /** Where pushes go: Apple's service unless another one is named. */
  readonly apns: { readonly host: string; readonly port: number; readonly caFile: string | undefined }
  readonly secretKey: string | undefined
  /** The previous key; opens what has not been sealed with the new one yet. */
  readonly oldSecretKey: string | undefined
  /** Old SCEP clients encrypt with single DES, which anybody can break today: for trying such a client only. */
  readonly scepSingleDes: 'refused' | 'accepted'
  /** `GET /metrics`: closed, open to everybody who reaches it, or with a token. */
  readonly metrics: { readonly open: boolean; readonly token: string | undefined }
  /**
   * Whether webhooks may go to the server's own network, and without encryption; otherwise only https on the internet.
   */
  readonly privateWebhooks: 'refused' | 'accepted'
  /** The same for the providers of single sign-on: a municipality's own is often in its own network. */
  readonly privateProviders: 'refused' | 'accepted'
  /** Milliseconds that a roll-out rests between two iPads. */
  readonly rolloutPauseMs: number
  /** How people are mailed; unset: they are not. */
  readonly mail: MailSettings | undefined
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

interface MailSettings {
  readonly host: string
  readonly port: number
  /** `starttls` and `tls` want a certificate that is trusted; `none` is for a server on the same machine. */
  readonly security: 'starttls' | 'tls' | 'none'
  readonly user: string | undefined
  readonly password: string | undefined
  readonly from: string
}

/** A setting that cannot be used. The message is one line: the variable and what it should be, never its value. */
export class ConfigError extends Error {}

const appleHost = 'api.push.apple.com'

const settings = Joi.object<Settings, true>({
  PORT: Joi.number().integer().min(0).max(65_535).default(8080).label('a port number from 0 to 65535'),
  HOST: Joi.string().default('127.0.0.1').label('an address to listen on, such as 127.0.0.1 or 0.0.0.0'),
  ORNKOLL_URL: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label('the public address, such as https://ipad.example.se'),
  ORNKOLL_DATA: Joi.string().default('./data').label('a folder'),
  MONGODB_URI: Joi.string()
    .pattern(/^mongodb(\+srv)?:\/\//)
    .label('a mongodb:// address'),
  ORNKOLL_ROLE: Joi.string()
    .valid('all', 'device', 'staff', 'worker')
    .default('all')
    .label('all, device, staff or worker'),
  ORNKOLL_TLS_CERT: Joi.string().label('a PEM file, given together with ORNKOLL_TLS_KEY'),
  ORNKOLL_TLS_KEY: Joi.string().label('a PEM file, given together with ORNKOLL_TLS_CERT'),
  ORNKOLL_TRUST_PROXY: Joi.string()
    .allow('')
    .default('')
    .custom((setting: string) => {
      proxiesOf(setting)
      return setting
    })
    .label('addresses or networks of proxies, such as 10.0.0.1 or 10.0.0.0/8, separated by commas'),
  APNS_HOST: Joi.string().hostname().default(appleHost).label('the host name of a push service'),
  APNS_PORT: Joi.number().port().default(443).label('a port number from 1 to 65535'),
  APNS_CA: Joi.string().label('a PEM file with the authority of the push service'),
  ORNKOLL_SECRET_KEY: Joi.string()
    .pattern(/^[0-9a-f]{64}$/i)
    .label('64 hexadecimal digits'),
  ORNKOLL_SECRET_KEY_OLD: Joi.string()
    .pattern(/^[0-9a-f]{64}$/i)
    .label('64 hexadecimal digits'),
  ORNKOLL_SCEP_DES: Joi.string().valid('refused', 'accepted').default('refused').label('refused or accepted'),
  ORNKOLL_METRICS: Joi.string()
    .pattern(/^(closed|open|[\w-]{20,200})$/)
    .default('closed')
    .label('closed, open or a token of at least 20 letters and digits'),
  ORNKOLL_PRIVATE_WEBHOOKS: Joi.string()
    .valid('refused', 'accepted')
    .default('refused')
    .label('refused or accepted'),
  ORNKOLL_PRIVATE_PROVIDERS: Joi.string()
    .valid('refused', 'accepted')
    .default('refused')
    .label('refused or accepted'),
  ORNKOLL_ROLLOUT_PAUSE: Joi.number()
    .integer()
    .min(0)
    .max(60_000)
    .default(0)
    .label('milliseconds from 0 to 60000'),
  ORNKOLL_MAIL_HOST: Joi.string()
    .hostname()
    .label('the host name of a mail server, given together with ORNKOLL_MAIL_FROM'),
  ORNKOLL_MAIL_PORT: Joi.number().port().default(587).label('a port number from 1 to 65535'),
  ORNKOLL_MAIL_SECURITY: Joi.string()
    .valid('starttls', 'tls', 'none')
    .default('starttls')
    .label('starttls, tls or none'),
  ORNKOLL_MAIL_USER: Joi.string().max(200).label('a name at the mail server'),
  ORNKOLL_MAIL_PASSWORD: Joi.string().max(500).label('the password of ORNKOLL_MAIL_USER'),
  ORNKOLL_MAIL_FROM: Joi.string()
    .pattern(/^([^<>\r\n]{1,100} )?<?[^\s@<>]+@[^\s@<>]+>?$/)
    .label('an address, such as Örnkoll <ornkoll@kommun.se>, given together with ORNKOLL_MAIL_HOST'),
  ORNKOLL_LOG: Joi.string()
    .valid('silent', 'error', 'warn', 'info', 'debug')
    .default('info')
    .label('silent, error, warn, info or debug'),
})
  .and('ORNKOLL_TLS_CERT', 'ORNKOLL_TLS_KEY')
  .and('ORNKOLL_MAIL_HOST', 'ORNKOLL_MAIL_FROM')
  .unknown(true)

interface Settings {
  PORT: number
  HOST: string
  ORNKOLL_URL?: string
  ORNKOLL_DATA: string
  MONGODB_URI?: string
  ORNKOLL_ROLE: ServerRole
  ORNKOLL_TLS_CERT?: string
  ORNKOLL_TLS_KEY?: string
  ORNKOLL_TRUST_PROXY: string
  APNS_HOST: string
  APNS_PORT: number
  APNS_CA?: string
  ORNKOLL_SECRET_KEY?: string
  ORNKOLL_SECRET_KEY_OLD?: string
  ORNKOLL_SCEP_DES: Config['scepSingleDes']
  ORNKOLL_METRICS: string
  ORNKOLL_PRIVATE_WEBHOOKS: Config['privateWebhooks']
  ORNKOLL_PRIVATE_PROVIDERS: Config['privateProviders']
  ORNKOLL_ROLLOUT_PAUSE: number
  ORNKOLL_MAIL_HOST?: string
  ORNKOLL_MAIL_PORT: number
  ORNKOLL_MAIL_SECURITY: MailSettings['security']
  ORNKOLL_MAIL_USER?: string
  ORNKOLL_MAIL_PASSWORD?: string
  ORNKOLL_MAIL_FROM?: string
  ORNKOLL_LOG: Config['logLevel']
}

/**
 * The settings of one start, read from `env`. An empty variable counts as unset.
 * @throws {ConfigError} with one line per wrong setting; values never stand in it, for they may be secrets.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const checked = settings.validate(given, { abortEarly: false })
  if (checked.error) throw new ConfigError(checked.error.details.map(wrongSetting).join('\n'))
  const { value } = checked
  const { ORNKOLL_TLS_CERT: certificateFile, ORNKOLL_TLS_KEY: keyFile } = value
  const tls = certificateFile && keyFile ? { certificateFile, keyFile } : undefined
  return {
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.ORNKOLL_URL?.replace(/\/+$/, ''),
    dataFolder: resolve(value.ORNKOLL_DATA),
    mongodbUri: value.MONGODB_URI,
    role: value.ORNKOLL_ROLE,
    tls,
    trustedProxies: proxiesOf(value.ORNKOLL_TRUST_PROXY),
    apns: { host: value.APNS_HOST, port: value.APNS_PORT, caFile: value.APNS_CA },
    secretKey: value.ORNKOLL_SECRET_KEY,
    oldSecretKey: value.ORNKOLL_SECRET_KEY_OLD,
    scepSingleDes: value.ORNKOLL_SCEP_DES,
    metrics: metricsOf(value.ORNKOLL_METRICS),
    privateWebhooks: value.ORNKOLL_PRIVATE_WEBHOOKS,
    privateProviders: value.ORNKOLL_PRIVATE_PROVIDERS,
    rolloutPauseMs: value.ORNKOLL_ROLLOUT_PAUSE,
    mail: mailOf(value),
    logLevel: value.ORNKOLL_LOG,
  }
}

function mailOf(value: Settings): MailSettings | undefined {
  const { ORNKOLL_MAIL_HOST: host, ORNKOLL_MAIL_FROM: from } = value
  if (host === undefined || from === undefined) return undefined
  return {
    host,
    from,
    port: value.ORNKOLL_MAIL_PORT,
    security: value.ORNKOLL_MAIL_SECURITY,
    user: value.ORNKOLL_MAIL_USER,
    password: value.ORNKOLL_MAIL_PASSWORD,
  }
}

function proxiesOf(setting: string): TrustedProxies {
  return readTrustedProxies(
    setting
      .split(',')
      .map(name => name.trim())
      .filter(Boolean),
  )
}

function metricsOf(setting: string): Config['metrics'] {
  if (setting === 'closed') return { open: false, token: undefined }
  return { open: true, token: setting === 'open' ? undefined : setting }
}

function wrongSetting(detail: Joi.ValidationErrorItem): string {
  const { present = [], missing = [] } = (detail.context ?? {}) as Partial<Record<string, string[]>>
  const together = [...present, ...missing].toSorted().join(' and ')
  const name = detail.path[0] === undefined ? together : String(detail.path[0])
  const wanted = detail.path[0] === undefined ? 'set together' : (detail.context?.label ?? 'set')
  return `${name} must be ${wanted}.`
}

/** Whether pushes go to Apple itself rather than to a stand-in on the network. */
export function pushesToApple(config: Config): boolean {
  return config.apns.host === appleHost
}
