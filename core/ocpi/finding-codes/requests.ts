import type { KnownFinding } from './known-finding.ts';

/** Findings about requests to us that were refused, or that a stricter server would refuse. */
export const REQUEST_FINDINGS = {
  'authorization.unknown': {
    severity: 'error',
    section: '1.2',
    meaning: 'The token is not known here, in any reading of the header.',
    advice: 'It may be of an earlier registration, of another environment, or cut when it was copied.',
  },
  'authorization.unregistered': {
    severity: 'error',
    section: '1.2, 3.2',
    meaning: 'A token that only opens versions and credentials was used on another module.',
    advice: 'Finish the registration first and use the token of its answer.',
  },
  'request.path': {
    severity: 'error',
    section: '1.1, 1.5',
    meaning: 'Nothing is served at this path.',
    advice: 'Take URLs from the version details instead of building them; only ids are appended.',
  },
  'request.version': {
    severity: 'error',
    section: '3.1',
    meaning: 'The version in the path is not offered here at present.',
    advice: 'Read the list of versions again; it may have been switched off after the registration.',
  },
  'request.method': {
    severity: 'error',
    section: '1.5',
    meaning: 'The path exists, but not with this method.',
    advice: 'The Allow header of the answer lists what does.',
  },
  'request.host': {
    severity: 'error',
    section: '1.1',
    meaning: 'An HTTP/1.1 request without a Host header.',
    advice: 'Every HTTP library sends one; look at what writes the request by hand.',
  },
  'request.parameter': {
    severity: 'error',
    section: '1.6, T39',
    meaning: 'A query parameter of a list holds something it cannot mean.',
    advice: 'Dates are `2026-01-31T12:00:00Z`, offset is a whole number from 0, limit one from 1.',
  },
  'request.duration': {
    severity: 'error',
    section: '6.7',
    meaning: 'The active charging profile was asked for without saying for how long.',
    advice: 'Send `duration`, a whole number of seconds from 1; it is a required parameter.',
  },
  'request.addressee': {
    severity: 'error',
    section: '1.10, 2',
    meaning: 'The routing headers address a party that is none of ours.',
    advice: 'Address one of the parties in our credentials; to and from may be swapped.',
  },
  'request.date-from-missing': {
    severity: 'warning',
    section: '1.6, T39',
    meaning: 'Sessions were asked for without date_from, which is required for them.',
    advice: 'Send `date_from`; stricter partners answer 2001 without it.',
  },
  'request.content-type': {
    severity: 'error',
    section: '1.1, 1.3',
    meaning: 'The body is announced as something else than JSON.',
    advice: 'Send `Content-Type: application/json`.',
  },
  'request.content-type.missing': {
    severity: 'warning',
    section: '1.1, 1.3',
    meaning: 'A request with a body carries no Content-Type.',
    advice: 'Send `Content-Type: application/json`; stricter partners will answer 415.',
  },
  'request.content-encoding': {
    severity: 'error',
    section: '1.1',
    meaning: 'The body of a request is compressed, which OCPI does not foresee.',
    advice: 'Send the JSON as it is.',
  },
  'request.expectation': {
    severity: 'error',
    section: '1.1',
    meaning: 'The request expects something no OCPI server promises.',
    advice: 'Only `Expect: 100-continue` means something.',
  },
  'request.too-large': {
    severity: 'error',
    section: '1.1',
    meaning: 'The body or the head of the request is larger than the limits of this server.',
    advice: 'Raise the limit in the settings, or ask the partner for smaller messages.',
  },
  'request.unreadable': {
    severity: 'error',
    section: '1.1',
    meaning: 'What came is not HTTP.',
    advice: 'Often TLS spoken to a port without TLS, a proxy in between, or a Content-Length that does not fit.',
  },
  'request.slow': {
    severity: 'error',
    section: '1.1',
    meaning: 'The request was not complete in time.',
    advice: 'The partner, or a proxy in between, stopped sending in the middle.',
  },
  'request.cut': {
    severity: 'error',
    section: '1.1',
    meaning: 'The connection ended in the middle of the request.',
    advice: 'Look for a time limit on the partner, or for a Content-Length larger than its body.',
  },
} as const satisfies Record<string, KnownFinding>;
