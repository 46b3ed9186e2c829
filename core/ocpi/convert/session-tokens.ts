import { AuthMethod as AuthMethod211 } from '../v2_1_1/cdrs.ts';
import type { CdrToken as CdrToken221 } from '../v2_2_1/cdrs.ts';
import type { CdrToken as CdrToken230 } from '../v2_3_0/cdrs.ts';
import type { ConvertContext } from './context.ts';
import { knows } from './enums.ts';
import { tokenTypeTo221 } from './tokens.ts';

/** 2.1.1 names the contract and nothing else: it stands for the uid too, of a token of a kind that is not known. */
export function cdrTokenFrom211(authId: string, { peer, owner }: ConvertContext): CdrToken221 {
  const { countryCode, partyId } = peer ?? owner;
  return { country_code: countryCode, party_id: partyId, uid: authId, type: 'OTHER', contract_id: authId };
}

export function cdrTokenTo221(token: CdrToken230): CdrToken221 {
  return { ...token, type: tokenTypeTo221(token.type) };
}

/** 2.1.1 has no COMMAND: who started it remotely was asked (T49). */
export function authMethodTo211(method: string): AuthMethod211 {
  return knows(AuthMethod211, method) ? method : 'AUTH_REQUEST';
}
