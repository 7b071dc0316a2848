import { boolean, type Keys } from '../notation.ts'

export const keyboard: Keys = {
  allowAutoCorrection: boolean(
    ['Autokorrigering', 'Auto-correction'],
    [
      'Av: tangentbordet rättar inte ord automatiskt.',
      'Off: the keyboard does not correct words automatically.',
    ],
    { default: true, since: '8.1.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowContinuousPathKeyboard: boolean(
    ['Svepa för att skriva', 'Slide to type'],
    [
      'Av: det går inte att skriva genom att svepa över tangenterna.',
      'Off: words cannot be written by sliding over the keys.',
    ],
    { default: true, since: '13.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowDefinitionLookup: boolean(
    ['Slå upp ord', 'Look up words'],
    ['Av: ord kan inte slås upp i ordlistan.', 'Off: words cannot be looked up in the dictionary.'],
    { default: true, since: '8.1.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowKeyboardShortcuts: boolean(
    ['Kortkommandon', 'Keyboard shortcuts'],
    ['Av: kortkommandon på tangentbord fungerar inte.', 'Off: keyboard shortcuts do not work.'],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowPredictiveKeyboard: boolean(
    ['Ordförslag', 'Predictive text'],
    ['Av: tangentbordet föreslår inga ord.', 'Off: the keyboard suggests no words.'],
    { default: true, since: '8.1.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowSpellCheck: boolean(
    ['Stavningskontroll', 'Spell check'],
    ['Av: stavning kontrolleras inte.', 'Off: spelling is not checked.'],
    { default: true, since: '8.1.3', supervised: true, userEnrolment: 'forbidden' },
  ),
}
