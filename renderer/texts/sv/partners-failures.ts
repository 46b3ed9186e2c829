/** Vad en körning föll på, och vad man kan prova. */
export const partnersFailures = {
  'failure-failedAt': 'Misslyckades vid: {{step}}',
  'failure-tryThis': 'Vad du kan prova',
  'failure-retry-again': 'Försök igen',
  'failure-retry-auto': 'Prova båda formerna av token',
  'failure-retry-base64': 'Prova med token som Base64',
  'failure-retry-raw': 'Prova med token som den är',
  'failure-retry-version': 'Prova OCPI {{version}}',
  'failure-retry-token': 'Ange en annan token',
  'failure-retry-settings': 'Ändra inställningarna',
  'failure-retry-invite': 'Bjud in på nytt',
  'failure-advice-unknown-token':
    'Token skickades både som Base64 och som den är, och avvisades båda gångerna. Oftast är token A förbrukad av ett tidigare försök, hör till den andra miljön eller har tappat ett tecken på vägen: be om en ny. Om servern spärrar efter en felaktig form, fäst den rätta.',
  'failure-advice-token-form':
    'Den här länken skickar token i bara en form. Partner vill ofta ha den andra (enligt boken 2.1.1 som den är, senare versioner Base64): låt verktyget prova båda.',
  'failure-advice-token-missing':
    'Det finns ingen token att anropa partnern med, eller ingen adress. Ange dem du har fått.',
  'failure-advice-refused':
    'Inget lyssnar på den adressen, eller en brandvägg säger nej. Jämför värd och port med det partnern skickade, prova från ett nät som partnern har släppt in, och fråga om tjänsten är igång.',
  'failure-advice-timeout':
    'Inget svar kom i tid. Ofta kastar en brandvägg paket från adresser den inte känner: ge partnern din utgående adress. Är partnern bara långsam, tillåt mer tid i inställningarna.',
  'failure-advice-dns':
    'Värdnamnet är inte känt här. Leta efter ett skrivfel, ett namn som bara finns i partnerns nät, eller en VPN som saknas.',
  'failure-advice-unreachable': 'Nätet har ingen väg dit. Kontrollera anslutning, VPN och proxy.',
  'failure-advice-tls':
    'Ingen krypterad anslutning kom till stånd. För partnerns egen utfärdare, ange dess certifikat som länkens CA; vill partnern ha ett klientcertifikat, ange det. Ett utgånget eller felaktigt certifikat kan bara partnern byta.',
  'failure-advice-reset':
    'Partnern bröt anslutningen mitt i. Ibland anropas en https-port med http, eller så nekar en gateway på vägen. Kontrollera URL:ens schema och försök igen.',
  'failure-advice-cut':
    'Svaret bröts före sitt slut. Försök igen; blir det likadant kapar partnern eller en gateway framför den svaren.',
  'failure-advice-malformed': 'Det som kom tillbaka är inte HTTP. Kontrollera port och schema i URL:en.',
  'failure-advice-proxy':
    'Länkens proxy släppte inte igenom anropet. Kontrollera dess adress och inloggning i inställningarna.',
  'failure-advice-ocpi-3001':
    'Partnern ringde tillbaka och kunde inte använda det den fick, eller nådde oss aldrig. Kontrollera med Doktorn att vår versions-URL kan nås utifrån, och titta på anropen som kom in under tiden: en 401 bland dem betyder att token B skrevs i en form som inte passar.',
  'failure-advice-ocpi-3002':
    'Partnern säger att sidorna inte har någon version gemensam, eller anropade en annan versions ändpunkt. Prova en version som båda listar.',
  'failure-advice-ocpi-3003':
    'Partnern saknar moduler bland våra ändpunkter: det den ena sidan skickar måste den andra ta emot. Våra parter och deras roller avgör vad vi erbjuder; se inställningarna för vår plattform.',
  'failure-advice-ocpi-2xxx':
    'Partnern hittar fel i vår begäran. Dess statusmeddelande säger oftast varför; titta på utbytet och försök igen eller med en annan version.',
  'failure-advice-ocpi-3xxx':
    'Partnern fick ett internt fel. Ett senare försök kan hjälpa; skicka annars tiden och utbytets request-id.',
  'failure-advice-no-common-version':
    'Ingen version talas av båda. Slå på fler versioner i inställningarna för vår plattform, eller be partnern om en av våra.',
  'failure-advice-no-versions':
    'Adressen svarar, men inte med en lista över versioner. Kontrollera att det är versions-URL:en, inte sajtens rot eller en versions detaljer.',
  'failure-advice-unusable-details':
    'Versionsdetaljerna innehåller inte det en registrering behöver. En annan version kan vara i bättre skick; visa annars partnern anmärkningarna.',
  'failure-advice-already-registered':
    'Partnern har oss redan registrerade. Be den släppa den gamla registreringen eller skicka en ny token A, och ange den.',
  'failure-advice-not-registered':
    'Partnern har oss inte registrerade. Be om en ny token A, ange den och registrera på nytt.',
  'failure-advice-not-found':
    'Det finns inget på den adressen. Jämför sökvägen med det partnern skickade: ett saknat /versions eller ett versionsnummer för mycket är vanligt.',
  'failure-advice-redirect':
    'Partnern skickar oss någon annanstans. Om den nya adressen är rätt, ange den som versions-URL.',
  'failure-advice-http-4xx':
    'Partnern, eller en gateway framför den, godtar inte begäran. Svarets innehåll säger ofta varför.',
  'failure-advice-http-5xx':
    'Partnerns server fick ett fel. Ett senare försök kan hjälpa; skicka annars tiden och utbytets request-id.',
  'failure-advice-unusable-credentials':
    'Partnern svarade utan credentials som går att använda. Anmärkningarna säger vad som saknas; den kan redan ha oss registrerade.',
  'failure-advice-token-c-refused':
    'Partnern tar inte emot den token den just gav. Be den släppa registreringen, ange en ny token A och försök igen.',
  'failure-advice-our-server':
    'Vår egen server kunde inte starta, så partnern hade inte kunnat ringa tillbaka. Frigör porten eller välj en annan i inställningarna för vår plattform.',
  'failure-advice-cancelled': 'Du avbröt den. Inget halvgjort sparas: länken är som den var.',
  'failure-advice-interrupted': 'Verktyget stängdes medan den pågick. Länken är som den var.',
  'failure-advice-other': 'Titta på utbytet och försök igen.',
} as const;
