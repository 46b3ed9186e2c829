import type { Token as Token211 } from '../../ocpi/v2_1_1/tokens.ts';
import type { Token as Token221 } from '../../ocpi/v2_2_1/tokens.ts';
import { toAscii } from './ascii.ts';
import { writeMoment } from './moments.ts';
import type { TokenFacts } from './token-facts.ts';

/** 2.1.1 has only RFID and OTHER. */
export function writeToken211(facts: TokenFacts): Token211 {
  return {
    uid: facts.uid,
    type: facts.type === 'RFID' ? 'RFID' : 'OTHER',
    auth_id: facts.contractId,
    ...(facts.visualNumber !== undefined && { visual_number: facts.visualNumber }),
    issuer: toAscii(facts.provider.name),
    valid: facts.valid,
    whitelist: facts.whitelist,
    language: facts.language,
    last_updated: writeMoment(facts.updatedAt),
  };
}

/** As in 2.3.0; EMAID, which that version adds, is advised not to be sent as a token. */
export function writeToken22({ chance, provider, ...facts }: TokenFacts): Token221 {
  return {
    country_code: provider.countryCode,
    party_id: provider.partyId,
    uid: facts.uid,
    type: facts.type,
    contract_id: facts.contractId,
    ...(facts.visualNumber !== undefined && { visual_number: facts.visualNumber }),
    issuer: provider.name,
    ...(facts.groupId !== undefined && { group_id: facts.groupId }),
    valid: facts.valid,
    whitelist: facts.whitelist,
    language: facts.language,
    ...(chance.happens('has profile', 0.06) && {
      default_profile_type: chance.pick('profile', ['CHEAP', 'FAST', 'GREEN', 'REGULAR'] as const),
    }),
    ...(chance.happens('has energy contract', 0.04) && {
      energy_contract: {
        supplier_name: 'Home Meadow Energy',
        contract_id: `HME-${String(chance.integer('energy contract', 0, 999_999)).padStart(6, '0')}`,
      },
    }),
    last_updated: writeMoment(facts.updatedAt),
  };
}
