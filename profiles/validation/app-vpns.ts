import { entryFor } from '../catalogue/catalogue.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { callIt } from './check-value.ts'
import { type Findings } from './findings.ts'

const perAppVpn = 'com.apple.vpn.managed.applayer'

/** Says of accounts that go through a per-app VPN which the profile does not have: another profile may have it. */
export function checkAppVpns(payloads: readonly NumberedPayload[], findings: Findings): void {
  const uuids = new Set(
    payloads.flatMap(({ payload: { PayloadType: type, VPNUUID: uuid } }) =>
      type === perAppVpn && typeof uuid === 'string' ? [uuid.toUpperCase()] : [],
    ),
  )
  for (const { index, payload } of payloads) {
    const { PayloadType: type, VPNUUID: uuid } = payload
    const key = entryFor(payload)?.keys['VPNUUID']
    if (type === perAppVpn || key === undefined || typeof uuid !== 'string' || uuid === '') continue
    if (uuids.has(uuid.toUpperCase())) continue
    const place = { payload: index, path: ['VPNUUID'] }
    const [sv, en] = callIt(key, place)
    findings.warning('no-such-payload', place, [
      `${sv} pekar på ett VPN per app som inte finns i profilen. Finns det inte i en annan profil på samma iPads kan kontot inte ansluta.`,
      `${en} points to a per-app VPN that is not in the profile. Unless another profile on the same iPads has it, the account cannot connect.`,
    ])
  }
}
