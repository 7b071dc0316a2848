import { boolean, dictionary, item, list, payload, string } from './notation.ts'

export const kerberosSignOn = payload('com.apple.extensiblesso', {
  title: ['Inloggning med Kerberos', 'Kerberos sign-in'],
  help: [
    'Apples eget tillägg för inloggning med Kerberos och Active Directory.',
    "Apple's own extension for signing in with Kerberos and Active Directory.",
  ],
  family: 'sign-in',
  since: '13.0',
  several: true,
  byHand: false,
  sharedPlace: 'user',
  keys: {
    ExtensionIdentifier: string(
      ['Tillägg', 'Extension'],
      ['Alltid Apples tillägg för Kerberos.', "Always Apple's Kerberos extension."],
      { required: true, allowed: ['com.apple.AppSSOKerberos.KerberosExtension'] },
    ),
    TeamIdentifier: string(['Utvecklare', 'Developer'], ['Alltid apple.', 'Always apple.'], {
      required: true,
      allowed: ['apple'],
    }),
    Type: string(['Typ', 'Kind'], ['Alltid Credential.', 'Always Credential.'], {
      required: true,
      allowed: ['Credential'],
    }),
    Realm: string(
      ['Realm', 'Realm'],
      ['Kerberosområdet, vanligen med versaler.', 'The Kerberos realm, usually in capitals.'],
      { required: true },
    ),
    ExtensionData: dictionary(
      ['Inställningar', 'Settings'],
      ['Inställningar för tillägget.', 'Settings of the extension.'],
      {
        cacheName: string(['Cachens namn', 'Name of the cache'], ['Behövs sällan.', 'Rarely needed.'], {
          deprecated: '15.0',
        }),
        principalName: string(['Användarnamn', 'User name'], ['Utan realm.', 'Without the realm.']),
        siteCode: string(
          ['Plats i Active Directory', 'Active Directory site'],
          ['Behövs sällan.', 'Rarely needed.'],
        ),
        certificateUUID: string(
          ['Certifikat för PKINIT', 'Certificate for PKINIT'],
          ['PayloadUUID för identiteten.', 'PayloadUUID of the identity.'],
          { refersTo: 'identity' },
        ),
        useSiteAutoDiscovery: boolean(
          ['Hitta platsen själv', 'Find the site'],
          ['Av: platsen söks inte i LDAP och DNS.', 'Off: the site is not looked up in LDAP and DNS.'],
          { default: true },
        ),
        credentialBundleIdACL: list(
          ['Appar som får använda biljetten', 'Apps that may use the ticket'],
          ['Paket-id för appar.', 'Bundle identifiers of apps.'],
          item('string'),
        ),
        includeManagedAppsInBundleIdACL: boolean(
          ['Hanterade appar får använda biljetten', 'Managed apps may use the ticket'],
          ['På: alla hanterade appar får använda den.', 'On: all managed apps may use it.'],
          { default: false, since: '14.0' },
        ),
        domainRealmMapping: dictionary(
          ['Domäner till realm', 'Domains to realms'],
          ['När värdnamn inte stämmer med realm.', 'When host names do not fit the realm.'],
          {
            Realm: list(
              ['DNS-ändelser för realm', 'DNS suffixes of the realm'],
              ['Nyckeln är namnet på realm.', 'The key is the name of the realm.'],
              item('string'),
            ),
          },
        ),
        isDefaultRealm: boolean(
          ['Förvalt realm', 'Default realm'],
          ['På: används när flera finns.', 'On: used when there are several.'],
          { default: false },
        ),
        customUsernameLabel: string(
          ['Ledtext för användarnamn', 'Label of the user name'],
          ['Visas vid inloggning.', 'Shown at sign-in.'],
          { since: '14.0' },
        ),
        helpText: string(
          ['Hjälptext', 'Help text'],
          ['Visas längst ned vid inloggning.', 'Shown at the bottom of the sign-in.'],
          { since: '14.0' },
        ),
        allowAutomaticLogin: boolean(
          ['Spara lösenord', 'Keep the password'],
          ['Av: lösenordet sparas inte i nyckelringen.', 'Off: the password is not kept in the keychain.'],
          { default: true },
        ),
        requireUserPresence: boolean(
          ['Kräv Face ID, Touch ID eller kod', 'Ask for Face ID, Touch ID or code'],
          ['På: krävs varje gång lösenordet används.', 'On: asked each time the password is used.'],
          { default: false },
        ),
        requireTLSForLDAP: boolean(
          ['Kräv TLS för LDAP', 'Require TLS for LDAP'],
          ['På: LDAP går bara krypterat.', 'On: LDAP only goes encrypted.'],
          { default: false, since: '14.0' },
        ),
        credentialUseMode: string(
          ['När biljetten används', 'When the ticket is used'],
          [
            'Alltid, när inget annat angetts, eller bara som förval.',
            'Always, when nothing else is named, or only as the default.',
          ],
          { allowed: ['always', 'whenNotSpecified', 'kerberosDefault'], default: 'always', since: '14.0' },
        ),
        preferredKDCs: list(
          ['Servrar i första hand', 'Preferred servers'],
          ['KDC-servrar i ordning.', 'KDC servers in order.'],
          item('string'),
          { since: '15.0' },
        ),
        performKerberosOnly: boolean(
          ['Bara Kerberos', 'Kerberos only'],
          [
            'På: tillägget kontrollerar inte lösenordets utgång.',
            "On: the extension does not watch the password's expiry.",
          ],
          { default: false, since: '16.0' },
        ),
      },
    ),
    Hosts: list(
      ['Värdar', 'Hosts'],
      ['Värdar och domäner som logga in gäller för.', 'Hosts and domains that signing in applies to.'],
      item('string'),
    ),
  },
  variant: { name: 'kerberos', when: { ExtensionIdentifier: 'com.apple.AppSSOKerberos.KerberosExtension' } },
})

