import { data, dictionary, integer, string } from '../notation.ts'
import {
  encryptionAlgorithm,
  diffieHellmanGroup,
  excludeDeviceCommunication,
  payloadCertificateUUID,
  excludeAPNs,
  includeAllNetworks,
  providerType,
  excludeCellularServices,
  onDemandUserOverrideDisabled,
  excludeLocalNetworks,
  disconnectOnIdle,
  integrityAlgorithm,
  enforceRoutes,
  onDemandEnabled,
} from './connection.ts'
import { onDemandRules } from './on-demand.ts'

export const ikev2 = dictionary(
  ['IKEv2', 'IKEv2'],
  ['När typen är IKEv2 eller AlwaysOn.', 'When the kind is IKEv2 or AlwaysOn.'],
  {
    RemoteAddress: string(
      ['Server', 'Server'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    LocalIdentifier: string(
      ['Lokalt namn', 'Local name'],
      ['iPadens eller gruppens namn hos servern.', 'The name of the iPad or the group with the server.'],
      { required: true },
    ),
    RemoteIdentifier: string(
      ['Serverns namn', 'Name of the server'],
      ['Det namn som serverns certifikat ska ha.', "The name that the server's certificate must bear."],
      { required: true },
    ),
    AuthenticationMethod: string(
      ['Inloggning', 'Sign-in'],
      ['Hur iPaden bevisar vem den är.', 'How the iPad proves who it is.'],
      { required: true, allowed: ['None', 'SharedSecret', 'Certificate'] },
    ),
    CertificateType: string(
      ['Typ av certifikat', 'Kind of certificate'],
      ['Måste stämma med iPadens identitet.', 'Must fit the identity of the iPad.'],
      { allowed: ['RSA', 'ECDSA256', 'ECDSA384', 'ECDSA521', 'RSA-PSS'], default: 'RSA' },
    ),
    PayloadCertificateUUID: payloadCertificateUUID,
    Password: string(['Lösenord', 'Password'], ['Kontots lösenord.', 'The password of the account.'], {
      secret: true,
    }),
    ProviderBundleIdentifier: string(
      ['Tilläggets paket-id', 'Bundle identifier of the extension'],
      ['När appen har flera tillägg.', 'When the app has several extensions.'],
    ),
    SharedSecret: string(
      ['Delad hemlighet', 'Shared secret'],
      [
        'Samma på servern. Läcker en iPad måste alla bytas.',
        'The same on the server. If one iPad leaks it, all must change.',
      ],
      { secret: true },
    ),
    ExtendedAuthEnabled: integer(
      ['Inloggning med EAP', 'Sign-in with EAP'],
      ['1: användarnamn och lösenord eller EAP-TLS.', '1: user name and password or EAP-TLS.'],
      { allowed: [0, 1], default: 0 },
    ),
    AuthName: string(
      ['Användarnamn', 'User name'],
      ['Kontots användarnamn.', 'The user name of the account.'],
    ),
    AuthPassword: string(['Lösenord', 'Password'], ['Kontots lösenord.', 'The password of the account.'], {
      secret: true,
    }),
    OnDemandEnabled: onDemandEnabled,
    OnDemandUserOverrideDisabled: onDemandUserOverrideDisabled,
    OnDemandRules: onDemandRules,
    DeadPeerDetectionRate: string(
      ['Kontroll av anslutningen', 'Checks of the connection'],
      ['Hur ofta iPaden hör efter att servern svarar.', 'How often the iPad checks that the server answers.'],
      { allowed: ['None', 'Low', 'Medium', 'High'], default: 'Medium' },
    ),
    ServerCertificateIssuerCommonName: string(
      ['Utfärdare av serverns certifikat', "Issuer of the server's certificate"],
      ['Namnet (CN) på utfärdaren.', 'The name (CN) of the issuer.'],
    ),
    ServerCertificateCommonName: string(
      ['Namn i serverns certifikat', "Name in the server's certificate"],
      ['Tomt betyder serverns namn ovan.', 'Empty means the name of the server above.'],
    ),
    TLSMinimumVersion: string(['Lägsta TLS', 'Lowest TLS'], ['För EAP-TLS.', 'For EAP-TLS.'], {
      allowed: ['1.0', '1.1', '1.2'],
      default: '1.0',
      since: '11.0',
    }),
    TLSMaximumVersion: string(['Högsta TLS', 'Highest TLS'], ['För EAP-TLS.', 'For EAP-TLS.'], {
      allowed: ['1.0', '1.1', '1.2'],
      default: '1.2',
      since: '11.0',
    }),
    UseConfigurationAttributeInternalIPSubnet: integer(
      ['Fråga om delnät', 'Ask for subnets'],
      ['1: serverns delnät hämtas vid anslutning.', "1: the server's subnets are fetched when connecting."],
      { allowed: [0, 1], default: 0, since: '9.0' },
    ),
    DisableMOBIKE: integer(
      ['Stäng av MOBIKE', 'Switch off MOBIKE'],
      ['1: anslutningen bryts när nätet byts.', '1: the connection breaks when the network changes.'],
      { allowed: [0, 1], default: 0, since: '9.0' },
    ),
    DisableRedirect: integer(
      ['Stäng av omdirigering', 'Switch off redirection'],
      ['1: servern kan inte hänvisa till en annan.', '1: the server cannot point to another.'],
      { allowed: [0, 1], default: 0, since: '9.0' },
    ),
    DisconnectOnIdle: disconnectOnIdle,
    DisconnectOnIdleTimer: integer(
      ['Tid före nedkoppling, sekunder', 'Time before disconnecting, seconds'],
      ['Bara när nedkoppling är på.', 'Only when disconnecting is on.'],
    ),
    NATKeepAliveOffloadEnable: integer(
      ['Håll NAT öppet i hårdvara', 'Keep NAT open in hardware'],
      [
        '1: anslutningen hålls öppen även när iPaden sover.',
        '1: the connection stays open while the iPad sleeps.',
      ],
      { allowed: [0, 1], default: 1, since: '9.0' },
    ),
    NATKeepAliveInterval: integer(
      ['Tid mellan NAT-paket, sekunder', 'Time between NAT packets, seconds'],
      ['Minst 20.', '20 at least.'],
      { default: 20, since: '9.0' },
    ),
    EnablePFS: integer(['Framåtsekretess', 'Forward secrecy'], ['1: bör vara på.', '1: should be on.'], {
      allowed: [0, 1],
      default: 0,
      since: '9.0',
    }),
    EnableCertificateRevocationCheck: integer(
      ['Spärrkontroll', 'Revocation check'],
      [
        '1: serverns certifikat kontrolleras om det går.',
        "1: the server's certificate is checked if possible.",
      ],
      { allowed: [0, 1], default: 0, since: '9.0' },
    ),
    EnableFallback: integer(
      ['Mobilnät som reserv', 'Mobile network in reserve'],
      ['1: mobilnätet används när Wi-Fi är svagt.', '1: the mobile network is used when Wi-Fi is weak.'],
      { allowed: [0, 1], default: 0, since: '13.0' },
    ),
    MTU: integer(['Största paket, byte', 'Largest packet, bytes'], ['1280 till 1400.', '1280 to 1400.'], {
      min: 1280,
      max: 1400,
      default: 1280,
      since: '14.0',
    }),
    ProviderType: providerType,
    IncludeAllNetworks: includeAllNetworks,
    EnforceRoutes: enforceRoutes,
    ExcludeLocalNetworks: excludeLocalNetworks,
    ExcludeCellularServices: excludeCellularServices,
    ExcludeAPNs: excludeAPNs,
    ExcludeDeviceCommunication: excludeDeviceCommunication,
    PPK: data(
      ['Nyckel mot kvantdatorer', 'Key against quantum computers'],
      ['Delad hemlighet enligt RFC 8784.', 'Shared secret of RFC 8784.'],
      { secret: true, since: '18.0' },
    ),
    PPKIdentifier: string(['Nyckelns id', 'Id of the key'], ['Id enligt RFC 8784.', 'Id of RFC 8784.'], {
      since: '18.0',
    }),
    PPKMandatory: integer(
      ['Kräv nyckeln', 'Require the key'],
      ['1: utan den ansluts inte VPN.', '1: without it the VPN does not connect.'],
      { allowed: [0, 1], default: 1, since: '18.0' },
    ),
    IKESecurityAssociationParameters: dictionary(
      ['Kryptering av styrningen', 'Encryption of control'],
      ['Parametrar för IKE SA.', 'Parameters of the IKE SA.'],
      {
        EncryptionAlgorithm: encryptionAlgorithm,
        IntegrityAlgorithm: integrityAlgorithm,
        DiffieHellmanGroup: diffieHellmanGroup,
        LifeTimeInMinutes: integer(
          ['Ny nyckel efter, minuter', 'New key after, minutes'],
          ['10 till 1440.', '10 to 1440.'],
          { min: 10, max: 1440, default: 1440 },
        ),
      },
    ),
    ChildSecurityAssociationParameters: dictionary(
      ['Kryptering av trafiken', 'Encryption of traffic'],
      ['Parametrar för Child SA.', 'Parameters of the Child SA.'],
      {
        EncryptionAlgorithm: encryptionAlgorithm,
        IntegrityAlgorithm: integrityAlgorithm,
        DiffieHellmanGroup: diffieHellmanGroup,
        LifeTimeInMinutes: integer(
          ['Ny nyckel efter, minuter', 'New key after, minutes'],
          ['10 till 1440.', '10 to 1440.'],
          { min: 10, max: 1440, default: 1440 },
        ),
      },
    ),
  },
)
