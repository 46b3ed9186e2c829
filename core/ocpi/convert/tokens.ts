import type { Token as Token211 } from '../v2_1_1/tokens.ts';
import { TokenType as TokenType211 } from '../v2_1_1/tokens.ts';
import type { Token as Token221 } from '../v2_2_1/tokens.ts';
import { TokenType as TokenType221 } from '../v2_2_1/tokens.ts';
import type { Token as Token230 } from '../v2_3_0/tokens.ts';
import type { ConvertContext } from './context.ts';
import { knows } from './enums.ts';

/** auth_id is called contract_id from 2.2 on (digest 6.5). */
export function tokenFrom211({ auth_id, ...rest }: Token211, { owner }: ConvertContext): Token221 {
  return { country_code: owner.countryCode, party_id: owner.partyId, contract_id: auth_id, ...rest };
}

/** Left out: the owner, group, profile and energy contract. Tokens of apps and drivers without a contract are OTHER (T49). */
export function tokenTo211(token: Token221): Token211 {
  const {
    country_code: _country,
    party_id: _party,
    group_id: _group,
    default_profile_type: _profile,
    energy_contract: _energy,
    contract_id,
    type,
    ...rest
  } = token;
  return { auth_id: contract_id, type: knows(TokenType211, type) ? type : 'OTHER', ...rest };
}

export function tokenTo221(token: Token230): Token221 {
  return { ...token, type: tokenTypeTo221(token.type) };
}

/** EMAID is new in 2.3.0. */
export function tokenTypeTo221(type: string): TokenType221 {
  return knows(TokenType221, type) ? type : 'OTHER';
}
