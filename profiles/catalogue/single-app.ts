import { boolean, dictionary, payload, string } from './notation.ts'

export const singleApp = payload('com.apple.app.lock', {
  title: ['Enappsläge', 'Single-app mode'],
  help: [
    'iPaden visar en enda app tills delen tas bort.',
    'The iPad shows one app until this part is removed.',
  ],
  family: 'apps',
  since: '6.0',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    App: dictionary(
      ['Appen', 'The app'],
      ['Vilken app som visas och vad användaren kan ändra.', 'Which app shows and what the user can change.'],
      {
        Identifier: string(
          ['Appens paket-id', 'Bundle identifier of the app'],
          [
            'Appen måste vara installerad; annars går iPaden inte att använda.',
            'The app must be installed; otherwise the iPad cannot be used.',
          ],
          { required: true },
        ),
        Options: dictionary(
          ['Bestäms av organisationen', 'Set by the organisation'],
          ['Användaren kan inte ändra dessa.', 'The user cannot change these.'],
          {
            DisableTouch: boolean(
              ['Stäng av beröring', 'Switch off touch'],
              ['På: skärmen reagerar inte på beröring.', 'On: the screen does not react to touch.'],
              { default: false },
            ),
            DisableDeviceRotation: boolean(
              ['Stäng av rotation', 'Switch off rotation'],
              ['På: bilden vrids inte.', 'On: the picture does not turn.'],
              { default: false },
            ),
            DisableVolumeButtons: boolean(
              ['Stäng av volymknappar', 'Switch off the volume buttons'],
              ['På: ljudet kan inte ändras.', 'On: the volume cannot be changed.'],
              { default: false },
            ),
            DisableRingerSwitch: boolean(
              ['Stäng av ljudlös-knappen', 'Switch off the mute switch'],
              ['På: knappen gör ingenting.', 'On: the switch does nothing.'],
              { default: false },
            ),
            DisableSleepWakeButton: boolean(
              ['Stäng av strömknappen', 'Switch off the power button'],
              ['På: iPaden kan inte släckas med knappen.', 'On: the button does not put the iPad to sleep.'],
              { default: false },
            ),
            DisableAutoLock: boolean(
              ['Släck inte skärmen', 'Keep the screen on'],
              [
                'På: iPaden somnar inte. Bra för mötesrum med ström.',
                'On: the iPad does not fall asleep. Good for a meeting room with power.',
              ],
              { default: false },
            ),
            EnableVoiceOver: boolean(
              ['VoiceOver', 'VoiceOver'],
              ['På: skärmen läses upp.', 'On: the screen is read aloud.'],
              { default: false },
            ),
            EnableZoom: boolean(
              ['Zoom', 'Zoom'],
              ['På: skärmen kan förstoras.', 'On: the screen can be enlarged.'],
              { default: false },
            ),
            EnableInvertColors: boolean(
              ['Omvända färger', 'Inverted colours'],
              ['På: färgerna vänds.', 'On: colours are inverted.'],
              { default: false },
            ),
            EnableAssistiveTouch: boolean(
              ['AssistiveTouch', 'AssistiveTouch'],
              ['På: knappar ersätts av en meny på skärmen.', 'On: a menu on the screen replaces buttons.'],
              { default: false },
            ),
            EnableSpeakSelection: boolean(
              ['Läs upp markering', 'Speak selection'],
              ['På: markerad text läses upp.', 'On: selected text is spoken.'],
              { default: false },
            ),
            EnableMonoAudio: boolean(
              ['Mono', 'Mono'],
              ['På: samma ljud i båda kanalerna.', 'On: the same sound in both channels.'],
              { default: false },
            ),
            EnableVoiceControl: boolean(
              ['Röststyrning', 'Voice Control'],
              ['På: iPaden styrs med rösten.', 'On: the iPad is used by voice.'],
              { default: false, since: '13.0' },
            ),
          },
          { since: '7.0' },
        ),
        UserEnabledOptions: dictionary(
          ['Bestäms av användaren', 'Chosen by the user'],
          ['Användaren kan slå på och av dessa.', 'The user can switch these on and off.'],
          {
            VoiceControl: boolean(
              ['Röststyrning', 'Voice Control'],
              ['På: användaren får ändra.', 'On: the user may change it.'],
              { default: false, since: '13.0' },
            ),
            VoiceOver: boolean(
              ['VoiceOver', 'VoiceOver'],
              ['På: användaren får ändra.', 'On: the user may change it.'],
              { default: false },
            ),
            Zoom: boolean(['Zoom', 'Zoom'], ['På: användaren får ändra.', 'On: the user may change it.'], {
              default: false,
            }),
            InvertColors: boolean(
              ['Omvända färger', 'Inverted colours'],
              ['På: användaren får ändra.', 'On: the user may change it.'],
              { default: false },
            ),
            AssistiveTouch: boolean(
              ['AssistiveTouch', 'AssistiveTouch'],
              ['På: användaren får ändra.', 'On: the user may change it.'],
              { default: false },
            ),
          },
          { since: '7.0' },
        ),
      },
      { required: true },
    ),
  },
})
