import test from 'ava'
import { expandVariables, holdsVariables, variablesOf } from '../../profiles/variables.ts'

const profile = {
  PayloadDisplayName: 'iPad {{device.tag}}',
  PayloadContent: [
    {
      EmailAddress: '{{person.email}}',
      UserName: '{{ person.email }}',
      Port: 993,
      SSL: true,
      Icon: new Uint8Array([1]),
    },
    { '{{device.tag}}': ['{{device.tag}}/{{device.serial}}', '{{no.such}}'] },
  ],
}

test('variables become values wherever text stands, and nothing else changes', t => {
  const expanded = expandVariables(profile, {
    'person.email': 'eva@ekeby.example.se',
    'device.tag': 'EK-0042',
    'device.serial': 'DMPX00000001',
  })
  t.is(expanded.outcome, 'expanded')
  t.deepEqual(JSON.parse(JSON.stringify(expanded.outcome === 'expanded' && expanded.profile)), {
    PayloadDisplayName: 'iPad EK-0042',
    PayloadContent: [
      {
        EmailAddress: 'eva@ekeby.example.se',
        UserName: 'eva@ekeby.example.se',
        Port: 993,
        SSL: true,
        Icon: { 0: 1 },
      },
      { '{{device.tag}}': ['EK-0042/DMPX00000001', '{{no.such}}'] },
    ],
  })
})

test('a value that is missing or blank stops the profile and is named once', t => {
  t.deepEqual(expandVariables(profile, { 'person.email': ' ', 'device.serial': 'DMPX00000001' }), {
    outcome: 'missing',
    missing: ['device.tag', 'person.email'],
  })
})

test('a value with braces or dollar signs is put in as it is, and never expanded again', t => {
  const expanded = expandVariables(
    { a: '{{person.name}}' },
    { 'person.name': '$& {{device.tag}} $1', 'device.tag': 'EK-1' },
  )
  t.deepEqual(expanded.outcome === 'expanded' && { ...expanded.profile }, { a: '$& {{device.tag}} $1' })
})

test('the variables of a profile are those it uses, once each', t => {
  t.deepEqual(variablesOf(profile), ['device.tag', 'person.email', 'device.serial'])
  t.deepEqual(variablesOf('{{constructor}} {{__proto__}}'), [])
})

test('braces alone are no variables', t => {
  t.false(holdsVariables('{{ without end'))
  t.false(holdsVariables('a { b } c'))
  t.true(holdsVariables('{{x}}'))
})

test('many open braces, and blanks without end after them, cost no more than their length', t => {
  t.false(holdsVariables('{{'.repeat(200_000)))
  t.false(holdsVariables('{{' + ' '.repeat(1_000_000)))
  t.deepEqual(variablesOf('{{' + ' '.repeat(1_000_000) + '{{\t device.tag\n}}'), ['device.tag'])
})

test('what a profile is known by is the same on every iPad', t => {
  const names = {
    PayloadIdentifier: 'se.example.{{device.tag}}',
    PayloadContent: [{ PayloadType: 'com.apple.{{body.name}}', PayloadUUID: '{{device.udid}}' }],
  }
  t.deepEqual(variablesOf(names), [])
  const expanded = expandVariables(names, { 'device.tag': 'EK-0042' })
  t.deepEqual(JSON.parse(JSON.stringify(expanded)), { outcome: 'expanded', profile: names })
})
