import { type Text } from './texts.ts'

export const commandTexts = {
  'command.DeviceInformation': { sv: 'Uppgifter om iPaden', en: 'Details of the iPad' },
  'command.SecurityInfo': { sv: 'Säkerhetsläge', en: 'Security status' },
  'command.InstalledApplicationList': { sv: 'Lista över appar', en: 'List of apps' },
  'command.ProfileList': { sv: 'Lista över profiler', en: 'List of profiles' },
  'command.CertificateList': { sv: 'Lista över certifikat', en: 'List of certificates' },
  'command.InstallProfile': { sv: 'Installera profil', en: 'Install a profile' },
  'command.RemoveProfile': { sv: 'Ta bort profil', en: 'Remove a profile' },
  'command.InstallApplication': { sv: 'Installera app', en: 'Install an app' },
  'command.RemoveApplication': { sv: 'Ta bort app', en: 'Remove an app' },
  'command.DeviceLock': { sv: 'Lås skärmen', en: 'Lock the screen' },
  'command.EnableLostMode': { sv: 'Förlorat läge på', en: 'Lost mode on' },
  'command.DisableLostMode': { sv: 'Förlorat läge av', en: 'Lost mode off' },
  'command.DeviceLocation': { sv: 'Hämta position', en: 'Fetch the position' },
  'command.PlayLostModeSound': { sv: 'Spela ljud', en: 'Play a sound' },
  'command.EraseDevice': { sv: 'Radera allt', en: 'Wipe everything' },
  'command.ClearPasscode': { sv: 'Ta bort lösenkod', en: 'Remove the passcode' },
  'command.RestartDevice': { sv: 'Starta om', en: 'Restart' },
  'command.ShutDownDevice': { sv: 'Stäng av', en: 'Shut down' },
  'command.Settings': { sv: 'Inställningar', en: 'Settings' },
  'command.other': { sv: 'Kommandot {name}', en: 'Command {name}' },
  'command.state.queued': { sv: 'Väntar på att iPaden hämtar', en: 'Waiting for the iPad to fetch it' },
  'command.state.sent': { sv: 'Hämtat av iPaden', en: 'Fetched by the iPad' },
  'command.state.not-now': {
    sv: 'iPaden kan inte just nu, försöker igen',
    en: 'The iPad is busy and will try again',
  },
  'command.state.acknowledged': { sv: 'Klart', en: 'Done' },
  'command.state.failed': { sv: 'Misslyckades', en: 'Failed' },
  'command.state.cancelled': { sv: 'Återtaget', en: 'Withdrawn' },
  'command.state.expired': { sv: 'Tiden gick ut', en: 'Expired' },
  'command.by': { sv: '{when} av {name}', en: '{when} by {name}' },
  'refusal.command-not-allowed': {
    sv: 'Din roll får inte skicka det kommandot.',
    en: 'Your role may not send this command.',
  },
  'refusal.approval-needed': {
    sv: 'En annan person måste godkänna det först.',
    en: 'Another person has to approve this first.',
  },
  'refusal.one-by-one-limit': {
    sv: 'Så många iPads ändrar ingen ensam på ett dygn, en i taget. Gör det som en utrullning eller med flera iPads på en gång, så kan en annan person godkänna.',
    en: 'Nobody changes that many iPads alone in 24 hours, one at a time. Do it as a roll-out or with many iPads at once, so that another person can approve.',
  },
  'refusal.reason-missing': { sv: 'Skriv varför.', en: 'Write why.' },
  'refusal.enrolment-link-unknown': {
    sv: 'Anslutningslänken finns inte.',
    en: 'There is no such enrolment link.',
  },
  'refusal.enrolment-link-expired': {
    sv: 'Anslutningslänken är för gammal. Skapa en ny.',
    en: 'This enrolment link is too old. Create a new one.',
  },
  'refusal.command-invalid': {
    sv: 'Kommandot är inte rätt ifyllt. Rätta det och skicka igen.',
    en: 'The command is not filled in correctly. Correct it and send it again.',
  },
  'refusal.command-unknown': { sv: 'Kommandot finns inte.', en: 'There is no such command.' },
  'refusal.command-sent': {
    sv: 'iPaden har redan hämtat kommandot.',
    en: 'The iPad has already fetched this command.',
  },
  'refusal.command-finished': { sv: 'Kommandot är redan avslutat.', en: 'This command has already ended.' },
  'refusal.device-unenrolled': {
    sv: 'iPaden är inte ansluten, så inget kan skickas till den.',
    en: 'This iPad is not enrolled, so nothing can be sent to it.',
  },
  'refusal.unlock-token-missing': {
    sv: 'Lösenkoden kan inte tas bort, för iPaden har inte skickat den nyckel som behövs.',
    en: 'The passcode cannot be removed, because the iPad has not sent the token this needs.',
  },
} as const satisfies Record<string, Text>
