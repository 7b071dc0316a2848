import test from 'ava'
import { ConfigError, readConfig } from '../../server/config.ts'

test('an empty environment gives a server on this machine alone, with the embedded database', t => {
  const config = readConfig({})
  t.is(config.host, '127.0.0.1')
  t.is(config.port, 8080)
  t.is(config.mongodbUri, undefined)
  t.true(config.dataFolder.endsWith('/data'))
})

test('an empty variable counts as unset', t => {
  t.is(readConfig({ PORT: '', MONGODB_URI: '' }).port, 8080)
})

const wrong = test.macro<[Readonly<Record<string, string>>, RegExp]>({
  exec(t, env, message) {
    const error = t.throws(() => readConfig(env), { instanceOf: ConfigError })
    t.regex(error.message, message)
    t.is(error.message.split('\n').length, 1)
    for (const value of Object.values(env))
      t.false(error.message.includes(value), 'the value may be a secret')
  },
  title: (_, env) => `a wrong ${Object.keys(env).join(' and ')} stops the start with one line`,
})

test(wrong, { PORT: 'eighty' }, /^PORT must be a port number/)
test(wrong, { MONGODB_URI: 'postgres://u:hemligt@h/d' }, /^MONGODB_URI must be a mongodb:\/\/ address/)
test(wrong, { ORNKOLL_ROLE: 'everything' }, /^ORNKOLL_ROLE must be/)
test(
  wrong,
  { ORNKOLL_TLS_CERT: '/etc/cert.pem' },
  /^ORNKOLL_TLS_CERT and ORNKOLL_TLS_KEY must be set together/,
)
test(
  wrong,
  { ORNKOLL_MAIL_HOST: 'mail.ekeby.example' },
  /^ORNKOLL_MAIL_FROM and ORNKOLL_MAIL_HOST must be set together/,
)
test(
  wrong,
  { ORNKOLL_MAIL_HOST: 'mail.ekeby.example', ORNKOLL_MAIL_FROM: 'a@ekeby.example\nBcc: b@ekeby.example' },
  /^ORNKOLL_MAIL_FROM must be an address/,
)
test(
  wrong,
  { ORNKOLL_TRUST_PROXY: '10.1.2.3, proxy.local' },
  /^ORNKOLL_TRUST_PROXY must be addresses or networks of proxies/,
)
test(wrong, { ORNKOLL_SECRET_KEY: 'abc123' }, /^ORNKOLL_SECRET_KEY must be 64 hexadecimal digits/)

test('the public address loses its trailing slash', t => {
  t.is(readConfig({ ORNKOLL_URL: 'https://ipad.example.se/' }).publicUrl, 'https://ipad.example.se')
})
