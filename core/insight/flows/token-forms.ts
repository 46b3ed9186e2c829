import type { Flow } from './flow.ts';
import { sideKey } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_TOKENS = 1000;
const MOST_OPERATIONS = 100;
const AUTHORIZATION = 'header:Authorization';

/** How one token was written, and what became of it, by operation. */
interface Written {
  readonly accepted: Map<string, string>;
  readonly refused: Map<string, string>;
}

/** Cases 1 and 3: a token that is refused in one form and taken in the other, or taken in this form here and in that one there. */
export function createTokenFormFlow(): Flow {
  const tokens = createRecent<Written>(MOST_TOKENS);
  return {
    see({ observed, token, entry }, say) {
      const { response, operation, direction, id } = observed;
      // Only the plain forms: whoever adds a line feed is told so anyway.
      if (token === undefined || response === undefined || entry === undefined || !/^(raw|base64)$/.test(token.form))
        return;
      const key = `${sideKey(observed)} ${token.id}`;
      const written = tokens.get(key) ?? { accepted: new Map(), refused: new Map() };
      tokens.set(key, written);
      if (written.accepted.size > MOST_OPERATIONS || written.refused.size > MOST_OPERATIONS) return;
      const { form } = token;
      if (response.status === 401) {
        written.refused.set(operation, form);
        return;
      }
      const refused = written.refused.get(operation);
      if (refused !== undefined && refused !== form) {
        const details = { pointer: AUTHORIZATION, met: `${refused} refused, ${form} taken`, expected: refused };
        say(id, 'authorization.partner-wants-other-form', details);
      }
      const elsewhere = [...written.accepted].find(([other, how]) => other !== operation && how !== form);
      // What we write we write because it is wanted there: only a refusal tells that both are needed.
      if (elsewhere !== undefined && (direction === 'in' || refused !== undefined)) {
        const met = `${form} on ${operation}, ${elsewhere[1]} on ${elsewhere[0]}`;
        say(id, 'authorization.form-varies', { pointer: AUTHORIZATION, met, expected: 'one form' });
      }
      written.refused.delete(operation);
      written.accepted.set(operation, form);
    },
  };
}
