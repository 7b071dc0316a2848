import { networkMatch } from '../network-match.ts'
import { item, list, string } from '../notation.ts'

export const onDemandRules = list(
  ['Regler för anslutning', 'Rules of connection'],
  [
    'Prövas uppifrån; den första som stämmer med nätet avgör.',
    'Tried from the top; the first that fits the network decides.',
  ],
  item('dictionary', {
    keys: {
      Action: string(
        ['Åtgärd', 'Action'],
        ['Vad som görs när regeln stämmer.', 'What is done when the rule fits.'],
        { required: true, allowed: ['Allow', 'Connect', 'Disconnect', 'EvaluateConnection', 'Ignore'] },
      ),
      ActionParameters: list(
        ['Regler per domän', 'Rules per domain'],
        ['Läses när åtgärden är EvaluateConnection.', 'Read when the action is EvaluateConnection.'],
        item('dictionary', {
          keys: {
            Domains: list(
              ['Domäner', 'Domains'],
              ['De domäner som regeln gäller.', 'The domains that the rule is about.'],
              item('string'),
              { required: true },
            ),
            DomainAction: string(
              ['För dessa domäner', 'For these domains'],
              ['Anslut när det behövs, eller aldrig.', 'Connect when needed, or never.'],
              { required: true, allowed: ['ConnectIfNeeded', 'NeverConnect'] },
            ),
            RequiredDNSServers: list(
              ['DNS-servrar som ska svara', 'DNS servers that must answer'],
              ['Svarar de inte ansluts VPN.', 'If they do not answer, the VPN connects.'],
              item('string'),
            ),
            RequiredURLStringProbe: string(
              ['Adress som ska svara', 'Address that must answer'],
              ['Svarar den inte med 200 ansluts VPN.', 'If it does not answer 200, the VPN connects.'],
              { form: 'url' },
            ),
          },
        }),
      ),
      ...networkMatch,
    },
  }),
)
