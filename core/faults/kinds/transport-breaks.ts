import * as z from 'zod';
import { altered, nothing } from '../editing/altered.ts';
import {
  BOTH_DIRECTIONS,
  brokenOff,
  crossing,
  type Place,
  stepsUntil,
  stepsUntilByte,
  withSteps,
} from '../editing/steps.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const ANSWER = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;
const How = z.enum(['close', 'reset']);
const WORDS = { close: 'closed', reset: 'reset' } as const;

const After = z
  .enum(['nothing', 'head', 'body'])
  .default('nothing')
  .describe('How much leaves before: nothing, the head, or all of the message.');

/** A kind that ends the connection at a place of the message. */
function ending(how: 'close' | 'reset', title: string): FaultKind {
  const places: Record<Place, string> = {
    nothing: 'instead of the message',
    head: 'behind the head',
    body: 'behind the whole message',
  };
  return faultKind({
    kind: `transport.${how}`,
    family: 'transport',
    title,
    explain: ({ after }) => `The connection is ${WORDS[how]} ${places[after]}.`,
    parameters: z.strictObject({ after: After }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { after } }) => {
      const broken = brokenOff(draft);
      if (broken !== undefined) return nothing(broken);
      const done = {
        nothing: `instead of the ${crossing(draft)}`,
        head: `behind the head of the ${crossing(draft)}`,
        body: `behind the whole ${crossing(draft)}`,
      };
      const steps = [...stepsUntil(draft.steps, after), { do: how } as const];
      return altered(withSteps(draft, steps), `the connection was ${WORDS[how]} ${done[after]}`);
    },
  });
}

/** How connections end too early. */
export const BREAK_KINDS: readonly FaultKind[] = [
  ending('close', 'Close'),
  ending('reset', 'Reset'),
  faultKind({
    kind: 'transport.cut',
    family: 'transport',
    title: 'Cut',
    explain: ({ at, how }) => `Of the body ${at} bytes leave, then the connection is ${WORDS[how]}.`,
    parameters: z.strictObject({
      at: z.int().min(0).max(1_000_000_000).default(120).describe('Bytes of the body that leave.'),
      how: How.default('close').describe('close: in good order (FIN); reset: with a reset (RST).'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { at, how } }) => {
      const broken = brokenOff(draft);
      if (broken !== undefined) return nothing(broken);
      const { length } = draft.message.body;
      if (length === 0) return nothing(`the ${crossing(draft)} has no body`);
      if (at >= length) return nothing(`the body has ${length} bytes only`);
      const steps = [...stepsUntilByte(draft.steps, at, length), { do: how } as const];
      return altered(withSteps(draft, steps), `the body was cut behind ${at} of its ${length} bytes`);
    },
  }),
  faultKind({
    kind: 'transport.noise',
    family: 'transport',
    title: 'Random bytes',
    explain: ({ bytes, how }) => `Instead of HTTP ${bytes} random bytes leave, then the connection is ${WORDS[how]}.`,
    parameters: z.strictObject({
      bytes: z.int().min(1).max(65_536).default(64).describe('How many, drawn with the seed.'),
      how: How.default('close').describe('close: in good order (FIN); reset: with a reset (RST).'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: ANSWER,
    alter: (draft, { parameters: { bytes, how }, draw }) => {
      const broken = brokenOff(draft);
      if (broken !== undefined) return nothing(broken);
      const noise = Uint8Array.from({ length: bytes }, (_, at) => Math.floor(draw(`byte ${at}`) * 256));
      // No letter: nobody can take it for the beginning of HTTP.
      noise[0] = (noise[0] ?? 0) | 0x80;
      const steps = [...stepsUntil(draft.steps, 'nothing'), { do: 'raw', bytes: noise } as const, { do: how } as const];
      return altered(withSteps(draft, steps), `${bytes} random bytes were sent instead of the ${crossing(draft)}`);
    },
  }),
  faultKind({
    kind: 'transport.tls-refused',
    family: 'transport',
    title: 'TLS refused',
    explain: ({ by, offer }) => {
      const refused = { alert: 'refused with an alert', close: 'answered by closing', reset: 'answered with a reset' };
      return `As a server: the TLS handshake of every new connection is ${refused[by]}. As a client: ${OFFERS[offer]} is offered, which the partner should refuse.`;
    },
    parameters: z.strictObject({
      by: z.enum(['alert', 'close', 'reset']).default('alert').describe('How our server refuses a handshake.'),
      offer: z
        .enum(['version', 'cipher', 'alpn'])
        .default('cipher')
        .describe('What we offer: TLS 1.0 alone, ciphers that do not encrypt, or a protocol nobody speaks (ALPN).'),
    }),
    cases: [],
    directions: BOTH_DIRECTIONS,
    sample: { operation: 'sessions.put', version: '2.2.1', direction: 'send' },
    refuseHandshake: ({ parameters: { by } }) => ({ by, did: `the TLS handshake was refused (${by})` }),
    alter: (draft, { parameters: { offer }, facts }) => {
      if (draft.message.side === 'answer') {
        return nothing(
          facts.ownVersionsUrl.startsWith('http:')
            ? 'this server listens without TLS: there is no handshake to refuse'
            : 'the request came over a connection that was let in: a handshake is refused before it is known whose it is, so only rules whose scope asks for no link, party, module or object refuse it, on new connections',
        );
      }
      if (!draft.message.url.toLowerCase().startsWith('https:')) return nothing('the request goes over plain HTTP');
      return altered({ ...draft, handshake: offer }, `the TLS handshake offered ${OFFERS[offer]} only`);
    },
  }),
];

const OFFERS = {
  version: 'TLS 1.0',
  cipher: 'a cipher that does not encrypt',
  alpn: 'a protocol nobody speaks',
} as const;
