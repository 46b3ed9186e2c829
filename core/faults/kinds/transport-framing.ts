import * as z from 'zod';
import type { Draft, WireStep } from '../draft.ts';
import { altered, nothing } from '../editing/altered.ts';
import { addHeader, dropHeaders, setHeader, withHeaders } from '../editing/headers.ts';
import { BOTH_DIRECTIONS, brokenOff, crossing, stepsUntil, withSteps } from '../editing/steps.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const ANSWER = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;

/** Why the framing of a body cannot be wrong. */
function unframed(draft: Draft): string | undefined {
  const broken = brokenOff(draft);
  if (broken !== undefined) return broken;
  if (draft.message.body.length === 0) return `the ${crossing(draft)} has no body`;
  return draft.steps.some(step => step.do === 'raw') ? 'an earlier rule frames the body in its own way' : undefined;
}

/** How the frame of a body is wrong. */
export const FRAMING_KINDS: readonly FaultKind[] = [
  faultKind({
    kind: 'transport.malformed-chunk',
    family: 'transport',
    title: 'Malformed chunk',
    explain: ({ wrong }) => `The body leaves in two chunks, ${CHUNKS[wrong]}; then the connection is closed.`,
    parameters: z.strictObject({
      wrong: z
        .enum(['size', 'length', 'end'])
        .default('size')
        .describe(
          'size: the second chunk has a size that is no number; length: it is longer than said; end: the last one is missing.',
        ),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { wrong } }) => {
      const why = unframed(draft);
      if (why !== undefined) return nothing(why);
      const { headers, body } = draft.message;
      const middle = Math.ceil(body.length / 2);
      const rest = body.length - middle;
      const perSecond = draft.steps.find(step => step.do === 'body')?.perSecond;
      const piece = (from: number, to: number): WireStep => ({ do: 'body', from, to, ...(perSecond && { perSecond }) });
      const size = { size: 'xyz', length: hex(Math.floor(rest / 2)), end: hex(rest) }[wrong];
      const steps: WireStep[] = [
        ...stepsUntil(draft.steps, 'head'),
        raw(`${hex(middle)}\r\n`),
        piece(0, middle),
        raw(`\r\n${size}\r\n`),
        piece(middle, body.length),
        raw(wrong === 'end' ? '\r\n' : '\r\n0\r\n\r\n'),
        { do: 'close' },
      ];
      const chunked = addHeader(dropHeaders(headers, 'Content-Length'), 'Transfer-Encoding', 'chunked');
      const did = `the body was sent in chunks, ${CHUNKS[wrong]}`;
      return altered(withHeaders(withSteps(draft, steps), chunked), did);
    },
  }),
  faultKind({
    kind: 'transport.wrong-content-length',
    family: 'transport',
    title: 'Wrong Content-Length',
    explain: ({ off, behind }) =>
      `Content-Length says ${Math.abs(off)} bytes ${off < 0 ? 'fewer' : 'more'} than the body has; ${
        behind === 'close' ? 'the connection is closed behind it' : 'the connection stays open'
      }.`,
    parameters: z.strictObject({
      off: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine(off => off !== 0, 'at least one byte off')
        .default(10)
        .describe('Bytes that are announced too many; negative: too few.'),
      behind: z.enum(['close', 'keep']).default('close').describe('What becomes of the connection behind the body.'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { off, behind } }) => {
      const why = unframed(draft);
      if (why !== undefined) return nothing(why);
      const { headers, body } = draft.message;
      const announced = Math.max(0, body.length + off);
      const steps = behind === 'close' ? [...stepsUntil(draft.steps, 'body'), { do: 'close' } as const] : draft.steps;
      const wrong = setHeader(dropHeaders(headers, 'Transfer-Encoding'), 'Content-Length', String(announced));
      const did = `Content-Length said ${announced} bytes where the body had ${body.length}`;
      return altered(withHeaders(withSteps(draft, steps), wrong), did);
    },
  }),
];

const CHUNKS = {
  size: 'the second of them with a size that is no number',
  length: 'the second of them longer than it says',
  end: 'without the one that ends them',
} as const;

function hex(size: number): string {
  return size.toString(16);
}

function raw(text: string): WireStep {
  return { do: 'raw', bytes: new TextEncoder().encode(text) };
}
