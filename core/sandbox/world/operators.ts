import type { Chance } from './chance.ts';
import type { Atlas } from './places.ts';

/** An invented company. Party ids begin with X, web addresses end in `.example`: neither is anybody's. */
export interface Company {
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  readonly partyId: string;
  readonly name: string;
  readonly website: string;
  /** Printed on its chargers and cards. */
  readonly phone: string;
}

/** The companies of a world: who owns locations, sessions, CDRs and tariffs, and who owns tokens. */
export interface Companies {
  readonly operators: readonly Company[];
  readonly providers: readonly Company[];
}

type Entry = readonly [partyId: string, name: string];

const OPERATORS: Readonly<Record<string, readonly Entry[]>> = {
  SE: [
    ['XNL', 'Norrskenet Laddning'],
    ['XBG', 'Björkgläntan Energi'],
    ['XKV', 'Kustvind Laddnät'],
  ],
  NO: [
    ['XFG', 'Fjordgnist Lading'],
    ['XTL', 'Tindelys'],
  ],
  DK: [['XBS', 'Bølgestrøm']],
  FI: [['XRV', 'Revontuli Lataus']],
  NL: [
    ['XPL', 'Polderstroom'],
    ['XDL', 'Duinlicht Laden'],
  ],
  BE: [['XMS', 'Maasstroom Charge']],
  LU: [['XEL', 'Éislek Charge']],
  DE: [
    ['XIS', 'Isarstrom Ladenetz'],
    ['XHF', 'Heidefunke'],
    ['XRB', 'Rheinbogen Mobil'],
  ],
  AT: [['XAL', 'Almstrom']],
  CH: [['XGL', 'Gletscherladen']],
  FR: [
    ['XGR', 'Garrigue Recharge'],
    ['XLM', 'Lumière des Monts'],
  ],
  IT: [['XRC', 'Rondine Ricarica']],
  ES: [['XAZ', 'Azahar Recarga']],
  PT: [['XMR', 'Maré Elétrica']],
  PL: [['XBN', 'Bursztyn Energia']],
  CZ: [['XVL', 'Vltavín Dobíjení']],
  IE: [['XSH', 'Shamrock Lane Charging']],
  GB: [
    ['XMC', 'Moorland Charge'],
    ['XTW', 'Tidewheel'],
  ],
};

const PROVIDERS: Readonly<Record<string, Entry>> = {
  SE: ['XLK', 'Laddkompis'],
  NO: ['XVK', 'Viddekort'],
  DK: ['XSM', 'Strømmærket'],
  FI: ['XLP', 'Latauspolku'],
  NL: ['XTP', 'Tulpas'],
  BE: ['XWG', 'Wegwijs Mobility'],
  LU: ['XKA', 'Kaart a Courant'],
  DE: ['XWL', 'Wanderlade'],
  AT: ['XGP', 'Gipfelpass'],
  CH: ['XBP', 'Bergpfad Mobilität'],
  FR: ['XCH', 'Carte Horizon'],
  IT: ['XTG', 'Tessera Girasole'],
  ES: ['XCL', 'Clavel Movilidad'],
  PT: ['XAD', 'Andorinha Card'],
  PL: ['XSK', 'Skowronek Karta'],
  CZ: ['XKS', 'Karta Slavík'],
  IE: ['XHC', 'Harp Card'],
  GB: ['XHR', 'Hedgerow Card'],
};

/** Three operators at most and one provider in each country of the atlas. */
export function companiesOf({ countries }: Atlas): Companies {
  const company = (countryCode: string, callingCode: string, [partyId, name]: Entry): Company => ({
    countryCode,
    partyId,
    name,
    website: `https://${partyId.toLowerCase()}-${countryCode.toLowerCase()}.example`,
    // No national number begins with two zeros.
    phone: `+${callingCode} 00 ${partyId.charCodeAt(1)} ${partyId.charCodeAt(2)} 0`,
  });
  return {
    operators: countries.flatMap(({ code, callingCode }) =>
      (OPERATORS[code] ?? []).map(entry => company(code, callingCode, entry)),
    ),
    providers: countries.flatMap(({ code, callingCode }) => {
      const entry = PROVIDERS[code];
      return entry ? [company(code, callingCode, entry)] : [];
    }),
  };
}

/** Most drivers charge at home: three of four are clients of the provider of the country, where there is one. */
export function drawProvider(providers: readonly Company[], countryCode: string, chance: Chance): number {
  const home = providers.findIndex(provider => provider.countryCode === countryCode);
  if (home !== -1 && chance.happens('home provider', 0.75)) return home;
  return chance.integer('provider', 0, providers.length - 1);
}

/** The operators of one country, by their place in the list; each country has at least one. */
export function operatorsIn(operators: readonly Company[], countryCode: string): readonly number[] {
  return operators.flatMap((operator, at) => (operator.countryCode === countryCode ? [at] : []));
}
