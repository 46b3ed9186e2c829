import { expect } from 'vitest';
import type { FaultRuleText } from '../../../../core/contract/fault.ts';
import {
  type Asked,
  type Edit,
  edited,
  type Faulty,
  type Literal,
  literal,
  OUR_TOKEN,
  type Sent,
  THEIR_TOKEN,
} from '../../../support/faulty.ts';

/** One kind over a real socket: what the partner reads, byte for byte. */
export interface SocketCase {
  readonly kind: string;
  /** Behind the kind in the test's title, where a kind has several. */
  readonly how?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly scope?: FaultRuleText['scope'];
  /** What crosses: a call of the partner to us, or one of ours to the partner. */
  readonly on: Asked | Sent;
  /** What is otherwise than without the rule, all other bytes being the same. */
  readonly becomes?: Edit | ((plain: Literal) => Edit);
  /** Instead: all that arrives. For what would change something, or is no edit of a whole message. */
  readonly arrives?: string | RegExp | ((arrived: string) => void);
  /** What was done, as it is stamped on the exchange. */
  readonly did?: string | RegExp;
}

/** Tokens in the forms in which they could be written, as far as each begins alike. */
const SECRETS = [OUR_TOKEN, THEIR_TOKEN].flatMap(token => {
  const base64 = Buffer.from(token).toString('base64');
  const forms = [base64, base64.replaceAll('/', '_'), Buffer.from(base64).toString('base64')];
  return [token, ...forms.map(form => form.slice(0, 40))];
});

/** Plays a case: without the rule where it is compared, then with it; and looks at the stamp. */
export async function playCase(faulty: Faulty, one: SocketCase): Promise<void> {
  const { kind, parameters = {}, scope = {}, on, becomes, arrives, did } = one;
  const cross = async () => ('ask' in on ? faulty.answered(on) : (await faulty.arrived(on)).join(''));
  const plain = becomes === undefined ? undefined : await cross();
  const arrived = await faulty.armed({ kind, parameters, scope }, cross);
  if (plain !== undefined && becomes !== undefined) {
    const before = literal(plain);
    const expected = edited(before, typeof becomes === 'function' ? becomes(before) : becomes);
    expect(arrived).toBe(expected);
    expect(arrived).not.toBe(plain);
  }
  if (typeof arrives === 'function') arrives(arrived);
  else if (typeof arrives === 'string') expect(arrived).toBe(arrives);
  else if (arrives !== undefined) expect(arrived).toMatch(arrives);
  const newest = await faulty.newest();
  const { fault, faults } = newest;
  expect(faults).toContain(kind);
  const firing = fault?.firings.find(met => met.kind === kind);
  expect(firing).toMatchObject({ applied: true, parameters });
  const kept = JSON.stringify(newest);
  for (const secret of SECRETS) expect(kept).not.toContain(secret);
  if (did !== undefined) expect(firing?.did).toEqual(typeof did === 'string' ? did : expect.stringMatching(did));
}

export function titleOf({ kind, how }: SocketCase): string {
  return how === undefined ? kind : `${kind}, ${how}`;
}
