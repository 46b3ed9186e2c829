import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance } from '../../../core/faults/chance.ts';
import { type Draft, draftOf } from '../../../core/faults/draft.ts';
import type { Using } from '../../../core/faults/kind.ts';
import { TRANSPORT_KINDS } from '../../../core/faults/kinds/transport.ts';
import { wireWords } from '../../../core/faults/wire-words.ts';

const BODY = new TextEncoder().encode('{"status_code":1000}');
const ANSWER: Draft = draftOf({
  side: 'answer',
  status: 200,
  statusText: 'OK',
  headers: [['Content-Length', String(BODY.length)]],
  body: BODY,
});
const EMPTY: Draft = { ...ANSWER, message: { ...ANSWER.message, body: new Uint8Array() } };

function alter(
  name: string,
  { draft = ANSWER, hit = 1, ...parameters }: { draft?: Draft; hit?: number; [name: string]: unknown } = {},
) {
  const kind = TRANSPORT_KINDS.find(one => one.kind === `transport.${name}`);
  if (kind?.alter === undefined) throw new Error(`there is no transport.${name}`);
  const using: Using<unknown> = {
    parameters: kind.parameters.parse(parameters),
    facts: {
      direction: 'answer',
      operation: 'locations.list',
      request: { method: 'GET', url: '/', headers: [], body: new Uint8Array() },
      params: {},
      ownVersionsUrl: 'https://us.example/ocpi/versions',
      now: 0,
    },
    draw: what => chance({ seed: '1', rule: name, link: 'partner', hit, name: what }),
    memory: { get: () => undefined, set: () => {} },
    token: () => undefined,
  };
  const done = kind.alter(draft, using);
  return 'nothing' in done ? done : { ...done, words: wireWords(done.draft) };
}

function waits(parameters: Record<string, unknown>): number[] {
  return Array.from({ length: 400 }, (_, hit) => {
    const done = alter('delay', { ...parameters, hit: hit + 1 });
    const [step] = 'draft' in done ? done.draft.steps : [];
    return step?.do === 'wait' ? step.ms : Number.NaN;
  });
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

describe('a delay', () => {
  it('is always the same where it is fixed', () => {
    expect(new Set(waits({ ms: 250 }))).toEqual(new Set([250]));
  });

  it('stays within its bounds where it is uniform, and uses them', () => {
    const drawn = waits({ ms: 1000, spread: 400, distribution: 'uniform' });
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(600);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1400);
    expect([Math.min(...drawn) < 650, Math.max(...drawn) > 1350]).toEqual([true, true]);
  });

  it('lies around its middle where it is normal, never below nothing, and is the same for the same hit', () => {
    const drawn = waits({ ms: 1000, spread: 200, distribution: 'normal' });
    expect(Math.abs(mean(drawn) - 1000)).toBeLessThan(40);
    const near = drawn.filter(ms => Math.abs(ms - 1000) < 200).length / drawn.length;
    expect(near).toBeGreaterThan(0.6);
    expect(near).toBeLessThan(0.76);
    expect(Math.min(...waits({ ms: 10, spread: 1000, distribution: 'normal' }))).toBe(0);
    expect(waits({ ms: 1000, spread: 200, distribution: 'normal' })).toEqual(drawn);
  });

  it('may lie between head and body', () => {
    expect(alter('delay', { before: 'body', ms: 5 })).toMatchObject({
      words: ['head', 'waited 5 ms', '20 bytes', 'end'],
    });
  });
});

describe('what there is nothing to do for', () => {
  const broken = () => {
    const cut = alter('cut', { at: 3 });
    if (!('draft' in cut)) throw new Error('not cut');
    return cut.draft;
  };
  const noHead = () => {
    const closed = alter('close');
    if (!('draft' in closed)) throw new Error('not closed');
    return closed.draft;
  };

  it.each([
    ['cut', { at: 20 }, ANSWER, 'the body has 20 bytes only'],
    ['cut', {}, EMPTY, 'the answer has no body'],
    ['dribble', {}, EMPTY, 'the answer has no body'],
    ['malformed-chunk', {}, EMPTY, 'the answer has no body'],
    ['wrong-content-length', {}, broken(), 'an earlier rule breaks the answer off already'],
    ['hang', {}, broken(), 'an earlier rule breaks the answer off already'],
    ['noise', {}, noHead(), 'an earlier rule breaks the answer off already'],
    ['delay', { before: 'body' }, noHead(), 'an earlier rule keeps the head of the answer back'],
    ['dribble', {}, noHead(), 'an earlier rule keeps the body back'],
  ])('is told by %s %j', (name, parameters, draft, nothing) => {
    expect(alter(name, { ...parameters, draft })).toEqual({ nothing });
  });
});

describe('kinds of transport one behind the other', () => {
  it('never give a message two ends, nor steps behind the end', () => {
    const names = TRANSPORT_KINDS.map(({ kind }) => kind.slice('transport.'.length));
    const ends = new Set(['end', 'close', 'reset', 'hang']);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        (chain, hit) => {
          let draft = ANSWER;
          for (const name of chain) {
            const done = alter(name, { draft, hit });
            if ('draft' in done) draft = done.draft;
          }
          expect(draft.steps.filter(step => ends.has(step.do))).toHaveLength(1);
          expect(ends.has(draft.steps.at(-1)?.do ?? '')).toBe(true);
        },
      ),
    );
  });

  it('keep a slow body slow inside of chunks, and its waits before the noise', () => {
    const slow = alter('dribble', { perSecond: 10 });
    const draft = 'draft' in slow ? slow.draft : ANSWER;
    expect(alter('malformed-chunk', { draft })).toMatchObject({
      words: expect.arrayContaining(['10 of 20 bytes at 10 bytes/s', 'bytes 10 to 20 of 20 at 10 bytes/s', 'close']),
    });
    const late = alter('delay', { ms: 7 });
    expect(alter('noise', { draft: 'draft' in late ? late.draft : ANSWER, bytes: 5 })).toMatchObject({
      words: ['waited 7 ms', '5 bytes, no HTTP', 'close'],
    });
  });
});

describe('every kind of transport', () => {
  it.each(TRANSPORT_KINDS.map(kind => [kind.kind, kind] as const))(
    '%s explains itself and has a default for everything',
    (_, kind) => {
      const parameters = kind.parameters.parse({});
      expect(kind.explain(parameters)).toMatch(/^[A-Z].*\.$/);
      expect(kind.parameters.safeParse({ nonsense: 1 }).success).toBe(false);
    },
  );
});
