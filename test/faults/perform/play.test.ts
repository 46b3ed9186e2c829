import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { AS_USUAL, draftOf, type WireStep } from '../../../core/faults/draft.ts';
import { leavingBody, playing } from '../../../core/faults/perform/play.ts';
import { wireWords } from '../../../core/faults/wire-words.ts';
import type { Line } from '../../../core/http/line.ts';

const HEAD = Buffer.from('HEAD');
const BODY = Buffer.from('0123456789'.repeat(3));

/** Keeps what is written; gone after `most` writes where that is said. */
function keepingLine(most = Number.POSITIVE_INFINITY) {
  const written: Buffer[] = [];
  const ends: string[] = [];
  const gone = new AbortController();
  const hurry = new AbortController();
  const line: Line = {
    write: async bytes => {
      if (written.length >= most) gone.abort();
      if (gone.signal.aborted) return false;
      written.push(Buffer.from(bytes));
      return true;
    },
    end: () => void ends.push('end'),
    close: () => void ends.push('close'),
    reset: () => void ends.push('reset'),
    gone: gone.signal,
    hurry: hurry.signal,
  };
  return { line, ends, gone, hurry, text: () => Buffer.concat(written).toString('latin1') };
}

function play(steps: readonly WireStep[], kept = keepingLine()) {
  return playing({ steps, body: BODY, clock: systemClock })(kept.line, HEAD).then(played => ({ played, ...kept }));
}

describe('a message played step by step', () => {
  it('leaves whole as usual', async () => {
    const { played, text, ends } = await play(AS_USUAL);
    expect([text(), ends]).toEqual([`HEAD${BODY}`, ['end']]);
    expect(played).toEqual({ how: 'ended', sent: 30, whole: true, words: ['head', '30 bytes', 'end'] });
  });

  it('is closed where its steps have no end', async () => {
    const { played, ends } = await play([{ do: 'head' }]);
    expect([ends, played]).toEqual([['close'], { how: 'close', sent: 0, whole: false, words: ['head', 'close'] }]);
  });

  it('takes places beyond its body for the end of it', async () => {
    const { text, played } = await play([
      { do: 'head' },
      { do: 'body', from: 25, to: 900 },
      { do: 'body', from: 70 },
      { do: 'close' },
    ]);
    expect(text()).toBe('HEAD56789');
    expect(played).toMatchObject({ sent: 5, whole: false });
  });

  it('ends where the connection does, in the middle of a wait too', async () => {
    const gone = keepingLine();
    setTimeout(() => gone.gone.abort(), 20);
    const { played, text } = await play(
      [{ do: 'head' }, { do: 'wait', ms: 60_000 }, { do: 'body', from: 0 }, { do: 'end' }],
      gone,
    );
    expect([text(), played.how, played.words[1]]).toEqual([
      'HEAD',
      'gone',
      expect.stringMatching(/^waited \d+ of 60,000 ms$/),
    ]);
  });

  it('ends where a piece of a dribbling body cannot be written, and says how far it came', async () => {
    const { played } = await play(
      [{ do: 'head' }, { do: 'body', from: 0, perSecond: 100 }, { do: 'end' }],
      keepingLine(3),
    );
    expect(played).toEqual({ how: 'gone', sent: 20, whole: false, words: ['head', '20 of 30 bytes'] });
  });

  it('does not dribble or keep silent for somebody in a hurry', async () => {
    const hurried = keepingLine();
    hurried.hurry.abort();
    const began = performance.now();
    const { played, text } = await play(
      [{ do: 'head' }, { do: 'body', from: 0, perSecond: 1 }, { do: 'hang', ms: 60_000 }],
      hurried,
    );
    expect(performance.now() - began).toBeLessThan(500);
    expect([text(), played.how, played.whole]).toEqual([`HEAD${BODY}`, 'hang', true]);
  });

  it('is recorded beforehand with exactly the bytes of its body that leave', async () => {
    const place = fc.integer({ min: 0, max: 40 });
    const step: fc.Arbitrary<WireStep> = fc.oneof(
      fc.record({ do: fc.constant('body' as const), from: place, to: place }),
      fc.constant({ do: 'wait' as const, ms: 0 }),
      fc.record({ do: fc.constant('body' as const), from: place }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 6 }),
        fc.constantFrom<WireStep[]>({ do: 'end' }, { do: 'close' }),
        async (middle, last) => {
          const steps = [{ do: 'head' as const }, ...middle, last];
          const { text, played } = await play(steps);
          const leaves = Buffer.from(leavingBody(steps, BODY) ?? []);
          expect(text()).toBe(`HEAD${leaves}`);
          expect(played.sent).toBe(leaves.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is no message for the record where its head stays out', () => {
    expect(leavingBody([{ do: 'raw', bytes: HEAD }, { do: 'close' }], BODY)).toBeUndefined();
  });
});

describe('what is done on the wire, in words', () => {
  const draft = draftOf({
    side: 'send',
    method: 'PUT',
    url: 'https://a.example/',
    headers: [],
    body: Buffer.alloc(900),
  });
  const steps = (...done: WireStep[]) => wireWords({ ...draft, steps: done });

  it.each<[string[], string[]]>([
    [wireWords(draft), ['head', '900 bytes', 'end']],
    [
      steps({ do: 'wait', ms: 3000 }, { do: 'head' }, { do: 'body', from: 0, to: 120 }, { do: 'reset' }),
      ['waited 3,000 ms', 'head', '120 of 900 bytes', 'reset'],
    ],
    [steps({ do: 'body', from: 120, to: 121, perSecond: 5 }), ['bytes 120 to 121 of 900 at 5 bytes/s']],
    [
      steps({ do: 'raw', bytes: Buffer.alloc(1) }, { do: 'hang', ms: 1000 }),
      ['1 byte, no HTTP', 'silence for 1,000 ms', 'reset'],
    ],
    [wireWords({ ...draft, withheld: true }), ['kept back']],
    [
      wireWords({ ...draft, later: { ms: 5000 }, again: [100] }),
      ['left 5,000 ms later', 'head', '900 bytes', 'end', 'again after 100 ms'],
    ],
    [
      wireWords({ ...draft, later: { ms: 5, behindNext: true }, steps: [] }),
      ['left behind the next request for the same object, or after 5 ms'],
    ],
    [wireWords({ ...draft, handshake: 'version', steps: [] }), ['TLS handshake with TLS 1.0 alone']],
    [wireWords({ ...draft, followUpFirst: 10, steps: [] }), ['what follows upon it first', 'waited 10 ms']],
  ])('%j', (words, expected) => expect(words).toEqual(expected));
});
