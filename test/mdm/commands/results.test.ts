import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { readCommandReport, type JsonObject } from '../../../mdm/command-report.ts'
import { appsOf, informationOf, positionOf, profilesOf, securityOf } from '../../../mdm/commands/results.ts'
import { beside } from '../../support/beside.ts'

test('what an iPad tells of itself is read in our words', t => {
  const told = informationOf({
    QueryResponses: {
      DeviceName: 'Läsplatta 12',
      OSVersion: '18.1',
      Model: 'MXN93KN/A',
      IMEI: '35 735005 003432 4',
      BatteryLevel: 0.804,
      DeviceCapacity: 64,
      AvailableDeviceCapacity: 23.5,
      IsSupervised: true,
      IsMDMLostModeEnabled: false,
    },
  })
  t.deepEqual(told, {
    deviceName: 'Läsplatta 12',
    osVersion: '18.1',
    modelNumber: 'MXN93KN/A',
    imei: '357350050034324',
    batteryPercent: 80,
    capacityGb: 64,
    availableGb: 23.5,
    supervised: true,
    lostModeEnabled: false,
  })
})

test('numbers of a plan stand in its subscription on newer iPads', t => {
  const told = informationOf({
    QueryResponses: { ServiceSubscriptions: [{ ICCID: '8946 0000', PhoneNumber: '+4670' }] },
  })
  t.deepEqual(told, { iccid: '89460000', phoneNumber: '+4670' })
})

for (const response of [
  {},
  { QueryResponses: 'none' },
  { QueryResponses: { BatteryLevel: -1, OSVersion: 18, IsSupervised: 'yes' } },
] as JsonObject[])
  test(`fields of another type count as not told: ${JSON.stringify(response)}`, t => {
    t.deepEqual(informationOf(response), {})
  })

test('security tells whether there is a passcode and whether it is good enough', t => {
  const told = securityOf({
    SecurityInfo: {
      HardwareEncryptionCaps: 3,
      PasscodePresent: true,
      PasscodeCompliant: true,
      PasscodeCompliantWithProfiles: false,
    },
  })
  t.deepEqual(told, { passcodePresent: true, passcodeCompliant: false, hardwareEncrypted: true })
})

test('what is in a profile is told only when every part is named', t => {
  const typesOf = (...parts: object[]) =>
    profilesOf({ ProfileList: [{ PayloadIdentifier: 'p', PayloadContent: parts as never }] })[0]?.types
  t.deepEqual(typesOf({ PayloadType: 'a' }, { PayloadType: 'b' }), ['a', 'b'])
  t.is(typesOf({ PayloadType: 'a' }, {}), undefined)
  t.is(typesOf(), undefined)
})

test('apps and profiles without an identifier are left out', t => {
  t.deepEqual(
    appsOf({
      InstalledApplicationList: [{ Identifier: 'a', ShortVersion: '1.2', BundleSize: 5 }, { Name: 'x' }, 7],
    }),
    [{ identifier: 'a', name: 'a', version: '1.2', bytes: 5 }],
  )
  t.deepEqual(
    profilesOf({ ProfileList: [{ PayloadIdentifier: 'p', PayloadUUID: 'u', IsManaged: true }, {}] }),
    [{ identifier: 'p', uuid: 'u', name: 'p', managed: true }],
  )
})

test('a position says how sure it is, and -1 is not sure at all', t => {
  t.deepEqual(
    positionOf({
      Latitude: 59.5,
      Longitude: 15,
      HorizontalAccuracy: 12.5,
      VerticalAccuracy: -1,
      Altitude: -1,
      Speed: -1,
      Timestamp: '2026-11-22T08:00:00Z',
    }),
    { latitude: 59.5, longitude: 15, accuracyM: 12.5, at: new Date('2026-11-22T08:00:00Z') },
  )
  t.is(positionOf({ Latitude: 91, Longitude: 0 }), undefined)
  t.is(positionOf({ Latitude: 59.5 }), undefined)
  t.deepEqual(positionOf({ Latitude: 0, Longitude: 0, Timestamp: 'yesterday' }), {
    latitude: 0,
    longitude: 0,
  })
})

const theirs = beside('samples')

theirs.test('answers of real devices are understood', t => {
  const response = (name: string) => {
    const report = readCommandReport(readFileSync(join(theirs.path, name)))
    return report.status === 'Idle' ? {} : report.response
  }
  t.like(informationOf(response('commandment/DeviceInformation/iOS-11.3.1.xml')), {
    osVersion: '11.3.1',
    productName: 'iPad4,1',
  })
  t.like(informationOf(response('apple-examples/information.device.example2.plist')), {
    supervised: true,
    batteryPercent: 100,
  })
  t.deepEqual(securityOf(response('commandment/SecurityInfo/iOS-11.3.1.xml')), {
    passcodePresent: false,
    passcodeCompliant: true,
    hardwareEncrypted: true,
  })
  t.true(appsOf(response('commandment/InstalledApplicationList/iOS-11.3.1.xml')).length > 1)
  t.true(profilesOf(response('commandment/ProfileList/iOS-11.3.1.xml')).length > 0)
  t.like(positionOf(response('apple-examples/device.lostmode.location.example2.plist')), {
    latitude: 37.33385013244351,
  })
})
