import type { FaultFiring, FaultStamp } from '../contract/fault.ts';
import { type Draft, draftOf } from './draft.ts';
import { bytesText, draftBytes } from './http-text.ts';
import type { Ask, Memory } from './kind.ts';
import { type Firing, workOn } from './plan.ts';
import type { Rule } from './rule.ts';
import { SAMPLE_TOKENS, type Sample } from './sample.ts';
import { wireWords } from './wire-words.ts';

export interface Trial {
  readonly draft: Draft;
  readonly before: string;
  readonly after: string;
  readonly wire: FaultStamp['wire'];
  readonly firings: readonly FaultFiring[];
}

export interface TrialOptions {
  readonly rule: Rule;
  /** Whose turn it would be: chance is drawn with it. */
  readonly hit: number;
  /** Name of the link; empty where nobody knows it. */
  readonly link: string;
}

/** What a rule makes of an exchange; nothing is sent, counted or remembered. */
export function tryRule({ facts, message }: Sample, { rule, hit, link }: TrialOptions): Trial {
  const memory = forgetful();
  rule.kind.observe?.(facts, memory);
  const firing: Firing = { rule, hit };
  const work = workOn({
    chosen: [firing],
    facts,
    link,
    memory: () => memory,
    token: which => SAMPLE_TOKENS[which],
    onBug: () => {},
  });
  const asked = facts.direction === 'answer' ? work.before(askOf(facts.request.url)) : undefined;
  const answered = asked !== undefined && 'answer' in asked ? asked.answer : message;
  const { draft, firings } = work.alter(answered);
  return {
    draft,
    before: bytesText(draftBytes(draftOf(message))),
    after: bytesText(draftBytes(draft)),
    wire: wireWords(draft),
    firings,
  };
}

function askOf(url: string): Ask {
  const mark = url.indexOf('?');
  return { query: mark < 0 ? '' : url.slice(mark + 1) };
}

function forgetful(): Memory {
  const kept = new Map<string, string>();
  return {
    get: key => kept.get(key),
    set: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
  };
}
