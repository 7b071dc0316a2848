import { payload, type CataloguePayload, type Keys } from '../notation.ts'
import { apps } from './apps.ts'
import { media } from './media.ts'
import { cloud } from './cloud.ts'
import { workAndPrivate } from './work-and-private.ts'
import { lockAndPasswords } from './lock-and-passwords.ts'
import { communication } from './communication.ts'
import { network } from './network.ts'
import { printersAndScreens } from './printers-and-screens.ts'
import { connections } from './connections.ts'
import { siriAndIntelligence } from './siri-and-intelligence.ts'
import { keyboard } from './keyboard.ts'
import { safari } from './safari.ts'
import { settings } from './settings.ts'
import { updatesAndDiagnostics } from './updates-and-diagnostics.ts'
import { classroomApp } from './classroom.ts'

const groups: NonNullable<CataloguePayload['groups']> = [
  { title: ['Appar', 'Apps'], keys: apps },
  { title: ['Medier och spel', 'Media and games'], keys: media },
  { title: ['iCloud', 'iCloud'], keys: cloud },
  { title: ['Arbete och privat', 'Work and private'], keys: workAndPrivate },
  { title: ['Lås och lösenord', 'Lock and passwords'], keys: lockAndPasswords },
  { title: ['Samtal, kamera och klocka', 'Calls, camera and watch'], keys: communication },
  { title: ['Nät', 'Networks'], keys: network },
  { title: ['Skrivare och skärmar', 'Printers and screens'], keys: printersAndScreens },
  { title: ['Datorer, USB och filer', 'Computers, USB and files'], keys: connections },
  { title: ['Siri och Apple Intelligence', 'Siri and Apple Intelligence'], keys: siriAndIntelligence },
  { title: ['Tangentbord', 'Keyboard'], keys: keyboard },
  { title: ['Safari', 'Safari'], keys: safari },
  { title: ['Inställningar', 'Settings'], keys: settings },
  { title: ['Uppdateringar och diagnos', 'Updates and diagnostics'], keys: updatesAndDiagnostics },
  { title: ['Klassrum', 'Classroom'], keys: classroomApp },
]

export const restrictions = payload('com.apple.applicationaccess', {
  title: ['Begränsningar', 'Restrictions'],
  help: [
    'Vad användaren får och inte får göra på iPaden. Flera begränsningsprofiler räknas samman, och den strängaste gäller.',
    'What the user may and may not do on the iPad. Several restriction profiles add up, and the strictest value wins.',
  ],
  family: 'restrictions',
  since: '4.0',
  several: true,
  sharedPlace: 'both',
  groups,
  keys: Object.assign({}, ...groups.map(group => group.keys)) as Keys,
})