export const singleSignOn = payload('com.apple.extensiblesso', {
  title: ['Samlad inloggning (SSO)', 'Single sign-on (SSO)'],
  help: ['En app loggar in åt andra appar och webbsidor.', 'One app signs in for other apps and web sites.'],
  family: 'sign-in',
  since: '13.0',
  several: true,
  byHand: false,
  sharedPlace: 'user',
  keys: {
    ExtensionIdentifier: string(
      ['Tilläggets paket-id', 'Bundle identifier of the extension'],
      ['Appens inloggningstillägg.', 'The sign-in extension of the app.'],
      { required: true },
    ),
    Type: string(
      ['Typ', 'Kind'],
      [
        'Credential svarar på frågor om inloggning, Redirect tar över inloggningssidor.',
        'Credential answers challenges, Redirect takes over sign-in pages.',
      ],
      { required: true, allowed: ['Credential', 'Redirect'] },
    ),
    Realm: string(['Realm', 'Realm'], ['Bara för Credential.', 'For Credential only.']),
    ExtensionData: dictionary(
      ['Leverantörens inställningar', 'Settings of the vendor'],
      ['Lämnas oförändrade till appen.', 'Handed to the app as they are.'],
      {},
      { others: item('any') },
    ),
    URLs: list(
      ['Adresser', 'Addresses'],
      [
        'Början på inloggningssidors adresser. Krävs för Redirect.',
        'How addresses of sign-in pages begin. Needed for Redirect.',
      ],
      item('string', { form: 'url' }),
    ),
    Hosts: list(
      ['Värdar', 'Hosts'],
      ['Värdar och domäner. Krävs för Credential.', 'Hosts and domains. Needed for Credential.'],
      item('string'),
    ),
    ScreenLockedBehavior: string(
      ['När skärmen är låst', 'When the screen is locked'],
      ['Avbryt, eller låt appen själv sköta inloggningen.', 'Cancel, or leave the sign-in to the app.'],
      { allowed: ['Cancel', 'DoNotHandle'], default: 'Cancel', since: '15.0' },
    ),
    DeniedBundleIdentifiers: list(
      ['Appar som inte använder SSO', 'Apps that do not use SSO'],
      ['Paket-id för appar.', 'Bundle identifiers of apps.'],
      item('string'),
      { since: '15.0' },
    ),
  },
})

export const oldKerberos = payload('com.apple.sso', {
  title: ['Inloggning med Kerberos (äldre)', 'Kerberos sign-in (old)'],
  help: ['Använd hellre Samlad inloggning.', 'Prefer Single sign-on.'],
  family: 'sign-in',
  since: '7.0',
  several: false,
  sharedPlace: 'none',
  keys: {
    Name: string(['Kontots namn', 'Name of the account'], ['Visas i Inställningar.', 'Shown in Settings.'], {
      required: true,
    }),
    Kerberos: dictionary(['Kerberos', 'Kerberos'], ['Uppgifter om kontot.', 'Facts of the account.'], {
      PrincipalName: string(
        ['Användarnamn', 'User name'],
        ['Krävs när profilen installeras av MDM.', 'Needed when MDM installs the profile.'],
      ),
      PayloadCertificateUUID: string(
        ['Identitetscertifikat', 'Identity certificate'],
        [
          'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
          'The certificate with key in the same profile that proves who the iPad is.',
        ],
        { refersTo: 'identity', since: '8.0' },
      ),
      Realm: string(
        ['Realm', 'Realm'],
        ['Kerberosområdet, vanligen med versaler.', 'The Kerberos realm, usually in capitals.'],
        { required: true },
      ),
      URLPrefixMatches: list(
        ['Adresser', 'Addresses'],
        ['Hur adresserna börjar. Tomt betyder alla.', 'How the addresses begin. Empty means all.'],
        item('string'),
      ),
      AppIdentifierMatches: list(
        ['Appar', 'Apps'],
        ['Paket-id. Tomt betyder alla.', 'Bundle identifiers. Empty means all.'],
        item('string'),
      ),
    }),
  },
})
