import { boolean, type Keys } from '../notation.ts'

export const network: Keys = {
  allowAppCellularDataModification: boolean(
    ['Ändra mobildata per app', 'Change mobile data per app'],
    [
      'Av: användaren kan inte ändra vilka appar som får använda mobildata.',
      'Off: the user cannot change which apps may use mobile data.',
    ],
    { default: true, since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowBluetoothModification: boolean(
    ['Ändra Bluetooth', 'Change Bluetooth'],
    [
      'Av: användaren kan inte slå på eller av Bluetooth.',
      'Off: the user cannot switch Bluetooth on or off.',
    ],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowCellularPlanModification: boolean(
    ['Ändra mobilabonnemang', 'Change the mobile plan'],
    [
      'Av: användaren kan inte ändra inställningar för abonnemanget.',
      'Off: the user cannot change settings of the mobile plan.',
    ],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowESIMModification: boolean(
    ['Ändra eSIM', 'Change eSIM'],
    [
      'Av: eSIM kan inte läggas till, tas bort eller ändras.',
      'Off: an eSIM cannot be added, removed or changed.',
    ],
    { default: true, since: '12.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowESIMOutgoingTransfers: boolean(
    ['Flytta eSIM till annan enhet', 'Move an eSIM to another device'],
    ['Av: iPadens eSIM kan inte flyttas härifrån.', 'Off: the eSIM cannot be moved away from this iPad.'],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowGlobalBackgroundFetchWhenRoaming: boolean(
    ['Hämta i bakgrunden utomlands', 'Background fetch abroad'],
    [
      'Av: ingenting hämtas i bakgrunden vid roaming.',
      'Off: nothing is fetched in the background while roaming.',
    ],
    { default: true, userEnrolment: 'forbidden' },
  ),
  allowOTAPKIUpdates: boolean(
    ['Uppdatera certifikat över nätet', 'Update certificates over the air'],
    [
      'Av: listan över betrodda certifikat uppdateras inte över nätet. Spärrkontrollen påverkas inte.',
      'Off: the list of trusted certificates is not updated over the air. Revocation checks are not affected.',
    ],
    { default: true, since: '7.0', userEnrolment: 'forbidden' },
  ),
  allowPersonalHotspotModification: boolean(
    ['Ändra internetdelning', 'Change Personal Hotspot'],
    [
      'Av: användaren kan inte slå på eller ändra internetdelning.',
      'Off: the user cannot switch on or change the hotspot.',
    ],
    { default: true, since: '12.2', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowUntrustedTLSPrompt: boolean(
    ['Fråga om obetrodda certifikat', 'Ask about untrusted certificates'],
    [
      'Av: sidor med obetrott certifikat nekas utan fråga.',
      'Off: sites with an untrusted certificate are refused without asking.',
    ],
    { default: true, since: '5.0', userEnrolment: 'forbidden' },
  ),
  allowVPNCreation: boolean(
    ['Lägga till VPN', 'Add a VPN'],
    ['Av: användaren kan inte skapa egna VPN.', 'Off: the user cannot add a VPN of their own.'],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forcePreserveESIMOnErase: boolean(
    ['Behåll eSIM vid radering', 'Keep the eSIM when erasing'],
    [
      'På: eSIM finns kvar när iPaden raderas efter för många fel koder eller i Inställningar.',
      'On: the eSIM stays when the iPad is erased after too many wrong codes or in Settings.',
    ],
    { default: false, since: '17.2', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceWiFiPowerOn: boolean(
    ['Wi-Fi alltid på', 'Wi-Fi always on'],
    [
      'På: Wi-Fi kan inte stängas av, inte heller med flygplansläge.',
      'On: Wi-Fi cannot be switched off, not by aeroplane mode either.',
    ],
    { default: false, since: '13.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceWiFiToAllowedNetworksOnly: boolean(
    ['Bara utdelade Wi-Fi-nät', 'Only the given Wi-Fi networks'],
    [
      'På: iPaden ansluter bara till nät ur profiler. Utan ett sådant nät blir den utan Wi-Fi.',
      'On: the iPad joins only networks from profiles. Without one it has no Wi-Fi.',
    ],
    { default: false, since: '14.5', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceWiFiWhitelisting: boolean(
    ['Bara utdelade Wi-Fi-nät (äldre namn)', 'Only the given Wi-Fi networks (old name)'],
    ['Använd forceWiFiToAllowedNetworksOnly i stället.', 'Use forceWiFiToAllowedNetworksOnly instead.'],
    { default: false, since: '10.3', deprecated: '14.5', supervised: true, userEnrolment: 'forbidden' },
  ),
}
