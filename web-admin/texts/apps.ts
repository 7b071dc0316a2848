import { type Text } from './texts.ts'

export const appTexts = {
  'audit.kind.app-set': { sv: 'Appuppsättning', en: 'App set' },
  'audit.did.app-sets.save': {
    sv: 'Sparade en version av en appuppsättning',
    en: 'Saved a version of an app set',
  },
  'audit.did.app-sets.end': { sv: 'Avslutade en appuppsättning', en: 'Ended an app set' },
  'api.tag.app-sets': { sv: 'Appuppsättningar', en: 'App sets' },
  'refusal.app-set-unknown': { sv: 'Appuppsättningen finns inte.', en: 'There is no such app set.' },
  'refusal.app-set-invalid': {
    sv: 'Några appar är fel ifyllda. Rätta raderna och spara igen.',
    en: 'Some apps are filled in wrongly. Correct the lines and save again.',
  },
  'refusal.app-set-ended': {
    sv: 'Appuppsättningen är avslutad. Gör en ny.',
    en: 'This app set has ended. Create a new one.',
  },
  'refusal.apps-not-told': {
    sv: 'Ingen appuppsättning gäller för iPaden, eller så har den inte berättat om sina appar än.',
    en: 'No app set applies to this iPad, or it has not reported its apps yet.',
  },
  'refusal.nothing-to-put-right': {
    sv: 'iPaden har de appar som den ska ha.',
    en: 'The iPad has the apps that it should have.',
  },
  'reason.app-twice': {
    sv: '{identifier} står två gånger. Ta bort den ena raden.',
    en: '{identifier} is listed twice. Remove one of the lines.',
  },
  'form.error.apps': {
    sv: 'Skriv högst {limit} appar.',
    en: 'Write at most {limit} apps.',
  },
  'form.error.app-line': {
    sv: 'Raden ”{line}” är ingen app. Skriv identifieraren först, som se.exempel.handlingar.',
    en: 'The line “{line}” is no app. Write the identifier first, such as com.example.papers.',
  },

  'app-sets.title': { sv: 'Appar', en: 'Apps' },
  'app-sets.lead': {
    sv: 'Vilka appar som ska finnas på vilka iPads. Appar som saknas eller är för mycket visas som avvikelser.',
    en: 'Which apps are to be on which iPads. Apps that are missing or too many are shown as differences.',
  },
  'app-sets.add': { sv: 'Ny appuppsättning', en: 'New app set' },
  'app-sets.empty.title': { sv: 'Inga appuppsättningar ännu', en: 'No app sets yet' },
  'app-sets.empty.text': {
    sv: 'Skriv vilka appar som alla, en roll eller en nämnd ska ha.',
    en: 'Write which apps everybody, a role or a committee is to have.',
  },
  'app-set.name.hint': { sv: 'Till exempel Förtroendevalda', en: 'For example Elected representatives' },
  'app-set.apps': { sv: 'Appar', en: 'Apps' },
  'app-set.apps.hint': {
    sv: 'En per rad: appens identifierare, numret i App Store om det behövs, och namnet. Till exempel: se.exempel.handlingar 123456789 Handlingar',
    en: 'One on each line: the identifier of the app, its number in the App Store if needed, and the name. For example: com.example.papers 123456789 Papers',
  },
  'app-set.revise': { sv: 'Ändra uppsättningen', en: 'Change the set' },
  'app-set.revise.text': {
    sv: 'Det blir en ny version, som gäller direkt. Inget installeras eller tas bort förrän någon ber om det.',
    en: 'This makes a new version, which applies at once. Nothing is installed or removed until somebody asks for it.',
  },
  'app-set.end': { sv: 'Avsluta uppsättningen', en: 'End the set' },
  'app-set.end.text': {
    sv: 'Uppsättningen kräver inget längre. Apparna ligger kvar på iPads.',
    en: 'The set asks for nothing any more. The apps stay on the iPads.',
  },
  'app-set.ended': { sv: 'Avslutad', en: 'Ended' },
  'app-set.ended.at': { sv: 'Avslutad {when}', en: 'Ended {when}' },
  'app.identifier': { sv: 'Identifierare', en: 'Identifier' },
  'app.store-id': { sv: 'Nummer i App Store', en: 'Number in the App Store' },
  'said.app-set-saved': { sv: 'Appuppsättningen är sparad.', en: 'The app set has been saved.' },
  'said.app-set-ended': { sv: 'Appuppsättningen är avslutad.', en: 'The app set has ended.' },

  'apps.drift.title': { sv: 'Avvikande appar', en: 'Differing apps' },
  'apps.drift.lead': {
    sv: 'iPads vars hanterade appar skiljer sig från vad deras uppsättningar säger.',
    en: 'iPads whose managed apps differ from what their sets say.',
  },
  'apps.drift.none.title': { sv: 'Inga avvikelser', en: 'No differences' },
  'apps.drift.none.text': {
    sv: 'Ingen av de iPads som har berättat om sina appar avviker. De berättar varje dag.',
    en: 'None of the iPads that have reported their apps differs. They report every day.',
  },
  'apps.title': { sv: 'Appar enligt uppsättning', en: 'Apps of the app sets' },
  'apps.wanted': { sv: '{count} appar ska finnas', en: '{count} apps are wanted' },
  'apps.wanted.one': { sv: '{count} app ska finnas', en: '{count} app is wanted' },
  'apps.told': { sv: 'iPaden berättade {when}', en: 'told by the iPad {when}' },
  'apps.not-told': {
    sv: 'iPaden har inte berättat om sina hanterade appar än.',
    en: 'The iPad has not reported its managed apps yet.',
  },
  'apps.right': {
    sv: 'Alla finns, och inga andra hanterade appar.',
    en: 'All are there, and no other managed apps.',
  },
  'apps.missing': { sv: 'Saknas', en: 'Missing' },
  'apps.coming': { sv: 'På väg', en: 'On their way' },
  'apps.extra': { sv: 'För mycket', en: 'Too many' },
  'apps.why.absent': { sv: 'finns inte på iPaden', en: 'is not on the iPad' },
  'apps.why.refused': {
    sv: 'avböjdes på iPaden, eller gick inte att installera',
    en: 'was declined on the iPad, or could not be installed',
  },
  'apps.install': { sv: 'Installera det som saknas', en: 'Install what is missing' },
  'apps.remove': { sv: 'Ta bort det som är för mycket', en: 'Remove what is too many' },
  'apps.remove.text': {
    sv: 'Apparna tas bort från iPaden med allt som är sparat i dem. Det går inte att ångra.',
    en: 'The apps are removed from the iPad with everything kept in them. This cannot be undone.',
  },
  'refusal.apps-all-right': {
    sv: 'Det finns ingen iPad att rätta till. Läs in sidan igen.',
    en: 'There is no iPad to put right. Load the page again.',
  },
  'apps.all.missing': { sv: 'Installera det som saknas på alla', en: 'Install what is missing on all' },
  'apps.all.extra': { sv: 'Ta bort det som är för mycket på alla', en: 'Remove what is too many from all' },
  'apps.all.installs': { sv: '{count} installationer', en: '{count} installations' },
  'apps.all.installs.one': { sv: 'En installation', en: 'One installation' },
  'apps.all.removals': { sv: '{count} appar tas bort', en: '{count} apps are removed' },
  'apps.all.removals.one': { sv: 'En app tas bort', en: 'One app is removed' },
  'apps.all.none': { sv: 'Det finns ingen iPad att rätta till.', en: 'There is no iPad to put right.' },
  'apps.all.exact': {
    sv: 'Bara de appar som avviker nu berörs. Vad som hände med varje iPad visas under Massåtgärder.',
    en: 'Only the apps that differ now are touched. What happened with each iPad is shown under Jobs.',
  },
  'bulk.action.install-missing-apps': { sv: 'Installera appar som saknas', en: 'Install missing apps' },
  'bulk.action.remove-extra-apps': {
    sv: 'Ta bort appar som är för mycket',
    en: 'Remove apps that are too many',
  },
  'bulk.action.put-apps-right': {
    sv: 'Rätta apparna efter uppsättningarna',
    en: 'Put the apps right by their sets',
  },
} as const satisfies Record<string, Text>
