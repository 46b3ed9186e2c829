import type { Blamed } from '../../contract/explanation.ts';
import { answerer, asker, type Direction, type KnownCode } from './known-code.ts';

interface Words {
  readonly meaning: string;
  readonly next?: readonly string[];
  /** Where what to do depends on who asked. */
  readonly out?: readonly string[];
  readonly in?: readonly string[];
}

/** HTTP statuses as OCPI partners use them (digest 1.5). */
const STATUSES: Readonly<Record<string, Words>> = {
  '400': {
    meaning: 'the request could not be read',
    out: [
      'Look at the request as it was sent: JSON that does not parse, a header written wrongly, a missing Content-Type.',
      'Some partners answer 400 where 401 (token) or 2001 (content) is due: read the body of the answer.',
    ],
    in: [
      'The body did not parse as JSON, or the request line or a header could not be read: the findings say where. The partner has to mend it.',
    ],
  },
  '401': {
    meaning: 'the token was not accepted',
    out: [
      'Try the other form of the token on the link: raw in 2.1.1, Base64 from 2.2 on, and many partners do it otherwise.',
      'A line feed inside the Base64, token A after the registration, or B and C swapped end the same way.',
      'If none of it helps, ask for a new token.',
    ],
    in: [
      'The caller wrote a token that we never issued, one that was replaced, or token A on a module after the registration.',
      'See what was sent and in which form, and compare with the token ledger of the link.',
    ],
  },
  '403': {
    meaning: 'known, but not allowed this',
    next: [
      'Some answer 403 where 401 is due, so check the token first.',
      "Then ask whether the module, the party or the caller's address has to be allowed.",
    ],
  },
  '404': {
    meaning: 'no such URL, or no such object',
    out: [
      'Compare the URL with the endpoint from the version details, also the slash at its end; then the ids, in upper and lower case as they were received.',
      'An unknown charging token is answered 404 by authorize as well.',
      'After a PATCH of an object the partner does not have, send a PUT.',
    ],
    in: [
      'The partner asked for a path we do not serve, an object we do not have, or a country code and party id it never announced.',
      'Compare the URL with the endpoints we told it: it may have read an older version of them.',
    ],
  },
  '405': {
    meaning: 'the URL is right, the method is not',
    out: [
      'POST credentials: the partner takes us for registered already; update or unregister, or have it forget us. PUT or DELETE credentials: it takes us for not registered.',
      'On a module: it wants a PUT where a PATCH was sent, or does not take pushes.',
    ],
    in: [
      'POST credentials: the link is registered already, the partner should send a PUT, or be unregistered first. PUT or DELETE: it is not registered here.',
      'On a module: the method is not offered there.',
    ],
  },
  '406': {
    meaning: 'the Accept header asks for what is not offered',
    next: ['OCPI answers are application/json: send that in Accept, or no Accept at all.'],
  },
  '408': {
    meaning: 'the request was not complete in time',
    next: ['Compare Content-Length with the bytes that were sent; proxies in between hold requests back too.'],
  },
  '409': {
    meaning: 'it contradicts what the other side has',
    next: [
      'Read the object back from the other side and compare ids and last_updated.',
      'Then send it whole with PUT.',
    ],
  },
  '411': {
    meaning: 'the length of the body was not told',
    next: ['Send Content-Length; some servers do not take chunked bodies.'],
  },
  '413': {
    meaning: 'the body is too large',
    next: [
      'Push one object at a time; a proxy in front of the answering side may have a lower limit than it has itself.',
    ],
  },
  '415': {
    meaning: 'the Content-Type is not accepted',
    next: ['Requests with a body need Content-Type: application/json; some servers refuse it with a charset.'],
  },
  '422': {
    meaning: 'a framework refused the body before OCPI saw it',
    next: [
      'The body of the answer often names the field ("detail"): compare it with the version agreed.',
      'OCPI would say 200 with 2001: the partner should turn the answers of its framework into envelopes.',
    ],
  },
  '426': {
    meaning: 'https is demanded',
    next: ['The URL begins with http: ask the partner to announce https URLs.'],
  },
  '429': {
    meaning: 'too many requests',
    next: [
      'Slow down and heed Retry-After.',
      'Pull less often, one module after the other, with larger pages where the partner allows them.',
    ],
  },
  '431': {
    meaning: 'the headers are too large',
    next: ['Look for a header that grows: cookies, tracing, or a token that was encoded again and again.'],
  },
  '500': {
    meaning: 'the answering side failed inside',
    out: [
      'Repeating later may help.',
      'Some partners answer 500 for every refusal: look for a status_code or a sentence in the body.',
      'Otherwise send its operator the request id and the time.',
    ],
    in: ['We failed inside: that is a defect of the workbench. A report with what was asked helps to mend it.'],
  },
  '501': {
    meaning: 'the answering side does not implement this',
    next: [
      'Leave out this module or method, or agree on when it comes.',
      'The version details should not list what is not there.',
    ],
  },
  '502': {
    meaning: 'a proxy got no good answer from the server behind it',
    next: [
      'The server behind the proxy is down or being replaced as a rule: repeat later.',
      'If it stays, send the operator the time and the host.',
    ],
  },
  '503': {
    meaning: 'down or overloaded for now',
    next: [
      'Repeat later, after Retry-After where it is said.',
      'If it comes with every pull, ask for fewer pages at a time.',
    ],
  },
  '504': {
    meaning: 'a proxy waited too long for the server behind it',
    next: [
      'The request is too slow there: ask for smaller pages or a narrower date range.',
      'Whether it was acted on is not known: look before it is repeated.',
    ],
  },
};

const REFUSED: Words = {
  meaning: 'refused: the side that asked did something wrong, says the other',
  next: ['Read the body of the answer, then compare URL, headers and body with the version agreed.'],
};
const FAILED: Words = {
  meaning: 'the answering side failed',
  next: ['Repeat later; then send its operator the request id and the time.'],
};
const OTHER: Words = {
  meaning: 'an HTTP status that is neither success nor an error',
  next: ['OCPI knows success and errors only: look at what the answer holds, and where it points to.'],
};

/** Any status from 100 to 599 is explained: what is not listed, by its first digit. */
export function httpCode(code: string, direction: Direction): KnownCode {
  const unlisted = code.startsWith('5') ? FAILED : code.startsWith('4') ? REFUSED : OTHER;
  const words = (Object.hasOwn(STATUSES, code) ? STATUSES[code] : undefined) ?? unlisted;
  return {
    layer: 'http',
    meaning: words.meaning,
    next: words[direction] ?? words.next ?? [],
    blamed: blamedFor(code, direction),
    section: '1.5',
  };
}

function blamedFor(code: string, direction: Direction): Blamed {
  if (code === '404' || code === '405' || code === '501' || /^[123]/.test(code)) return 'either';
  if (code === '502' || code === '504') return direction === 'out' ? 'them' : 'between';
  return code.startsWith('5') ? answerer(direction) : asker(direction);
}
