import { atLeast22, type Version } from './versions.ts';

export type StatusFamily = 'success' | 'client' | 'server' | 'hub' | 'unknown';

/** What an OCPI status code means on one version (digest 2). */
export interface StatusCode {
  readonly code: number;
  readonly family: StatusFamily;
  /** A few words, for lists. */
  readonly meaning: string;
  /** Who is probably at fault and what to try, in sentences. */
  readonly advice: string;
  /** False for codes that the version does not define; they are explained by their first digit. */
  readonly known: boolean;
}

interface DefinedCode {
  readonly since: 'all' | '2.2';
  readonly meaning: string;
  readonly advice: string;
}

const DEFINED: Readonly<Record<number, DefinedCode>> = {
  1000: { since: 'all', meaning: 'success', advice: 'Nothing to do.' },
  2000: {
    since: 'all',
    meaning: 'generic client error',
    advice:
      'The side that asked is at fault, says the other, without saying how. Read status_message, then check the request body against the version agreed.',
  },
  2001: {
    since: 'all',
    meaning: 'invalid or missing parameters',
    advice:
      'The side that asked sent something wrong or left something out. Compare the ids in URL and body, look for required fields that are missing, and for a PATCH without last_updated (required from 2.2 on).',
  },
  2002: {
    since: 'all',
    meaning: 'not enough information',
    advice:
      'The request was right but too sparse, for example an authorization without a location. Send the optional fields too and ask again.',
  },
  2003: {
    since: 'all',
    meaning: 'unknown location',
    advice:
      'The answering side does not have this location, EVSE or connector. Check that the id is the one from its own locations list, then whether the location was removed; pull the list again.',
  },
  2004: {
    since: '2.2',
    meaning: 'unknown token',
    advice:
      'The answering side does not know this charging token (not to be confused with the credentials token). Check uid and type, then whether the token was ever pushed or has been pulled since.',
  },
  3000: {
    since: 'all',
    meaning: 'generic server error',
    advice:
      'The answering side failed inside. Repeating later may help; otherwise send its operator the request id and the time, so that its log can be searched.',
  },
  3001: {
    since: 'all',
    meaning: "cannot use the client's API",
    advice:
      'The answering side called back and failed: as a rule during registration. Check that our versions URL is reachable from outside, that its TLS chain is complete, and that it accepts the new token in the form the partner writes it.',
  },
  3002: {
    since: 'all',
    meaning: 'unsupported version',
    advice:
      'The two sides have no version in common, or the version of the endpoint that was called is not in our list. Compare both lists of versions; 2.1 is not 2.1.1.',
  },
  3003: {
    since: 'all',
    meaning: 'no matching endpoints',
    advice:
      'Modules that the answering side needs are missing in our version details. Compare modules and roles of both sides: what one sends, the other has to receive.',
  },
  4000: {
    since: '2.2',
    meaning: 'generic hub error',
    advice: 'The hub failed, not the party behind it. Repeat later; then ask the hub with the correlation id.',
  },
  4001: {
    since: '2.2',
    meaning: 'unknown receiver',
    advice:
      'The hub does not know the party in the OCPI-to headers. Check country code and party id against its list of parties. This is no authentication failure of ours.',
  },
  4002: {
    since: '2.2',
    meaning: 'timeout on the forwarded request',
    advice:
      'The hub forwarded the request and got no answer in time. The party behind it is slow or down; whether it acted on the request is not known.',
  },
  4003: {
    since: '2.2',
    meaning: 'receiver not connected',
    advice:
      'The hub cannot reach the party behind it. Wait for its ClientInfo to say CONNECTED. This is no authentication failure of ours.',
  },
};

const FAMILIES: Readonly<Record<number, { family: StatusFamily; meaning: string; advice: string }>> = {
  1: { family: 'success', meaning: 'success', advice: 'Treat it as success.' },
  2: {
    family: 'client',
    meaning: 'client error',
    advice: 'The side that asked is at fault, says the other. Read status_message and check the request.',
  },
  3: {
    family: 'server',
    meaning: 'server error',
    advice: 'The answering side failed. Read status_message, repeat later, then ask its operator with the request id.',
  },
  4: {
    family: 'hub',
    meaning: 'hub error',
    advice: 'The hub could not pass the message on. Ask its operator with the correlation id.',
  },
};

/** Explains a status code. Any number is explained: what the version does not define, by its first digit. */
export function statusCode(code: number, version: Version): StatusCode {
  const thousands = Number.isInteger(code) ? FAMILIES[Math.floor(code / 1000)] : undefined;
  if (!thousands) {
    const meaning = 'no OCPI status code';
    const advice =
      'OCPI codes go from 1000 to 4999. The answering side probably wrote its HTTP status or a code of its own into the envelope; the call cannot count as a success.';
    return { code, family: 'unknown', meaning, advice, known: false };
  }
  const { family } = thousands;
  const defined = DEFINED[code];
  if (defined && (defined.since === 'all' || atLeast22(version))) {
    return { code, family, meaning: defined.meaning, advice: defined.advice, known: true };
  }
  if (defined) {
    const advice = `${defined.advice} 2.1.1 does not define this code; it comes from 2.2.`;
    return { code, family, meaning: `${defined.meaning} (a code of 2.2 and later)`, advice, known: false };
  }
  if (atLeast22(version) && Math.floor(code / 100) % 10 === 9) {
    const advice = `${thousands.advice} Codes from ${code - (code % 100)} on are agreed between partners: ask what this one stands for.`;
    return { code, family, meaning: `custom ${thousands.meaning}`, advice, known: true };
  }
  const advice = `${thousands.advice} The version does not define this code; only its first digit can be read.`;
  return { code, family, meaning: `unknown ${thousands.meaning}`, advice, known: false };
}

/** 1000 to 1999 is success, whatever the last three digits say (digest 1.4). */
export function isSuccess(code: number): boolean {
  return code >= 1000 && code < 2000;
}
