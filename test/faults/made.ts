import * as z from 'zod';
import { type Facts, type FaultKind, faultKind } from '../../core/faults/kind.ts';
import type { Rule } from '../../core/faults/rule.ts';
import { sampleFor } from '../../core/faults/sample.ts';

/** A kind that writes its words behind the body. */
export const STAMPING: FaultKind = faultKind({
  kind: 'envelope.stamping',
  family: 'envelope',
  title: 'words behind the body',
  explain: ({ words }) => `Writes ${words} behind the body.`,
  parameters: z.strictObject({ words: z.string().default('!').describe('The words.') }),
  cases: [],
  directions: ['answer', 'send'],
  sample: { operation: 'locations.list', version: '2.2.1', direction: 'answer' },
  alter: (draft, { parameters: { words }, draw }) => {
    const text = new TextDecoder().decode(draft.message.body) + words.replace('%', String(draw('words')));
    const message = { ...draft.message, body: new TextEncoder().encode(text) };
    return { draft: { ...draft, message }, did: `wrote ${words}` };
  },
});

let ids = 0;

export function ruleOf(more: Partial<Rule> = {}): Rule {
  const id = ++ids;
  return {
    id,
    name: `rule ${id}`,
    kind: STAMPING,
    position: id,
    parameters: { words: '!' },
    scope: {},
    when: {},
    seed: '1',
    armed: true,
    reachesRegistration: false,
    reachesProduction: false,
    ...more,
  };
}

export function factsOf(operation = 'locations.list', more: Partial<Facts> = {}): Facts {
  const direction = more.direction ?? 'answer';
  return { ...sampleFor({ operation, version: '2.2.1', direction }).facts, ...more };
}
