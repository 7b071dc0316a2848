import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'

/** A profile with one Wi-Fi network and its password, as a file; `content` adds to the network or replaces. */
export function aWifiProfile(content: PlistDictionary = {}): Uint8Array {
  return writePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: 'se.example.ekeby.wifi',
    PayloadUUID: '00000000-0000-4000-8000-000000000001',
    PayloadContent: [
      {
        PayloadType: 'com.apple.wifi.managed',
        PayloadVersion: 1,
        PayloadIdentifier: 'se.example.ekeby.wifi.1',
        PayloadUUID: '00000000-0000-4000-8000-000000000002',
        SSID_STR: 'Ekeby',
        EncryptionType: 'WPA2',
        Password: 'vinterdäck',
        ...content,
      },
    ],
  })
}
