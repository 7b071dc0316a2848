import { boolean, type Keys } from '../notation.ts'

export const siriAndIntelligence: Keys = {
  allowAssistant: boolean(
    ['Siri', 'Siri'],
    ['Av: Siri stängs av helt.', 'Off: Siri is switched off altogether.'],
    { default: true, since: '5.0' },
  ),
  allowAssistantUserGeneratedContent: boolean(
    ['Siri får söka i andras innehåll', 'Siri may search user-made content'],
    [
      'Av: Siri visar inte innehåll som vem som helst kan skriva på webben.',
      'Off: Siri shows nothing from the web that anyone can write.',
    ],
    { default: true, since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAssistantWhileLocked: boolean(
    ['Siri när iPaden är låst', 'Siri while locked'],
    [
      'Av: Siri svarar inte på låst skärm. Verkar bara när det finns en lösenkod.',
      'Off: Siri does not answer on a locked screen. Has an effect only with a passcode.',
    ],
    { default: true, since: '5.1' },
  ),
  allowDictation: boolean(
    ['Diktering', 'Dictation'],
    ['Av: det går inte att tala in text.', 'Off: text cannot be spoken.'],
    { default: true, since: '10.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowGenmoji: boolean(
    ['Genmoji', 'Genmoji'],
    ['Av: nya Genmoji kan inte skapas.', 'Off: no new Genmoji can be made.'],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowImagePlayground: boolean(
    ['Image Playground', 'Image Playground'],
    [
      'Av: bilder kan inte skapas med Image Playground.',
      'Off: no pictures can be made with Image Playground.',
    ],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowImageWand: boolean(
    ['Bildtrollspö', 'Image Wand'],
    ['Av: skisser kan inte göras om till bilder.', 'Off: sketches cannot be made into pictures.'],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowMailSummary: boolean(
    ['Sammanfatta e-post', 'Summarise mail'],
    [
      'Av: användaren kan inte låta iPaden sammanfatta ett mejl.',
      'Off: the user cannot have a message summarised.',
    ],
    { default: true, since: '18.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowPersonalizedHandwritingResults: boolean(
    ['Text i egen handstil', "Text in one's own hand"],
    [
      'Av: iPaden skapar inte text i användarens handstil.',
      "Off: the iPad makes no text in the user's handwriting.",
    ],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowSpotlightInternetResults: boolean(
    ['Sökresultat från nätet', 'Search results from the internet'],
    [
      'Av: sökning på iPaden visar inga förslag från nätet.',
      'Off: searching on the iPad shows nothing from the internet.',
    ],
    { default: true, since: '8.0', userEnrolment: 'forbidden' },
  ),
  allowWritingTools: boolean(
    ['Skrivverktyg', 'Writing Tools'],
    [
      'Av: Apple Intelligence hjälper inte till att skriva.',
      'Off: Apple Intelligence does not help with writing.',
    ],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  forceAssistantProfanityFilter: boolean(
    ['Siri undviker svordomar', 'Siri avoids profanity'],
    ['På: svordomar filtreras i Siri och diktering.', 'On: profanity is filtered in Siri and dictation.'],
    { default: false, since: '5.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceOnDeviceOnlyDictation: boolean(
    ['Diktering bara på iPaden', 'Dictation on the iPad only'],
    ['På: det som dikteras skickas inte till Apple.', 'On: what is dictated is not sent to Apple.'],
    { default: false, since: '14.5' },
  ),
  forceOnDeviceOnlyTranslation: boolean(
    ['Översättning bara på iPaden', 'Translation on the iPad only'],
    ['På: det som översätts skickas inte till Apple.', 'On: what is translated is not sent to Apple.'],
    { default: false, since: '15.0' },
  ),
}
