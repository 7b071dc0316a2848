import {
  domains,
  help,
  homeScreen,
  lockScreen,
  mail,
  municipal,
  ownPasscode,
  passcode,
  restrictions,
  workStaysAtWork,
} from './parts.ts'
import { profileOf, type Template } from './template.ts'

/**
 * The four parts that a municipality puts on every iPad: management, predetermined apps, mail, security (R07). The
 * management itself comes with the enrolment profile, since an iPad takes it nowhere else; its part here is the mark of
 * whose iPad it is.
 */
const standard: Template = {
  id: 'standard',
  title: ['Standardprofil i fyra delar', 'Standard profile in four parts'],
  help: [
    'Märkning, appar på hemskärmen, e-post och säkerhet. Själva hanteringen kommer när iPaden ansluts.',
    'Tag, apps on the Home Screen, mail and security. Management itself comes with enrolment.',
  ],
  build: facts =>
    profileOf(facts, { id: 'standard', title: 'Standard', removable: false }, [
      lockScreen(facts),
      help(facts),
      homeScreen(facts),
      mail(facts),
      domains(facts),
      passcode(),
      restrictions(municipal),
    ]),
}

const electedRepresentative: Template = {
  id: 'elected-representative',
  title: ['Förtroendevald', 'Elected representative'],
  help: [
    'Som standard, men privat bruk är tillåtet: eget Apple-konto, App Store och iCloud. Möteshandlingar stannar i hanterade appar. Hemskärmens ordning är låst; ta bort den delen om var och en ska få ordna sina appar själv.',
    'Like the standard, but private use is allowed: own Apple Account, App Store and iCloud. Meeting documents stay in managed apps. The order of the Home Screen is locked; take that part out if people may arrange their apps themselves.',
  ],
  build: facts =>
    profileOf(facts, { id: 'elected-representative', title: 'Förtroendevald', removable: false }, [
      lockScreen(facts),
      help(facts),
      homeScreen(facts),
      mail(facts),
      domains(facts),
      passcode({ maxInactivity: 10 }),
      restrictions({ ...municipal, forceAirDropUnmanaged: true, allowCloudBackup: true }),
    ]),
}

const staff: Template = {
  id: 'staff',
  title: ['Personal', 'Staff'],
  help: [
    'Arbetsverktyg: inga privata konton, inga köp, bokstäver i lösenkoden.',
    'A work tool: no private accounts, no purchases, letters in the passcode.',
  ],
  build: facts =>
    profileOf(facts, { id: 'staff', title: 'Personal', removable: false }, [
      lockScreen(facts),
      help(facts),
      homeScreen(facts),
      mail(facts, { EnableNotes: false }),
      domains(facts),
      passcode({ minLength: 8, requireAlphanumeric: true, pinHistory: 5 }),
      restrictions({
        ...municipal,
        allowAccountModification: false,
        allowInAppPurchases: false,
        allowiTunes: false,
        allowGameCenter: false,
        allowCloudBackup: false,
        allowCloudKeychainSync: false,
        allowAppRemoval: false,
      }),
    ]),
}

const meetingRoom: Template = {
  id: 'meeting-room',
  title: ['iPad i mötesrum', 'Meeting-room iPad'],
  help: [
    'Delas av alla: ingen e-post, inga konton, inget sparas, och skärmen visar var den hör hemma.',
    'Shared by everybody: no mail, no accounts, nothing is saved, and the screen shows where it belongs.',
  ],
  build: facts =>
    profileOf(facts, { id: 'meeting-room', title: 'Mötesrum', removable: false }, [
      lockScreen(facts),
      help(facts),
      homeScreen(facts),
      restrictions({
        ...municipal,
        allowAccountModification: false,
        allowPasscodeModification: false,
        allowCamera: false,
        allowChat: false,
        allowAirDrop: false,
        allowInAppPurchases: false,
        allowUIAppInstallation: false,
        allowAppRemoval: false,
        allowSystemAppRemoval: false,
        allowCloudBackup: false,
        allowCloudDocumentSync: false,
        allowCloudKeychainSync: false,
        allowCloudPhotoLibrary: false,
        allowPasswordAutoFill: false,
        allowDeviceNameModification: false,
        allowWallpaperModification: false,
        safariAllowAutoFill: false,
      }),
    ]),
}

const byod: Template = {
  id: 'byod',
  title: ['Egen iPad (BYOD)', 'Own iPad (BYOD)'],
  help: [
    'För personens egen iPad: e-post, lösenkod och skydd för arbetets dokument. Inget privat raderas.',
    'For the person’s own iPad: mail, a passcode and protection of work documents. Nothing private is erased.',
  ],
  build: facts =>
    profileOf(facts, { id: 'byod', title: 'Egen iPad', removable: true }, [
      mail(facts),
      ownPasscode,
      restrictions(workStaysAtWork),
    ]),
}

/** The templates that an organisation finds ready, the standard profile first. */
export const templates: readonly Template[] = [standard, electedRepresentative, staff, meetingRoom, byod]
