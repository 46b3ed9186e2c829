/** A contract, EVSE or hub id, split where its party ends. */
export interface PartyPrefix {
  readonly country: string;
  readonly party: string;
  /** Between the two, and behind them: empty, `-` or `*`. */
  readonly separator: string;
  /** Characters of the whole, the separator behind them not among them. */
  readonly length: number;
}

const SEPARATED = /^([a-z]{2})([-*])([a-z0-9]{3})(?=[-*]|$)/i;
/** Without separators only where the shape leaves no doubt: C and eight or nine more, or E and digits. */
const CONTRACT = /^([a-z]{2})([a-z0-9]{3})(?=c[a-z0-9]{8,9}$)/i;
const EVSE = /^([a-z]{2})([a-z0-9]{3})(?=e\d[a-z0-9*]*$)/i;
const ALONE = /^([a-z]{2})([-*/ _]?)([a-z0-9]{1,3})$/i;

/** The party that an id begins with (eMI3 ids); undefined where it begins with none. */
export function partyPrefixOf(id: string): PartyPrefix | undefined {
  const separated = SEPARATED.exec(id);
  if (separated) {
    const [whole, country = '', separator = '', party = ''] = separated;
    return { country, party, separator, length: whole.length };
  }
  const [whole, country, party] = CONTRACT.exec(id) ?? EVSE.exec(id) ?? [];
  return whole === undefined || country === undefined || party === undefined
    ? undefined
    : { country, party, separator: '', length: whole.length };
}

/** A party and nothing else: `NL-TNM`, `NL/TNM`, `NLTNM`. */
export function partyAlone(text: string): PartyPrefix | undefined {
  const [, country, separator, party] = ALONE.exec(text) ?? [];
  if (country === undefined || separator === undefined || party === undefined) return undefined;
  return { country, party, separator, length: text.length };
}

/** What stands between the two where a party is written in free texts and URLs. */
export const PARTY_SEPARATORS: readonly string[] = ['-', '*', '/', ' ', '_'];

/** Real ones (ISO 3166), since a made-up country is a mistake of its own. */
export const COUNTRIES: readonly string[] = (
  'at be bg hr cy cz dk ee fi fr de gr hu ie it lv lt lu mt nl pl pt ro sk si es se no is ch li gb us ca mx br ar cl co pe ' +
  'au nz jp kr cn in th vn my sg id ph ae sa il tr ua rs ba me mk al md ge am az kz uz za eg ma tn ng ke gh'
).split(' ');
