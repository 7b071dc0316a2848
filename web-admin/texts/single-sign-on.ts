import { type Text } from './texts.ts'

export const singleSignOnTexts = {
  'settings.single-sign-on': { sv: 'Kommunens inloggning', en: 'Single sign-on' },
  'single-sign-on.with': { sv: 'Logga in med {name}', en: 'Sign in with {name}' },
  'single-sign-on.ask': { sv: 'Logga in med arbetskontot', en: 'Sign in with your work account' },
  'single-sign-on.ask.hint': {
    sv: 'Skriv e-postadressen ovan först. Lösenordet behövs inte.',
    en: 'Write your e-mail address above first. No password is needed.',
  },
  'single-sign-on.other': {
    sv: 'Jag arbetar i en annan organisation',
    en: 'I work for another organisation',
  },
  'single-sign-on.email': { sv: 'Skriv din e-postadress.', en: 'Write your e-mail address.' },
  'single-sign-on.none': {
    sv: 'Adressen hör inte till någon inloggning här. Logga in med lösenord, eller be er administratör om adressen till er inloggningssida.',
    en: 'The address belongs to no sign-in here. Sign in with a password, or ask your administrator for the address of your sign-in page.',
  },
  'provider.sign-in-url': {
    sv: 'Den här adressen ger personalen er inloggning direkt. Den som skriver en e-postadress med en av era domäner kommer också rätt.',
    en: 'This address brings staff straight to your sign-in. Whoever writes an e-mail address with one of your domains gets there too.',
  },
  'single-sign-on.refused': { sv: 'Det gick inte att logga in', en: 'Sign-in failed' },
  'signed-out.title': { sv: 'Du är utloggad ur Örnkoll', en: 'You are signed out of Örnkoll' },
  'signed-out.shared': {
    sv: 'Din inloggning hos kommunen finns kvar i webbläsaren. Logga ut där också om andra använder enheten.',
    en: 'Your organisation’s sign-in is still open in this browser. Sign out there too if others use this device.',
  },
  'signed-out.there': { sv: 'Logga ut från {name} också', en: 'Sign out of {name} too' },
  'signed-out.again': { sv: 'Logga in igen', en: 'Sign in again' },
  'signed-out.not-there': { sv: 'Det gick inte att logga ut där', en: 'You could not be signed out there' },
  'provider.signed-out-url': {
    sv: 'Och den här som adress efter utloggning (post logout redirect URI):',
    en: 'And this one as the address after signing out (post logout redirect URI):',
  },
  'refusal.identity-provider-no-sign-out': {
    sv: 'Du kan inte logga ut från den tjänsten härifrån. Stäng webbläsaren, eller logga ut hos tjänsten själv.',
    en: 'You cannot sign out of that provider from here. Close the browser, or sign out at the provider yourself.',
  },
  'confirm.provider': { sv: 'Bekräfta hos {name}', en: 'Confirm at {name}' },
  'said.confirmed': {
    sv: 'Bekräftat. Gör nu det du tänkte göra.',
    en: 'Confirmed. Now do what you were about to do.',
  },
  'provider.lead': {
    sv: 'Personalen loggar in med det konto de redan har (OpenID Connect). Grupperna där bestämmer rollerna här.',
    en: 'Staff sign in with the account they already have (OpenID Connect). Their groups there decide their roles here.',
  },
  'provider.provider': { sv: 'Inloggningstjänst', en: 'Provider' },
  'provider.answer-url': {
    sv: 'Anmäl den här adressen som återadress (redirect URI) hos tjänsten:',
    en: 'Register this address at the provider as the redirect URI:',
  },
  'provider.name': { sv: 'Namn på knappen', en: 'Name on the button' },
  'provider.name.hint': { sv: 'Till exempel: Ekeby kommun', en: 'For example: Ekeby kommun' },
  'provider.issuer': { sv: 'Utfärdare (issuer)', en: 'Issuer' },
  'provider.issuer.hint': { sv: 'En adress som börjar med https', en: 'An address that begins with https' },
  'provider.client-id': { sv: 'Klient-id', en: 'Client id' },
  'provider.client-secret': { sv: 'Klienthemlighet', en: 'Client secret' },
  'provider.client-secret.hint': {
    sv: 'Förseglas och visas aldrig igen. Lämna tomt för att behålla den som finns.',
    en: 'Sealed and never shown again. Leave empty to keep the one that is stored.',
  },
  'provider.roles': { sv: 'Grupper och roller', en: 'Groups and roles' },
  'provider.group-claim': { sv: 'Uppgift som listar grupper', en: 'Claim that lists groups' },
  'provider.group-claim.hint': { sv: 'Oftast groups eller roles', en: 'Usually groups or roles' },
  'provider.group-roles': { sv: 'Grupp och roll', en: 'Group and role' },
  'provider.group-roles.hint': {
    sv: 'En per rad, som: IT-support = helpdesk. Utan grupp kommer ingen in.',
    en: 'One per line, such as: IT-support = helpdesk. Nobody gets in without a group.',
  },
  'provider.role-names': { sv: 'Roller:', en: 'Roles:' },
  'provider.assurance': { sv: 'Tillitsnivå (acr) som krävs', en: 'Required assurance level (acr)' },
  'provider.assurance.hint': {
    sv: 'Som tjänsten skriver den. Tomt: vilken som helst.',
    en: 'As the provider writes it. Empty: any.',
  },
  'provider.creates-accounts': {
    sv: 'Den som har en grupp men inget konto får ett konto vid inloggning',
    en: 'Anyone who has a group but no account gets an account when signing in',
  },
  'provider.vouches': {
    sv: 'Ingen kan själv välja sin e-postadress hos tjänsten',
    en: 'Nobody can choose their own e-mail address at the provider',
  },
  'provider.vouches.hint': {
    sv: 'För tjänster som inte skickar email_verified, som Microsoft Entra ID. Utan det kommer ingen in första gången: varken till ett konto som redan finns här eller med ett nytt.',
    en: 'For providers that do not send email_verified, such as Microsoft Entra ID. Without it nobody gets in the first time: neither to an account that is here already nor with a new one.',
  },
  'provider.enabled': { sv: 'Visa knappen på inloggningssidan', en: 'Show the button on the sign-in page' },
  'said.provider-saved': { sv: 'Inställningarna är sparade.', en: 'The settings have been saved.' },
  'form.error.group-roles': {
    sv: '{label}: skriv grupp = roll på varje rad.',
    en: '{label}: write group = role on each line.',
  },
  'refusal.identity-provider-invalid': {
    sv: 'Inloggningstjänsten är inte rätt ifylld. Rätta uppgifterna och spara igen.',
    en: 'The sign-in provider is not filled in correctly. Correct the details and save again.',
  },
  'reason.issuer-form': {
    sv: 'Skriv hela adressen, som börjar med https och slutar utan frågetecken.',
    en: 'Write the whole address, which begins with https and has no question mark.',
  },
  'reason.group-roles-empty': {
    sv: 'Skriv minst en grupp och dess roll innan knappen visas.',
    en: 'Write at least one group and its role before the button is shown.',
  },
  'refusal.issuer-unreachable': {
    sv: 'Ingen inloggningstjänst svarar på utfärdarens adress. Om den finns i ert eget nät måste servern tillåta det.',
    en: 'No sign-in provider answers at the issuer’s address. If it is in your own network, the server has to allow that.',
  },
  'refusal.client-secret-needed': {
    sv: 'Skriv klienthemligheten igen: utfärdaren eller klienten har ändrats.',
    en: 'Type the client secret again: the issuer or the client has changed.',
  },
  'refusal.identity-provider-unknown': {
    sv: 'Den inloggningstjänsten finns inte.',
    en: 'There is no such sign-in provider.',
  },
  'refusal.identity-provider-down': {
    sv: 'Organisationens inloggningstjänst svarar inte. Försök igen om en stund.',
    en: 'Your organisation’s sign-in service is not responding. Try again in a while.',
  },
  'refusal.single-sign-on-refused': {
    sv: 'Inloggningen avbröts, eller så gick det inte att lita på svaret från inloggningstjänsten. Börja om.',
    en: 'The sign-in was cancelled, or the provider’s answer could not be trusted. Start again.',
  },
  'refusal.single-sign-on-assurance': {
    sv: 'Inloggningen var inte så stark som din organisation kräver.',
    en: 'The sign-in was not as strong as your organisation requires.',
  },
  'refusal.single-sign-on-no-role': {
    sv: 'Ingen av dina grupper ger en roll här. Tala med er administratör.',
    en: 'None of your groups gives you a role here. Talk to your administrator.',
  },
  'refusal.single-sign-on-unproved': {
    sv: 'Inloggningstjänsten säger inte att e-postadressen är din. Tala med er administratör, som kan ändra det i inställningarna.',
    en: 'The sign-in service does not say that the e-mail address is yours. Talk to your administrator, who can change that in the settings.',
  },
  'refusal.single-sign-on-unknown': {
    sv: 'Du har inget konto här. Tala med er administratör.',
    en: 'You have no account here. Talk to your administrator.',
  },
  'refusal.local-sign-in-needed': {
    sv: 'Logga in med eget lösenord eller egen inloggningsnyckel för att ändra hur du loggar in.',
    en: 'Sign in with your own password or passkey to change how you sign in.',
  },
  'audit.did.organisations.identity-provider': {
    sv: 'Ändrade kommunens inloggning',
    en: 'Changed single sign-on',
  },
} as const satisfies Record<string, Text>
