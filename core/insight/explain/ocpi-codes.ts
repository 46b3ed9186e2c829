import type { Blamed } from '../../contract/explanation.ts';
import { type StatusCode, statusCode } from '../../ocpi/status-codes.ts';
import type { Version } from '../../ocpi/versions.ts';
import { lowerFirst } from './finding-words.ts';
import { answerer, asker, type Direction, type KnownCode } from './known-code.ts';

/** Where no version was agreed yet, codes are read as the middle one defines them: it has all of 2.1.1's. */
export const UNAGREED: Version = '2.2.1';

/** These speak of "our" side, as whoever asked would: here it was the partner who asked. */
const WE_ANSWERED: Readonly<Record<number, readonly string[]>> = {
  3001: [
    'We called the partner back during its registration and failed: see what our call met in the exchanges of the same run.',
    'A versions URL that is not reachable from here, a TLS chain, or a token that was refused.',
  ],
  3003: [
    'Modules that we need are missing in the version details of the partner: compare modules and roles of both sides; what one sends, the other has to receive.',
    'The required modules are a setting of the link.',
  ],
};

/** What a code says of those involved; all other sentences tell what to try. */
const IS_SAID = /^(The |This |Modules |OCPI |The version |2\.1\.1 )/;

const HUB_CODES: readonly number[] = [4001, 4002, 4003];

/** What an OCPI status code says on one version (digest 2). */
export function ocpiCode(
  code: number,
  { version = UNAGREED, direction }: { readonly version: Version | undefined; readonly direction: Direction },
): KnownCode {
  const status = statusCode(code, version);
  const own = direction === 'in' ? WE_ANSWERED[code] : undefined;
  const advice = status.advice.split(/(?<=[.!?]) (?=[A-Z0-9])/);
  const tried = advice.filter(sentence => !IS_SAID.test(sentence));
  const said = advice.filter(sentence => IS_SAID.test(sentence));
  return {
    layer: 'ocpi',
    meaning: status.meaning,
    ...(said.length === 0 ? {} : { explained: `${status.meaning}: ${lowerFirst(said.join(' '))}` }),
    next:
      own ??
      (tried.length > 0 ? tried : ['Read status_message, then ask the answering side what it means by the code.']),
    blamed: blamedFor(status, direction),
    section: HUB_CODES.includes(code) ? '2, 1.10' : '2',
  };
}

function blamedFor({ code, family }: StatusCode, direction: Direction): Blamed {
  // The answering side could not use what the asking side told it; which of them is wrong, it cannot know.
  if (code === 3002 || code === 3003) return 'either';
  if (code === 3001 || code === 4001 || family === 'client') return asker(direction);
  return family === 'hub' ? 'hub' : answerer(direction);
}
