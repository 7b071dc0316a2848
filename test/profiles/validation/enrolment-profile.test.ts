import test from 'ava'
import { enrolmentProfile } from '../../../profiles/enrolment-profile.ts'
import { readPlist } from '../../../profiles/plist/read-plist.ts'
import { placeText } from '../../../profiles/validation/finding.ts'
import { validateProfile } from '../../../profiles/validation/validate-profile.ts'
import { anAuthority, today } from '../../support/a-signer.ts'
import { countingUuids } from '../../support/a-template.ts'

test('our own enrolment profile is sound, but for being the one that nobody else may send', t => {
  const { root, issuing } = anAuthority()
  const newUuid = countingUuids()
  const xml = enrolmentProfile({
    organisationName: 'Ekeby kommun',
    serialNumber: 'DMPX00000001',
    serverUrl: 'https://mdm.example.se',
    topic: 'com.apple.mgmt.External.example',
    challenge: 'once',
    root: root.certificate.raw,
    issuing: issuing.certificate.raw,
    uuids: [newUuid(), newUuid(), newUuid(), newUuid(), newUuid()],
  })
  const findings = validateProfile(readPlist(xml, { bytes: 100_000, values: 1000 }), {
    ipads: [{ osVersion: '18.1', supervised: false, enrolment: 'device', sharedIpad: false }],
    serverUrl: 'https://mdm.example.se',
    typesElsewhere: new Map(),
    now: today,
  })
  t.deepEqual(
    findings.map(({ code, place }) => [code, placeText(place)]),
    [
      ['replaces-management', 'PayloadIdentifier'],
      ['management-payload', 'PayloadContent.3'],
    ],
  )
})
