/**
 * What people call a part who come from another program, or from everyday speech. A search finds the part by these
 * words; they are never shown.
 */
export const otherNames: Readonly<Record<string, string>> = {
  'com.apple.app.lock': 'kiosk enappläge single app guidad åtkomst guided access',
  'com.apple.applicationaccess': 'restriktioner spärrar functionality',
  'com.apple.eas.account': 'mejl mail outlook office 365 microsoft activesync',
  'com.apple.homescreenlayout': 'ikoner appar ordning dock layout',
  'com.apple.mail.managed': 'mejl mail brev',
  'com.apple.mobiledevice.passwordpolicy': 'pinkod kod password pin',
  'com.apple.notificationsettings': 'aviseringar pushnotiser',
  'com.apple.security.pkcs12': 'p12 pfx klientcertifikat client certificate',
  'com.apple.security.root': 'rotcertifikat ca root',
  'com.apple.shareddeviceconfiguration': 'låsskärm asset tag',
  'com.apple.webClip.managed': 'genväg länk bokmärke shortcut bookmark',
  'com.apple.webcontent-filter': 'surffilter innehållsfilter',
  'com.apple.wifi.managed': 'wlan nätverk radius 802.1x',
}
