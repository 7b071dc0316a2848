import { type Text } from './texts.ts'

export const loanTexts = {
  'loan.state.reserved': { sv: 'Reserverad', en: 'Reserved' },
  'loan.state.terms-shown': { sv: 'Väntar på underskrift', en: 'Waiting for a signature' },
  'loan.state.signed': { sv: 'Undertecknad', en: 'Signed' },
  'loan.state.active': { sv: 'Utlånad', en: 'On loan' },
  'loan.state.disputed': { sv: 'Ärende pågår', en: 'Case open' },
  'loan.state.returned': { sv: 'Återlämnad', en: 'Returned' },
  'loan.state.closed': { sv: 'Avslutat', en: 'Closed' },
  'loan.period': { sv: 'Period', en: 'Period' },
  'loan.papers': { sv: 'Kvittenser', en: 'Receipts' },
  'loan.receipt': { sv: 'Utlämning', en: 'Hand-out' },
  'loan.return-receipt': { sv: 'Återlämning', en: 'Return' },
  'loan.overdue': { sv: 'Försenad', en: 'Overdue' },
  'accessory.charger': { sv: 'laddare', en: 'charger' },
  'accessory.cable': { sv: 'kabel', en: 'cable' },
  'accessory.case': { sv: 'fodral', en: 'case' },
  'accessory.pencil': { sv: 'penna', en: 'pencil' },
  'accessory.keyboard': { sv: 'tangentbord', en: 'keyboard' },
  'loan.void': { sv: 'ogiltig', en: 'void' },
  'loan.never-signed': { sv: 'Aldrig undertecknat', en: 'Never signed' },
} as const satisfies Record<string, Text>
