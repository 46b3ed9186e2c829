import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOf, type WireStep } from '../../../core/faults/draft.ts';
import { FRAMING_KINDS } from '../../../core/faults/kinds/transport-framing.ts';
import { wireWords } from '../../../core/faults/wire-words.ts';
import { toldActs } from '../../../core/session-log/reproduce/told-acts.ts';

const message = (length: number) =>
  ({ side: 'answer', status: 200, statusText: 'OK', headers: [], body: new Uint8Array(length).fill(120) }) as const;
/** Of a body with `length` bytes, of which `left` leave by these steps. */
const told = (
  steps: readonly WireStep[],
  { length, left, atOnce = false }: { length: number; left: number; atOnce?: boolean },
) => toldActs({ words: wireWords({ ...draftOf(message(length)), steps }), firings: [], length: left, atOnce });

const duration = fc.integer({ min: 0, max: 2_000_000 });
const end = fc.oneof(
  fc.constantFrom<WireStep>({ do: 'end' }, { do: 'close' }, { do: 'reset' }),
  duration.map((ms): WireStep => ({ do: 'hang', ms })),
);

describe('an answer that left as faults had it', () => {
  it('leaves so again, from the words that tell of it', () => {
    const answers = fc.record({
      length: fc.integer({ min: 2, max: 5_000_000 }),
      share: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      perSecond: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      waits: fc.array(duration, { maxLength: 2 }),
      cut: fc.boolean(),
      end,
    });
    fc.assert(
      fc.property(answers, ({ length, share, perSecond, waits, cut, end: last }) => {
        const rate = perSecond === undefined ? {} : { perSecond };
        const to = Math.max(1, Math.floor(length * share));
        const steps: WireStep[] = [
          ...waits.map((ms): WireStep => ({ do: 'wait', ms })),
          { do: 'head' },
          cut ? { do: 'body', from: 0, to, ...rate } : { do: 'body', from: 0, ...rate },
          last,
        ];
        const left = cut ? to : length;
        const acts = steps.map(step => (step.do === 'body' ? { ...step, to: left } : step));
        expect(told(steps, { length, left })).toEqual({ acts, left });
      }),
      { numRuns: 200 },
    );
  });

  it('waits for nothing when it is to answer at once, but is as silent', () => {
    const steps: WireStep[] = [
      { do: 'wait', ms: 5000 },
      { do: 'head' },
      { do: 'body', from: 0, to: 3, perSecond: 1 },
      { do: 'hang', ms: 30_000 },
    ];
    expect(told(steps, { length: 10, left: 3, atOnce: true })?.acts).toEqual([
      { do: 'head' },
      { do: 'body', from: 0, to: 3 },
      { do: 'hang', ms: 30_000 },
    ]);
  });

  it('waits as long as was meant where the other side had gone before', () => {
    const words = ['waited 1,200 of 3,000 ms', 'silence for 40 of 60,000 ms'];
    expect(toldActs({ words, firings: [], length: 0, atOnce: false })?.acts).toEqual([
      { do: 'wait', ms: 3000 },
      { do: 'hang', ms: 60_000 },
    ]);
  });

  it('leaves in the pieces of then, though its addresses made it longer', () => {
    const words = ['head', '30 of 100 bytes', 'waited 5 ms', 'bytes 50 to 80 of 100 at 7 bytes/s', 'close'];
    expect(toldActs({ words, firings: [], length: 120, atOnce: false })).toEqual({
      acts: [
        { do: 'head' },
        { do: 'body', from: 0, to: 60 },
        { do: 'wait', ms: 5 },
        { do: 'body', from: 60, to: 120, perSecond: 7 },
        { do: 'close' },
      ],
      left: 60,
    });
  });

  it('is noise of the same length, which nobody takes for HTTP', () => {
    const told = toldActs({ words: ['64 bytes, no HTTP', 'reset'], firings: [], length: 0, atOnce: false });
    expect(told?.acts).toMatchObject([{ do: 'raw', bytes: { length: 64, 0: 0x80 } }, { do: 'reset' }]);
  });

  it.each(['size', 'length', 'end'] as const)('has chunks that are wrong in the same way: %s', wrong => {
    const kind = FRAMING_KINDS.find(one => one.kind === 'transport.malformed-chunk');
    const using = { parameters: { wrong }, facts: {}, draw: () => 0, memory: new Map(), token: () => undefined };
    const altered = kind?.alter?.(draftOf(message(31)), using as never);
    if (altered === undefined || !('draft' in altered)) throw new Error('it was not altered');
    const firings = [{ kind: 'transport.malformed-chunk', parameters: { wrong }, applied: true }];
    const bytes = (steps: readonly object[]) => JSON.stringify(steps.map(step => ({ ...step, to: undefined })));
    const told = toldActs({ words: wireWords(altered.draft), firings, length: 31, atOnce: false });
    expect(bytes(told?.acts ?? [])).toBe(bytes(altered.draft.steps));
  });

  it('is told by nothing where no words say how', () => {
    expect(toldActs({ words: [], firings: [], length: 3, atOnce: false })).toBeUndefined();
    expect(toldActs({ words: ['what follows upon it first'], firings: [], length: 3, atOnce: false })).toBeUndefined();
  });
});
