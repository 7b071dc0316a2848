import { boolean, data, item, list, payload, string, type Facts, type Keys } from './notation.ts'

const icon: Keys = {
  Type: string(['Typ', 'Kind'], ['App, mapp eller webbklipp.', 'App, folder or web clip.'], {
    required: true,
    allowed: ['Application', 'Folder', 'WebClip'],
  }),
  DisplayName: string(['Mappens namn', 'Name of the folder'], ['Bara för mappar.', 'For folders only.']),
  BundleID: string(
    ['Appens paket-id', 'Bundle identifier of the app'],
    ['Krävs för appar.', 'Needed for apps.'],
  ),
  URL: string(
    ['Webbklippets adress', 'Address of the web clip'],
    [
      'Krävs för webbklipp; samma som i delen Webbklipp.',
      'Needed for web clips; the same as in the part Web clip.',
    ],
    { since: '11.3', form: 'link' },
  ),
}

const pages = (each: Keys, facts?: Facts) =>
  list(
    ['Sidor', 'Pages'],
    ['En lista per sida, med symboler i ordning.', 'One list for each page, with icons in order.'],
    item('array', { of: item('dictionary', { keys: each }) }),
    facts,
  )

/** A folder holds pages of its own, but no further folder: nobody can make one by hand either. */
const iconOrFolder: Keys = { ...icon, Pages: pages(icon) }

export const homeScreen = payload('com.apple.homescreenlayout', {
  title: ['Hemskärm', 'Home Screen'],
  help: [
    'Vilka appar som ligger var. Användaren kan inte flytta dem.',
    'Which apps lie where. The user cannot move them.',
  ],
  family: 'appearance',
  since: '9.3',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'both',
  keys: {
    Dock: list(
      ['Dockan', 'Dock'],
      ['Raden längst ned.', 'The row at the bottom.'],
      item('dictionary', { keys: iconOrFolder }),
    ),
    Pages: pages(iconOrFolder, { required: true }),
  },
})

export const webClip = payload('com.apple.webClip.managed', {
  title: ['Webbklipp', 'Web clip'],
  help: [
    'En symbol på hemskärmen som öppnar en webbplats.',
    'An icon on the Home Screen that opens a web site.',
  ],
  family: 'appearance',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    Precomposed: boolean(
      ['Symbolen är färdig', 'The icon is finished'],
      ['På: ingen glans läggs på symbolen.', 'On: no shine is put on the icon.'],
      { default: false },
    ),
    FullScreen: boolean(
      ['Hela skärmen', 'Full screen'],
      [
        'På: sidan visas som en app, utan Safari runt om.',
        'On: the site shows as an app, without Safari around it.',
      ],
      { default: false },
    ),
    URL: string(['Adress', 'Address'], ['Webbplatsens adress.', 'The address of the web site.'], {
      required: true,
      form: 'link',
    }),
    Icon: data(['Symbol', 'Icon'], ['En kvadratisk PNG-bild.', 'A square PNG picture.']),
    IsRemovable: boolean(
      ['Kan tas bort', 'Can be removed'],
      ['Av: användaren kan inte ta bort symbolen.', 'Off: the user cannot remove the icon.'],
      { default: true },
    ),
    Label: string(['Namn', 'Name'], ['Visas under symbolen.', 'Shown under the icon.'], { required: true }),
    IgnoreManifestScope: boolean(
      ['Stanna i hela skärmen', 'Stay in full screen'],
      ['På: länkar till andra sidor visar inte Safari.', 'On: links to other sites do not show Safari.'],
      { default: false, since: '14.0' },
    ),
    TargetApplicationBundleIdentifier: string(
      ['App som öppnar', 'App that opens'],
      [
        'Paket-id för den app som öppnar adressen i stället för Safari.',
        'Bundle identifier of the app that opens the address instead of Safari.',
      ],
      { since: '14.0' },
    ),
  },
})

export const font = payload('com.apple.font', {
  title: ['Typsnitt', 'Font'],
  help: ['Ett typsnitt som appar kan använda.', 'A font that apps can use.'],
  family: 'appearance',
  since: '7.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    Name: string(
      ['Namn', 'Name'],
      ['Ersätts av typsnittets eget namn.', "Replaced by the font's own name."],
      { default: '' },
    ),
    Font: data(['Fil', 'File'], ['En TrueType- eller OpenType-fil.', 'A TrueType or OpenType file.'], {
      required: true,
    }),
  },
})
