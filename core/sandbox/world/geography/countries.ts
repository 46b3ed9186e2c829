/** What the world knows of a country: facts only, tax rates as of 2025. */
export interface Country {
  /** ISO 3166-1 alpha-2, as in `country_code`. */
  readonly code: string;
  /** ISO 3166-1 alpha-3, as in the `country` of an address. */
  readonly alpha3: string;
  /** IANA name; the whole country but for islands far away. */
  readonly timeZone: string;
  /** Minutes ahead of UTC in winter; all of them keep the summer time of the European Union. */
  readonly standardOffset: number;
  /** ISO 4217. */
  readonly currency: string;
  /** What costs one euro costs about so much here. */
  readonly priceLevel: number;
  /** Standard rate of the value added tax, in percent. */
  readonly vat: number;
  readonly callingCode: string;
  /** The domestic socket, as OCPI names it. */
  readonly socket: DomesticSocket;
}

export type DomesticSocket = 'DOMESTIC_E' | 'DOMESTIC_F' | 'DOMESTIC_G' | 'DOMESTIC_J' | 'DOMESTIC_K' | 'DOMESTIC_L';

const ROWS = [
  ['SE', 'SWE', 'Europe/Stockholm', 60, 'SEK', 10, 25, '46', 'DOMESTIC_F'],
  ['NO', 'NOR', 'Europe/Oslo', 60, 'NOK', 10, 25, '47', 'DOMESTIC_F'],
  ['DK', 'DNK', 'Europe/Copenhagen', 60, 'DKK', 7, 25, '45', 'DOMESTIC_K'],
  ['FI', 'FIN', 'Europe/Helsinki', 120, 'EUR', 1, 25.5, '358', 'DOMESTIC_F'],
  ['NL', 'NLD', 'Europe/Amsterdam', 60, 'EUR', 1, 21, '31', 'DOMESTIC_F'],
  ['BE', 'BEL', 'Europe/Brussels', 60, 'EUR', 1, 21, '32', 'DOMESTIC_E'],
  ['LU', 'LUX', 'Europe/Luxembourg', 60, 'EUR', 1, 17, '352', 'DOMESTIC_F'],
  ['DE', 'DEU', 'Europe/Berlin', 60, 'EUR', 1, 19, '49', 'DOMESTIC_F'],
  ['AT', 'AUT', 'Europe/Vienna', 60, 'EUR', 1, 20, '43', 'DOMESTIC_F'],
  ['CH', 'CHE', 'Europe/Zurich', 60, 'CHF', 1, 8.1, '41', 'DOMESTIC_J'],
  ['FR', 'FRA', 'Europe/Paris', 60, 'EUR', 1, 20, '33', 'DOMESTIC_E'],
  ['IT', 'ITA', 'Europe/Rome', 60, 'EUR', 1, 22, '39', 'DOMESTIC_L'],
  ['ES', 'ESP', 'Europe/Madrid', 60, 'EUR', 1, 21, '34', 'DOMESTIC_F'],
  ['PT', 'PRT', 'Europe/Lisbon', 0, 'EUR', 1, 23, '351', 'DOMESTIC_F'],
  ['PL', 'POL', 'Europe/Warsaw', 60, 'PLN', 4, 23, '48', 'DOMESTIC_E'],
  ['CZ', 'CZE', 'Europe/Prague', 60, 'CZK', 25, 21, '420', 'DOMESTIC_E'],
  ['IE', 'IRL', 'Europe/Dublin', 0, 'EUR', 1, 23, '353', 'DOMESTIC_G'],
  ['GB', 'GBR', 'Europe/London', 0, 'GBP', 0.9, 20, '44', 'DOMESTIC_G'],
] as const satisfies readonly (readonly [
  code: string,
  alpha3: string,
  timeZone: string,
  standardOffset: number,
  currency: string,
  priceLevel: number,
  vat: number,
  callingCode: string,
  socket: DomesticSocket,
])[];

export const COUNTRIES: readonly Country[] = ROWS.map(
  ([code, alpha3, timeZone, standardOffset, currency, priceLevel, vat, callingCode, socket]) => ({
    code,
    alpha3,
    timeZone,
    standardOffset,
    currency,
    priceLevel,
    vat,
    callingCode,
    socket,
  }),
);
