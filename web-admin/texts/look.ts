import { type Text } from './texts.ts'

export const lookTexts = {
  'settings.look': { sv: 'Utseende', en: 'Look' },
  'look.lead': {
    sv: 'Så att personal och låntagare ser att de är hos er.',
    en: 'So that staff and borrowers see that they are with you.',
  },
  'look.colour': { sv: 'Färg', en: 'Colour' },
  'look.colour.text': {
    sv: 'Används i sidans kant och på knapparna, under vit text. I mörkt läge används Örnkolls egna färger.',
    en: 'Used in the margin and on buttons, under white text. Dark mode keeps the colours of Örnkoll.',
  },
  'look.colour.hint': {
    sv: 'Som #0f4c56. Tomt: Örnkolls egen.',
    en: 'As in #0f4c56. Empty: that of Örnkoll.',
  },
  'look.logo': { sv: 'Logotyp', en: 'Logo' },
  'look.logo.text': {
    sv: 'Visas överst på varje sida och, när organisationen är ensam på installationen, vid inloggningen.',
    en: 'Shown at the top of every page and, when the organisation is alone on the installation, at sign-in.',
  },
  'look.logo.hint': {
    sv: 'PNG, högst 200 kB och 2000 × 1000 bildpunkter. Helst med genomskinlig bakgrund.',
    en: 'PNG, at most 200 kB and 2000 × 1000 pixels. Best with a transparent background.',
  },
  'look.logo.now': { sv: 'Logotypen som visas nu', en: 'The logo that is shown now' },
  'look.logo.do': { sv: 'Använd bilden', en: 'Use the picture' },
  'look.logo.remove': { sv: 'Ta bort logotypen', en: 'Remove the logo' },
  'said.look-saved': { sv: 'Utseendet är sparat.', en: 'The look is saved.' },
  'reason.colour-form': { sv: 'En färg skrivs som #0f4c56.', en: 'A colour looks like #0f4c56.' },
  'reason.colour-contrast': {
    sv: 'Vit text på den färgen har kontrasten {contrast}; det behövs 4,5 för att kunna läsa. Välj en mörkare.',
    en: 'White text on this colour has a contrast of {contrast}; it takes 4.5 to read it. Choose a darker one.',
  },
  'reason.price-range': { sv: 'Ett pris är 0 till 100 000 kronor.', en: 'A price is 0 to 100,000 kronor.' },
  'refusal.logo-large': { sv: 'En logotyp får ha högst 200 kB.', en: 'A logo has at most 200 kB.' },
  'refusal.logo-invalid': {
    sv: 'Det är ingen PNG som går att visa: minst 16 × 16 och högst 2000 × 1000 bildpunkter. Andra bildformat, som SVG, tas inte emot.',
    en: 'This is no PNG that can be shown: at least 16 × 16 and at most 2000 × 1000 pixels. Other formats, such as SVG, are not taken.',
  },
  'refusal.logo-unknown': { sv: 'Logotypen finns inte.', en: 'There is no such logo.' },
  'refusal.colour-unknown': { sv: 'Färgen finns inte.', en: 'There is no such colour.' },
  'audit.did.organisations.logo': { sv: 'Bytte logotyp', en: 'Changed the logo' },
  'audit.did.organisations.logo-remove': { sv: 'Tog bort logotypen', en: 'Removed the logo' },

  'settings.prices': { sv: 'Prislista', en: 'Prices' },
  'prices.lead': {
    sv: 'Vad en låntagare kan få betala för det som kommer bort eller går sönder.',
    en: 'What a borrower may have to pay for what is lost or broken.',
  },
  'prices.text': {
    sv: 'Skriv priserna i kronor. Listan visas för den som beslutar i ett ärende. Ett tomt fält betyder att det inte finns något pris; beslutet är alltid ert.',
    en: 'Write prices in kronor. The list is shown to whoever decides a case. An empty field means that there is no price; the decision is always yours.',
  },
  'prices.list': { sv: 'Prislista: {list}', en: 'Prices: {list}' },
  'price.device': { sv: 'iPad', en: 'iPad' },
  'price.screen': { sv: 'Skärm', en: 'Screen' },
  'price.charger': { sv: 'Laddare', en: 'Charger' },
  'price.cable': { sv: 'Kabel', en: 'Cable' },
  'price.pen': { sv: 'Penna', en: 'Pen' },
  'price.cover': { sv: 'Fodral', en: 'Cover' },
  'said.prices-saved': { sv: 'Prislistan är sparad.', en: 'The prices are saved.' },
} as const satisfies Record<string, Text>
