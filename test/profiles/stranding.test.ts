import test from 'ava'
import { footingOf, losesNetworks, strandingBy, type Footing } from '../../profiles/stranding.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'

const nothing: Footing = { networks: [], bindsNetworks: false, demandsPasscode: false, locksPasscode: false }
const network = (...networks: string[]): Footing => ({ ...nothing, networks })
const binding: Footing = { ...nothing, bindsNetworks: true }
const demand: Footing = { ...nothing, demandsPasscode: true }
const lock: Footing = { ...nothing, locksPasscode: true }

const change = (before: Footing | undefined, after: Footing | undefined, ...others: Footing[]) =>
  strandingBy({ others: others.map(each => [each]), before: before ? [before] : [], after })

const profileWith = (...payloads: PlistDictionary[]): PlistDictionary => ({ PayloadContent: payloads })
const wifi = (more: PlistDictionary = {}): PlistDictionary => ({
  PayloadType: 'com.apple.wifi.managed',
  SSID_STR: 'Ekeby',
  EncryptionType: 'WPA2',
  Password: 'vinterdäck',
  ...more,
})

test('two profiles that each are in order make a passcode loop together', t => {
  t.is(change(undefined, lock, demand), 'passcode-loop')
  t.is(change(undefined, demand, lock), 'passcode-loop')
  t.is(change(undefined, demand, demand), undefined)
  t.is(change(undefined, network('Ekeby'), demand, lock), undefined, 'it was there before, whoever comes now')
  t.is(change(lock, undefined, demand), undefined, 'this is the way out')
})

test('an iPad bound to given networks needs one of them', t => {
  t.is(change(undefined, binding), 'no-allowed-network')
  t.is(change(undefined, binding, network('Ekeby')), undefined)
  t.is(change(network('Ekeby'), undefined, binding), 'no-allowed-network')
  t.is(change(network('Ekeby'), network('Nytt'), binding), undefined)
})

test('the last given network is worth a word, one of two is not', t => {
  t.is(change(network('Ekeby'), nothing), 'no-network-left')
  t.is(change(network('Ekeby'), nothing, network('Gäst')), undefined)
  t.is(change(nothing, nothing), undefined)
})

test('where it is not known which version an iPad has, none of them may strand it', t => {
  const mayHave = (others: Footing[][], before: Footing[], after: Footing | undefined) =>
    strandingBy({ others, before, after })
  t.is(mayHave([[nothing, lock]], [], demand), 'passcode-loop')
  t.is(mayHave([[lock, demand]], [], demand), 'passcode-loop', 'the two never stand beside each other')
  t.is(mayHave([], [lock, demand], { ...lock, demandsPasscode: true }), 'passcode-loop')
  t.is(mayHave([[nothing, binding]], [network('Ekeby'), nothing], nothing), 'no-allowed-network')
  t.is(mayHave([], [network('Ekeby'), nothing], nothing), 'no-network-left')
  t.is(mayHave([[lock, demand], [nothing, binding], []], [nothing], nothing), undefined)
  t.is(mayHave([[lock], [demand, nothing]], [network('Ekeby')], network('Nytt')), undefined)
})

test('a network counts when the iPad joins it without a hand', t => {
  t.deepEqual(footingOf(profileWith(wifi())).networks, ['Ekeby'])
  t.deepEqual(footingOf(profileWith(wifi({ AutoJoin: false }))).networks, [])
  t.deepEqual(footingOf(profileWith(wifi({ Password: '' }))).networks, [])
  t.deepEqual(footingOf(profileWith(wifi(), wifi({ SSID_STR: 'Gäst' }))).networks, ['Ekeby', 'Gäst'])
  t.deepEqual(footingOf({}), nothing)
})

test('what demands and locks a passcode, and binds networks, is read from the keys', t => {
  const policy = (more: PlistDictionary) =>
    footingOf(profileWith({ PayloadType: 'com.apple.mobiledevice.passwordpolicy', ...more }))
  t.true(policy({ forcePIN: true }).demandsPasscode)
  t.true(policy({ maxPINAgeInDays: 90 }).demandsPasscode)
  t.false(policy({ minLength: 6 }).demandsPasscode)
  const restrictions = (more: PlistDictionary) =>
    footingOf(profileWith({ PayloadType: 'com.apple.applicationaccess', ...more }))
  t.true(restrictions({ allowPasscodeModification: false }).locksPasscode)
  t.false(restrictions({ allowPasscodeModification: true }).locksPasscode)
  t.true(restrictions({ forceWiFiToAllowedNetworksOnly: true }).bindsNetworks)
})

test('a version loses the networks of the one before when it keeps none of them', t => {
  t.true(losesNetworks(network('Ekeby'), nothing))
  t.true(losesNetworks(network('Ekeby'), network('Nytt')), 'nobody knows whether the new one works')
  t.false(losesNetworks(network('Ekeby', 'Gäst'), network('Gäst')))
  t.false(losesNetworks(nothing, network('Ekeby')))
})
