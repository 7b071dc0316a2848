import { type Text } from './texts.ts'

export const lookTexts = {
  'settings.look': { sv: 'Utseende', en: 'Look' },
  'look.lead': {
    sv: 'Så att personal och låntagare ser att sidorna är era.',
    en: 'So that staff and borrowers see that these pages are yours.',
  },
  'look.colour': { sv: 'Färg', en: 'Colour' },
  'look.colour.text': {
    sv: 'Används i sidomenyn och på knapparna, under vit text. I mörkt läge används Örnkolls egna färger.',
    en: 'Used for the side menu and buttons, under white text. Dark mode uses Örnkoll’s own colours.',
  },
  'look.colour.hint': {
    sv: 'Som #0f4c56. Tomt: Örnkolls egen.',
    en: 'Such as #0f4c56. Empty: Örnkoll’s own.',
  },
  'look.colour.pick': { sv: 'Välj ur en palett', en: 'Choose from a palette' },
  'look.logo': { sv: 'Logotyp', en: 'Logo' },
  'look.logo.text': {
    sv: 'Visas överst på varje sida, och vid inloggningen om er organisation är den enda här.',
    en: 'Shown at the top of every page, and at sign-in if yours is the only organisation here.',
  },
  'look.logo.hint': {
    sv: 'PNG, högst 200 kB och 2000 × 1000 bildpunkter. Helst med genomskinlig bakgrund.',
    en: 'PNG, at most 200 kB and 2000 × 1000 pixels. Preferably with a transparent background.',
  },
  'look.logo.now': { sv: 'Logotypen som visas nu', en: 'The logo that is shown now' },
  'look.logo.do': { sv: 'Använd bilden', en: 'Use the picture' },
  'look.logo.remove': { sv: 'Ta bort logotypen', en: 'Remove the logo' },
  'said.look-saved': { sv: 'Utseendet är sparat.', en: 'The look has been saved.' },
  'reason.colour-form': { sv: 'En färg skrivs som #0f4c56.', en: 'A colour looks like #0f4c56.' },
  'reason.colour-contrast': {
    sv: 'Vit text på den färgen har kontrasten {contrast}. Det behövs 4,5 för att kunna läsa. Välj en mörkare färg.',
    en: 'White text on this colour has a contrast of {contrast}. It takes 4.5 to be readable. Choose a darker colour.',
  },
  'reason.price-range': {
    sv: 'Ett pris är 0 till 100 000 kronor.',
    en: 'A price is between 0 and 100,000 kronor.',
  },
  'refusal.logo-large': { sv: 'En logotyp får ha högst 200 kB.', en: 'A logo may be at most 200 kB.' },
  'refusal.logo-invalid': {
    sv: 'Bilden går inte att använda. Den ska vara PNG, minst 16 × 16 och högst 2000 × 1000 bildpunkter.',
    en: 'This picture cannot be used. It must be PNG, at least 16 × 16 and at most 2000 × 1000 pixels.',
  },
  'refusal.logo-unknown': { sv: 'Logotypen finns inte.', en: 'There is no such logo.' },
  'refusal.colour-unknown': { sv: 'Färgen finns inte.', en: 'There is no such colour.' },
  'audit.did.organisations.logo': { sv: 'Bytte logotyp', en: 'Changed the logo' },
  'audit.did.organisations.logo-remove': { sv: 'Tog bort logotypen', en: 'Removed the logo' },

  'settings.prices': { sv: 'Prislista', en: 'Prices' },
  'prices.lead': {
    sv: 'Vad det kostar att ersätta det som kommer bort eller går sönder. Visas för låntagaren före underskriften.',
    en: 'What it costs to replace what is lost or broken. Shown to the borrower before signing.',
  },
  'prices.text': {
    sv: 'Skriv priserna i kronor. Listan visas också för den som beslutar i ett ärende. Ett tomt fält betyder att det inte finns något pris. Beslutet är alltid ert.',
    en: 'Write the prices in kronor. The list is also shown to the person who decides a case. An empty field means that there is no price. The decision is always yours.',
  },
  'prices.list': { sv: 'Prislista: {list}', en: 'Prices: {list}' },
  'price.device': { sv: 'iPad', en: 'iPad' },
  'price.screen': { sv: 'Skärm', en: 'Screen' },
  'price.charger': { sv: 'Laddare', en: 'Charger' },
  'price.cable': { sv: 'Kabel', en: 'Cable' },
  'price.pen': { sv: 'Penna', en: 'Pencil' },
  'price.cover': { sv: 'Fodral', en: 'Case' },
  'said.prices-saved': { sv: 'Prislistan är sparad.', en: 'The prices have been saved.' },
} as const satisfies Record<string, Text>
