import { type Chance, itemAt } from './chance.ts';
import { CITIES } from './geography/cities.ts';
import type { Company } from './operators.ts';
import type { Setting } from './setting.ts';

/** A token as every version tells it. */
export interface TokenFacts {
  readonly index: number;
  readonly chance: Chance;
  readonly provider: Company;
  readonly uid: string;
  readonly type: 'AD_HOC_USER' | 'APP_USER' | 'OTHER' | 'RFID';
  /** eMA-ID, without check digit. */
  readonly contractId: string;
  readonly visualNumber?: string;
  readonly groupId?: string;
  readonly valid: boolean;
  readonly whitelist: 'ALLOWED' | 'ALLOWED_OFFLINE' | 'ALWAYS' | 'NEVER';
  /** ISO 639-1. */
  readonly language: string;
  readonly updatedAt: number;
}

/** So many tokens in a row are of one provider, and perhaps of one company with a fleet. The providers take turns. */
const BATCH = 10;

const TYPES: readonly (readonly [TokenFacts['type'], number])[] = [
  ['RFID', 70],
  ['APP_USER', 22],
  ['OTHER', 5],
  ['AD_HOC_USER', 3],
];
const WHITELISTS: readonly (readonly [TokenFacts['whitelist'], number])[] = [
  ['ALLOWED', 50],
  ['ALWAYS', 25],
  ['ALLOWED_OFFLINE', 20],
  ['NEVER', 5],
];
const LANGUAGES = new Map(CITIES.map(({ country, locale }) => [country, locale.language]));

/** How many tokens there are beside so many locations: one for two, and two batches of each provider at least. */
export function countTokens(locations: number, providers: number): number {
  const lap = BATCH * providers;
  return lap * Math.max(2, Math.ceil(locations / 2 / lap));
}

export function tokenAt(setting: Setting, index: number): TokenFacts {
  const chance = setting.chance.at('token', index);
  const batch = Math.floor(index / BATCH);
  const { providers } = setting.companies;
  const provider = itemAt(providers, batch % providers.length);
  const first = index % BATCH === 0;
  // Cards only, of which the first is valid: there is always one that sessions can be started with.
  const type = first ? 'RFID' : chance.weighted('type', TYPES);
  const isCard = type === 'RFID' || type === 'OTHER';
  const number = String(index).padStart(8, '0');
  const party = `${provider.countryCode}-${provider.partyId}`;
  const fleet = isCard && setting.chance.at('batch', batch).happens('fleet', 0.25);
  return {
    index,
    chance,
    provider,
    uid: isCard ? setting.tokenIds.card(index) : setting.tokenIds.app(index),
    type,
    contractId: `${party}-C${number}`,
    ...(isCard && { visualNumber: `${party}-${number}` }),
    ...(fleet && { groupId: `${party}-F${String(batch).padStart(7, '0')}` }),
    valid: first || !chance.happens('invalid', 0.03),
    whitelist: isCard ? chance.weighted('whitelist', WHITELISTS) : 'NEVER',
    language: LANGUAGES.get(provider.countryCode) ?? 'en',
    updatedAt: setting.ages.tokens.at(index),
  };
}

/** A valid token of a provider, by its place among the providers. */
export function drawToken(setting: Setting, provider: number, chance: Chance): TokenFacts {
  const { providers } = setting.companies;
  const laps = setting.ages.tokens.count / (BATCH * providers.length);
  const first = (chance.integer('lap', 0, laps - 1) * providers.length + provider) * BATCH;
  const drawn = tokenAt(setting, first + chance.integer('card', 0, BATCH - 1));
  return drawn.valid ? drawn : tokenAt(setting, first);
}

/** The index of the token with a uid, in whatever case it is written. */
export function tokenIndex(setting: Setting, uid: string): number | undefined {
  const index = setting.tokenIds.candidate(uid);
  if (index === undefined || index >= setting.ages.tokens.count) return undefined;
  return tokenAt(setting, index).uid.toUpperCase() === uid.toUpperCase() ? index : undefined;
}
