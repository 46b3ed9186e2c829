import { ciEqual } from '../../ocpi/ci-string.ts';
import type { Mark } from '../rebase/marks.ts';
import type { KnownThings, KnownToken } from '../surroundings.ts';
import type { Decisions } from './decisions.ts';

export interface TokenDeciding {
  /** A token or a contract that has to be there: kept where it is, else that of a valid token of `things`. */
  existing(mark: Mark, things: KnownThings, whose: string): void;
}

/** A token and its contract are taken together. */
export function decideTokens(decisions: Decisions): TokenDeciding {
  const used = new Set<KnownToken>();

  const pick = (things: KnownThings): KnownToken | undefined => {
    const valid = things.tokens.filter(token => token.valid);
    return valid.find(token => !used.has(token)) ?? valid[0] ?? things.tokens[0];
  };

  const replace = (from: { token?: string | undefined; contract?: string | undefined }, chosen: KnownToken) => {
    used.add(chosen);
    const why = chosen.valid ? 'a valid token that is known' : 'a token that is known, though not a valid one';
    const { token, contract } = from;
    if (token !== undefined && !decisions.has('token', token)) {
      decisions.decide({ kind: 'token', from: token, to: chosen.uid, why });
    }
    if (contract === undefined || decisions.has('contract', contract)) return;
    if (chosen.contract === undefined) decisions.keep('contract', contract);
    else decisions.decide({ kind: 'contract', from: contract, to: chosen.contract, why: `that of ${chosen.uid}` });
  };

  return {
    existing({ kind, group, value }, things, whose) {
      const token = kind === 'token' ? value : group.ids.token;
      const contract = kind === 'contract' ? value : group.ids.contract;
      if (decisions.has(kind === 'token' ? 'token' : 'contract', value)) return;
      const same = things.tokens.find(known =>
        token === undefined
          ? known.contract !== undefined && contract !== undefined && ciEqual(known.contract, contract)
          : ciEqual(known.uid, token),
      );
      const there = same !== undefined || (token !== undefined && things.has('token', token));
      const now = token === undefined ? undefined : decisions.mapping.get('token', token);
      const chosen = now === undefined ? (same ?? pick(things)) : things.tokens.find(({ uid }) => ciEqual(uid, now));
      if (there && (now === undefined || now === token)) {
        if (token !== undefined && !decisions.has('token', token)) decisions.keep('token', token);
        if (contract !== undefined && !decisions.has('contract', contract)) decisions.keep('contract', contract);
        return;
      }
      if (chosen !== undefined) {
        replace({ token, contract }, chosen);
        return;
      }
      if (token !== undefined && !decisions.has('token', token)) decisions.keep('token', token);
      if (contract !== undefined && !decisions.has('contract', contract)) decisions.keep('contract', contract);
      decisions.note(`No token of ${whose} is known: ${token ?? contract} stays as it was.`);
    },
  };
}
