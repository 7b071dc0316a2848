import { boolean, type Keys } from '../notation.ts'

export const workAndPrivate: Keys = {
  allowMailPrivacyProtection: boolean(
    ['Integritetsskydd i Mail', 'Mail Privacy Protection'],
    [
      'Av: Mail döljer inte IP-adress och läsning för avsändare.',
      'Off: Mail does not hide the address and the reading from senders.',
    ],
    { default: true, since: '15.2', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowManagedToWriteUnmanagedContacts: boolean(
    ['Hanterade appar skriver privata kontakter', 'Managed apps write private contacts'],
    [
      'På: hanterade appar får skriva i privata konton. Betyder något bara när dokument inte får lämna hanterade appar.',
      'On: managed apps may write into private accounts. Matters only when documents may not leave managed apps.',
    ],
    { default: false, since: '12.0', byHand: false, userEnrolment: 'forbidden' },
  ),
  allowOpenFromManagedToUnmanaged: boolean(
    ['Öppna arbetsdokument i privata appar', 'Open work documents in private apps'],
    [
      'Av: dokument i hanterade appar och konton kan bara öppnas i andra hanterade appar.',
      'Off: documents in managed apps and accounts open only in other managed apps.',
    ],
    { default: true, since: '7.0' },
  ),
  allowOpenFromUnmanagedToManaged: boolean(
    ['Öppna privata dokument i arbetsappar', 'Open private documents in work apps'],
    [
      'Av: dokument i privata appar kan inte öppnas i hanterade appar.',
      'Off: documents in private apps do not open in managed apps.',
    ],
    { default: true, since: '7.0' },
  ),
  allowUnmanagedToReadManagedContacts: boolean(
    ['Privata appar läser arbetskontakter', 'Private apps read work contacts'],
    [
      'På: privata appar får läsa hanterade kontakter. Betyder något bara när dokument inte får lämna hanterade appar.',
      'On: private apps may read managed contacts. Matters only when documents may not leave managed apps.',
    ],
    { default: false, since: '12.0', byHand: false },
  ),
  forceAirDropUnmanaged: boolean(
    ['AirDrop räknas som privat', 'AirDrop counts as private'],
    [
      'På: arbetsdokument kan inte skickas med AirDrop när de inte får lämna hanterade appar.',
      'On: work documents cannot leave by AirDrop when they may not leave managed apps.',
    ],
    { default: false, since: '9.0' },
  ),
  requireManagedPasteboard: boolean(
    ['Urklipp följer dokumentreglerna', 'The pasteboard follows the document rules'],
    [
      'På: kopiera och klistra in begränsas på samma sätt som öppnande av dokument mellan arbete och privat.',
      'On: copy and paste are bound by the same rules as opening documents between work and private.',
    ],
    { default: false, since: '15.0' },
  ),
}
