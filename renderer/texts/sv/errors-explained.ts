import type { errorsExplained as en } from '../en/errors-explained.ts';
import type { Translated } from '../texts.ts';

export const errorsExplained: Translated<typeof en> = {
  'means-refused': 'anslutningen avvisades: ingen lyssnar där',
  'try-refused':
    'Jämför värd och port med den versions-URL som partnern gav, och fråga sedan om dess server är igång. Även en brandvägg kan avvisa.',
  'means-timeout': 'inget svar i tid',
  'means-timeout-in': 'anropet kom inte helt i tid',
  'try-timeout':
    'Innan en anslutning finns är det som regel en brandvägg som kastar det den inte tillåter: ge partnern vår utgående adress. Därefter är partnern långsam eller hänger: skicka anropets id och tiden till dess drift. Gränserna är inställningar på länken.',
  'try-timeout-in':
    'Den som anropade aviserade mer än den skickade, eller dess anslutning hänger: jämför Content-Length med de byte som kom. Även proxyer på vägen gör så.',
  'means-dns': 'värdnamnet gick inte att slå upp',
  'try-dns':
    'Se efter skrivfel i URL:ens värd, och sedan om den här datorn kan slå upp namn i partnerns nät: VPN, företagets DNS.',
  'means-unreachable': 'adressen går inte att nå',
  'try-unreachable': 'Kontrollera först den här datorns nät (VPN, routning), sedan adressen.',
  'means-tls': 'ingen säker anslutning',
  'try-tls':
    'Ett exempel säger vilket: en okänd utfärdare (ange dess certifikat som länkens CA), ett namn som inte stämmer, ett utgånget certifikat (bara partnern kan byta det) eller ett klientcertifikat som krävs.',
  'means-tls-in': 'ingen säker anslutning till oss',
  'try-tls-in':
    'Partnern litar inte på vårt certifikat, eller vår server kräver ett av den. Kontrollera certifikatfilerna i inställningarna och att kedjan är fullständig.',
  'means-cut': 'svaret tog slut innan det var helt',
  'means-cut-in': 'anslutningen tog slut innan allt var sagt',
  'try-cut':
    'Som regel gav en proxy eller lastbalanserare på vägen upp, eller så dog partnerns process. Be om mindre sidor om det alltid är långa svar som kapas.',
  'means-reset': 'anslutningen återställdes',
  'try-reset':
    'Som regel gav en proxy eller lastbalanserare på vägen upp, eller så dog partnerns process. En port som bara talar https gör också så mot http.',
  'means-malformed': 'det som kom är inte HTTP',
  'try-malformed':
    'Fliken Rått i ett exempel visar byten: ett annat protokoll på porten, http där https talas, eller en trasig rubrikrad.',
  'means-too-large': 'längre än gränsen',
  'try-too-large': 'Höj gränsen på länken om så mycket verkligen skickas, eller be om mindre sidor med limit.',
  'try-too-large-in':
    'Partnern skickar mer i ett anrop än vi läser. OCPI skickar ett objekt i taget: öppna ett exempel och se vad mer det innehåller.',
  'means-proxy': 'proxyn släppte inte igenom det',
  'try-proxy':
    'Kontrollera proxyn som är inställd på länken, dess användare och lösenord, och om den tillåter denna värd och port.',
  'means-cancelled': 'avbrutet innan det fanns ett svar',
  'try-cancelled':
    'Inget, om det var meningen. Om partnern handlade på anropet är inte känt: se efter innan det upprepas.',
  'means-interrupted': 'arbetsbänken stoppades under anropet',
  'try-interrupted':
    'Om den andra sidan gjorde färdigt det den ombads är inte känt: se efter innan det upprepas, framför allt med credentials.',
  'means-other': 'det slutade på ett sätt som den här sidan saknar ord för',
  'try-other': 'Öppna ett exempel: dess översikt har det som är känt.',

  'means-400': 'anropet gick inte att läsa',
  'try-400-out':
    'Se på anropet som det skickades: JSON som inte går att tolka, en felskriven rubrik, Content-Type som saknas. Vissa partner svarar 400 där 401 (token) eller 2001 (innehåll) hade varit rätt: läs svarets innehåll.',
  'try-400-in':
    'Innehållet gick inte att tolka som JSON, eller så gick anropsraden eller en rubrik inte att läsa. Öppna ett exempel: anmärkningarna säger var. Partnern får rätta det.',
  'means-401': 'token godtogs inte',
  'try-401-out':
    'Pröva den andra formen av token på länken: rå i 2.1.1, Base64 från 2.2, och många partner gör tvärtom. En radmatning inuti Base64, token A efter registreringen eller B och C omkastade slutar likadant. Om inget hjälper: be om en ny token.',
  'try-401-in':
    'Den som anropade skrev en token som vi aldrig gav ut, en som bytts, eller token A på en modul efter registreringen. Öppna ett exempel för att se vad som skickades och i vilken form, och jämför med länkens tokenlista.',
  'means-403': 'känd, men får inte detta',
  'try-403':
    'Vissa svarar 403 där 401 hade varit rätt, så kontrollera token först. Fråga sedan om modulen, parten eller adressen behöver tillåtas.',
  'means-404': 'ingen sådan URL, eller inget sådant objekt',
  'try-404-out':
    'Jämför URL:en med slutpunkten i versionsdetaljerna, även snedstrecket på slutet; sedan id:na, med stora och små bokstäver som de togs emot. En okänd laddtoken besvaras också med 404 av authorize. Efter en PATCH av ett objekt som partnern inte har: skicka en PUT.',
  'try-404-in':
    'Partnern bad om en sökväg vi inte har, ett objekt vi inte har, eller en landskod och ett part-id som den aldrig har uppgett. Jämför ett exempels URL med slutpunkterna vi gav den: den kan ha läst en äldre version av dem.',
  'means-405': 'URL:en är rätt, metoden är fel',
  'try-405-out':
    'POST credentials: partnern anser att vi redan är registrerade; uppdatera eller avregistrera, eller låt den glömma oss. PUT eller DELETE: den anser att vi inte är registrerade. På en modul: den vill ha en PUT där en PATCH skickades, eller tar inte emot.',
  'try-405-in':
    'POST credentials: länken är redan registrerad, partnern ska skicka en PUT eller avregistreras först. PUT eller DELETE: den är inte registrerad här. På en modul: metoden erbjuds inte där.',
  'means-406': 'Accept ber om det som inte erbjuds',
  'try-406': 'Svar i OCPI är application/json: skicka det i Accept, eller ingen Accept alls.',
  'means-409': 'det motsäger det den andra sidan har',
  'try-409':
    'Läs tillbaka objektet från den andra sidan och jämför id:n och last_updated; skicka det sedan helt med PUT.',
  'means-411': 'innehållets längd angavs inte',
  'try-411': 'Skicka Content-Length; vissa servrar tar inte emot innehåll i stycken.',
  'means-413': 'innehållet är för stort',
  'try-413': 'Skicka ett objekt i taget; en proxy framför den svarande sidan kan ha en lägre gräns än den själv.',
  'means-415': 'Content-Type godtas inte',
  'try-415': 'Anrop med innehåll behöver Content-Type: application/json; vissa servrar avvisar den med teckenkodning.',
  'means-422': 'ett ramverk avvisade innehållet innan OCPI såg det',
  'try-422':
    'OCPI hade sagt 200 med 2001. Svarets innehåll nämner ofta fältet (”detail”): jämför det med den avtalade versionen.',
  'means-426': 'https krävs',
  'try-426': 'URL:en börjar med http: be partnern uppge URL:er med https.',
  'means-429': 'för många anrop',
  'try-429':
    'Sakta ner och följ Retry-After: hämta mer sällan, en modul efter den andra, med större sidor där partnern tillåter det.',
  'means-500': 'internt fel på den svarande sidan',
  'try-500-out':
    'Att upprepa senare kan hjälpa. Vissa partner svarar 500 på varje avslag: leta efter en status_code eller en mening i innehållet. Annars: skicka anropets id och tiden till dess drift.',
  'try-500-in':
    'Det blev fel inuti hos oss: det är ett fel i arbetsbänken. Ett exempel har det som begärdes; en rapport med det hjälper till att rätta det.',
  'means-501': 'den svarande sidan har inte detta',
  'try-501':
    'Utelämna modulen eller metoden, eller kom överens om när den kommer. Versionsdetaljerna borde inte uppge det som inte finns.',
  'means-502': 'en proxy fick inget gott svar från servern bakom',
  'try-502':
    'Servern bakom proxyn är som regel nere eller byts. Upprepa senare; om det består, skicka tiden och värden till driften.',
  'means-503': 'nere eller överbelastad för tillfället',
  'try-503':
    'Upprepa senare, efter Retry-After där det sägs. Om det kommer vid varje hämtning: be om färre sidor åt gången.',
  'means-504': 'en proxy väntade för länge på servern bakom',
  'try-504':
    'Anropet är för långsamt där: be om mindre sidor eller ett kortare datumintervall. Om det utfördes är inte känt.',
  'means-4xx': 'avvisat: den som frågade gjorde fel, säger den andra',
  'try-4xx': 'Läs svarets innehåll, och jämför sedan URL, rubriker och innehåll med den avtalade versionen.',
  'means-5xx': 'fel på den svarande sidan',
  'try-5xx': 'Upprepa senare; skicka sedan anropets id och tiden till dess drift.',

  'try-3001-in':
    'Vi ringde upp {{link}} under dess registrering och misslyckades. De besläktade utbytena i ett exempel visar vad vårt anrop mötte: en versions-URL som inte nås härifrån, en TLS-kedja eller en token som avvisades.',
  'try-3003-in':
    'Moduler som vi behöver saknas i versionsdetaljerna från {{link}}. Jämför båda sidornas moduler och roller: det den ena skickar måste den andra ta emot. Vilka moduler som krävs ställs in på länken.',
};
