import type { failures as english } from '../en/failures.ts';
import type { Translated } from '../texts.ts';

export const failures: Translated<typeof english> = {
  INVALID_INPUT: 'Rätta det som nämns och försök igen.',
  NOT_FOUND: 'Det kan ha tagits bort eller bytt namn. Gå tillbaka till listan och välj det där.',
  NAME_TAKEN: 'Välj ett annat namn; en länk byter namn i sina inställningar.',
  WRONG_STATE: 'Länkens sida, under Partner, visar hur den står till och har det som ändrar det.',
  READ_ONLY_LINK: 'Lås upp skrivning på länkens sida, under Partner, så att skrivningar får lämna oss.',
  CONFIRMATION_NEEDED: 'Bekräfta och försök igen.',
  TOKEN_UNREADABLE: 'Ange den på nytt på länkens sida, under Tokens.',
  TOKEN_MISSING: 'Ange den på länkens sida, under Tokens.',
  NOT_SERVING: 'Börja lyssna i Inställningar.',
  PORT_TAKEN: 'Välj en annan port, eller avsluta programmet som har den.',
  OPERATION_FAILED: 'Doktorn, under Partner, letar efter orsaken.',
};
