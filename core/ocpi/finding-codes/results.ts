import type { KnownFinding } from './known-finding.ts';

/** Findings about what follows a command, a charging profile or an authorization: they compare it with what was asked. */
export const RESULT_FINDINGS = {
  'result.late': {
    severity: 'warning',
    section: '6.6',
    meaning: 'A result came after the time within which the answer had promised it.',
    advice:
      'It was kept all the same; who asked has long taken it for lost. Answer with a timeout that the charger can keep.',
  },
  'result.twice': {
    severity: 'warning',
    section: 'T5b',
    meaning: 'Another result came for the same request.',
    advice: 'One result a request; only a reservation may be followed by CANCELED_RESERVATION.',
  },
  'result.before-answer': {
    severity: 'warning',
    section: 'T5b',
    meaning: 'The result came before the request itself was answered.',
    advice: 'Answer first: others may not know the request yet when its result arrives.',
  },
  'result.after-rejection': {
    severity: 'warning',
    section: '6.6',
    meaning: 'A result came although the request had been rejected.',
    advice: 'What is rejected at once has no result; whether it was carried out is open.',
  },
  'result.without-answer': {
    severity: 'warning',
    section: '6.6',
    meaning: 'A result came for a request to which no usable answer had come.',
    advice: 'The request was carried out; look at why its answer was lost or could not be read.',
  },
  'result.unauthenticated': {
    severity: 'warning',
    section: 'T5b',
    meaning: 'A result was posted without an Authorization header; it was told by its URL.',
    advice: 'It is a request like any other: send the token. Stricter partners answer 401.',
  },
  'result.is-response': {
    severity: 'warning',
    section: 'T5',
    meaning: 'The result has the fields of the answer that is given at once.',
    advice: 'What is posted to response_url has a result and perhaps messages, and no timeout.',
  },
  'result.never': {
    severity: 'error',
    section: '6.6',
    meaning: 'The request was accepted and no result came within the time promised.',
    advice:
      'See whether response_url can be reached from there; otherwise the charger never answered and nobody said so.',
  },
  'result.other-partner': {
    severity: 'error',
    section: '1.2',
    meaning: 'A partner posted a result to the response_url of a request to somebody else.',
    advice: 'Refused. Look at which request the URL belongs to.',
  },
  'result.unknown-url': {
    severity: 'error',
    section: '6.6',
    meaning: 'Nothing was ever asked for with this response_url.',
    advice: 'It has to be called as it was given, byte for byte.',
  },
  'authorize.http-error': {
    severity: 'warning',
    section: '6.5',
    meaning: 'An authorization was answered with an HTTP error although it holds a decision.',
    advice: 'BLOCKED and the like are answers: HTTP 200 with 1000, whatever is decided.',
  },
} as const satisfies Record<string, KnownFinding>;
