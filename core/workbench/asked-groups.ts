import type { History } from '../history/history.ts';
import type { KnownToken } from '../http/token-search.ts';

/** What a thread that reads and seals a file is asked for its next group with. */
export interface NextGroup {
  readonly kind: 'next';
  /** Of the ledger; absent where they are as before. */
  readonly known?: readonly KnownToken[];
  /** Ids of the tokens that were asked for with `unnamed`. */
  readonly names?: readonly (readonly [token: string, id: string])[];
}

/** The key that names tokens never leaves the answering thread: it is asked for their ids. */
export interface UnnamedTokens {
  readonly kind: 'unnamed';
  readonly tokens: readonly string[];
}

/** Gives a thread the tokens that are known, and the ids of those it meets, until it has the next group. */
export function createGroupAsking<Answer extends { readonly kind: string }>(
  { known, idOf }: Pick<History['tokens'], 'known' | 'idOf'>,
  ask: (question: NextGroup) => Promise<Answer | UnnamedTokens>,
): () => Promise<Exclude<Answer, UnnamedTokens>> {
  let told: readonly KnownToken[] | undefined;
  return async () => {
    let names: [string, string][] | undefined;
    for (;;) {
      const now = known();
      const answer = await ask({
        kind: 'next',
        ...(now === told ? {} : { known: now }),
        ...(names === undefined ? {} : { names }),
      });
      told = now;
      if (!isUnnamed(answer)) return answer as Exclude<Answer, UnnamedTokens>;
      names = answer.tokens.map(token => [token, idOf(token)]);
    }
  };
}

function isUnnamed(answer: { readonly kind: string }): answer is UnnamedTokens {
  return answer.kind === 'unnamed';
}
