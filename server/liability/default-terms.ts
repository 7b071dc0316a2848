import { type NewTerms } from './liability-terms.ts'

const sv = `Du lånar en iPad av kommunen för ditt uppdrag. Med din underskrift godtar du villkoren nedan.

# Vem som äger den
Kommunen äger både iPaden och tillbehören. Du lånar dem så länge du har uppdraget och lämnar tillbaka dem när det tar slut, eller tidigare om kommunen ber om det. Du får inte låna ut, hyra ut eller sälja dem.

# Så använder du den
- Du har den för ditt uppdrag. Privat bruk i liten omfattning går bra så länge det är lagligt och inte stör uppdraget.
- Ha skärmlås med kod, och lämna inte ut koden till någon.
- Bara du får använda iPaden. Handlingar som omfattas av sekretess visar du inte för någon annan.
- Märkningen på baksidan får inte tas bort.

# Så sköter kommunen den
Kommunen installerar appar och inställningar på distans, ser vilka appar som är installerade och kan hjälpa dig att låsa upp iPaden. Kommunen ser inte dina meddelanden, bilder eller vilka webbsidor du besöker. Var iPaden befinner sig hämtas bara när den är anmäld stulen eller borttappad, och uppgiften tas bort när ärendet är avslutat.

# Om något händer
- Är iPaden stulen eller borttappad anmäler du det genast till kommunens servicedesk. En stöld ska också polisanmälas.
- Då låses iPaden på distans, och den kan raderas. Det som bara finns på iPaden går i så fall förlorat.
- Fel och skador anmäler du så snart du märker dem. Försök inte laga iPaden själv.

# Ditt ansvar
Du ska ta hand om iPaden som om den vore din egen. Går den sönder eller försvinner utan att du har varit oaktsam betalar du ingenting. Har du varit uppenbart oaktsam, eller lämnar du inte tillbaka den inom en månad efter att du har blivit ombedd, kan kommunen begära ersättning. Ersättningen är högst vad iPaden är värd den dagen. Beslutet fattas av en namngiven person efter att du har fått säga din mening.

# När lånet tar slut
Spara dina egna handlingar innan du lämnar tillbaka iPaden, och logga ut från ditt privata Apple-konto om du har ett. Kommunen raderar iPaden när den har kommit tillbaka. Du får en kvittens på återlämningen.

# Personuppgifter
Kommunen sparar ditt namn, dina kontaktuppgifter, vilka tillbehör och vilken iPad du lånar, din underskrift och ärenden om lånet. Uppgifterna behövs för att utföra lånet och sparas så länge som kommunens gallringsbeslut säger. Du har rätt att få veta vad som finns sparat om dig och att få fel rättade.`

const en = `You borrow an iPad from the municipality for your mandate. By signing you accept the terms below.

# The iPad belongs to the municipality
The iPad and its accessories are owned by the municipality. You borrow them for as long as you hold the mandate, and return them when it ends, or earlier if the municipality asks you to. You may not lend, rent or sell them.

# How you use it
- The iPad is for your mandate. Some private use is fine as long as it is lawful and does not interfere with the mandate.
- Use a passcode, and do not give it to anyone.
- Only you may use the iPad. Do not show confidential documents to anybody else.
- The tag on the back may not be removed.

# How the municipality looks after it
The municipality installs apps and settings remotely, sees which apps are installed and can help you unlock the iPad. It does not see your messages, your pictures or which websites you visit. The position of the iPad is requested only when it has been reported stolen or lost, and is removed when the case is closed.

# If something happens
- If the iPad is stolen or lost, report it at once to the municipality’s helpdesk. A theft must also be reported to the police.
- The iPad is then locked remotely and may be wiped. Anything that exists only on the iPad is then lost.
- Report faults and damage as soon as you notice them. Do not try to repair the iPad yourself.

# Your liability
Take care of the iPad as if it were your own. If it breaks or disappears without negligence on your part you pay nothing. If you have been clearly negligent, or do not return it within a month after being asked, the municipality may claim compensation. It is at most what the iPad is worth on that day. The decision is made by a named person after you have been heard.

# When the loan ends
Save your own documents before you return the iPad, and sign out of your private Apple account if you have one. The municipality wipes the iPad when it has come back. You get a receipt for the return.

# Personal data
The municipality keeps your name, your contact details, which iPad and accessories you borrow, your signature and cases about the loan. The details are needed for the loan and are kept for as long as the municipality’s retention rules say. You have the right to know what is kept about you and to have mistakes corrected.`

/** What an organisation begins with, until it publishes a wording of its own. */
export const defaultTerms: NewTerms = {
  kind: 'agreement',
  texts: {
    sv: { title: 'Ansvarsförbindelse för lånad iPad', body: sv },
    en: { title: 'Liability agreement for a borrowed iPad', body: en },
  },
}
