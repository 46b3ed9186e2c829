import type { KnownFinding } from './known-finding.ts';

/** Findings about header lines: Authorization, message ids, routing, paging. */
export const HEADER_FINDINGS = {
  'authorization.missing': {
    severity: 'error',
    section: '1.2',
    meaning: 'The request carries no Authorization header.',
    advice: 'Every OCPI request needs `Authorization: Token ...`, those for versions and credentials included.',
  },
  'authorization.form': {
    severity: 'warning',
    section: '1.2, T2',
    meaning: 'The token was right, but not written in the form this OCPI version asks for.',
    advice: 'Tell the partner which form the version wants, or keep the form that works on this link.',
  },
  'authorization.line-feed': {
    severity: 'warning',
    section: 'T1',
    meaning: 'The Base64 text holds a line feed or blank besides the token, as the samples of the specification do.',
    advice: 'Encode the token alone: `printf %s TOKEN | base64` instead of `echo TOKEN | base64`.',
  },
  'authorization.scheme': {
    severity: 'error',
    section: '1.2',
    meaning: 'The Authorization header does not begin with the keyword Token.',
    advice: 'Write `Authorization: Token ...`; Bearer, Basic or a bare token are not OCPI.',
  },
  'authorization.scheme-case': {
    severity: 'warning',
    section: 'T5a',
    meaning: 'The keyword of the Authorization header is not spelled Token.',
    advice: 'Spell it `Token`; not every partner compares without regard to case.',
  },
  'authorization.spacing': {
    severity: 'warning',
    section: 'T5a',
    meaning: 'There is not exactly one blank between Token and the token.',
    advice: 'Write one blank; stricter partners will answer 401.',
  },
  'authorization.no-token': {
    severity: 'error',
    section: '1.2',
    meaning: 'The Authorization header holds the keyword, but no token.',
    advice: 'Look whether the partner has stored a token for us at all.',
  },
  'authorization.repeated': {
    severity: 'warning',
    section: '1.2',
    meaning: 'The request carries several Authorization headers.',
    advice: 'Send one; a proxy or a client library may be adding its own.',
  },
  'message-id.missing': {
    severity: 'warning',
    section: '1.3, T41',
    meaning: 'A message id that every request and answer has to carry since 2.2 is absent.',
    advice: 'Harmless on its own, but the two sides cannot match their logs; ask the partner to send it.',
  },
  'message-id.changed': {
    severity: 'warning',
    section: '1.3, T41',
    meaning: 'The answer carries another message id than the request it answers.',
    advice: 'The answer has to repeat both ids; look for a gateway that writes its own.',
  },
  'message-id.repeated': {
    severity: 'warning',
    section: '1.3',
    meaning: 'A message id header occurs more than once with different values; the first one was used.',
    advice: 'Look for a gateway that adds its own id to the one it received.',
  },
  'routing.incomplete': {
    severity: 'warning',
    section: '1.10, T40',
    meaning: 'A party in the routing headers lacks its country code or its party id.',
    advice: 'Both headers of a pair are needed to tell a party.',
  },
  'routing.length': {
    severity: 'warning',
    section: '1.3',
    meaning: 'A country code or party id in the routing headers does not have two or three characters.',
    advice: 'Country codes have two characters, party ids up to three.',
  },
  'routing.repeated': {
    severity: 'warning',
    section: '1.3',
    meaning: 'A routing header occurs more than once with different values; the first one was used.',
    advice: 'Look for a gateway that adds headers without removing the old ones.',
  },
  'routing.missing': {
    severity: 'note',
    section: '1.10, T40',
    meaning: 'A message of a functional module carries no routing headers.',
    advice: 'Fine between two platforms with one role each; with several roles the addressee cannot be told.',
  },
  'routing.unexpected': {
    severity: 'note',
    section: '1.10, T40',
    meaning: 'Routing headers stand where they must not: on a configuration module, or on 2.1.1.',
    advice: 'They are ignored here; a strict partner or hub may not do that.',
  },
  'routing.self-addressed': {
    severity: 'warning',
    section: '1.10',
    meaning: 'Sender and addressee of the message are the same party.',
    advice: 'To and from are swapped or copied; hubs answer this with an empty list and no error.',
  },
  'paging.link.unusable': {
    severity: 'error',
    section: '1.6, T39',
    meaning: 'The Link header holds no URL that can be followed.',
    advice: 'Leave the header out on the last page, else write `<absolute URL>; rel="next"`.',
  },
  'paging.link.relative': {
    severity: 'warning',
    section: '1.6, T39',
    meaning: 'The Link header holds a relative URL; it was resolved against the URL of the request.',
    advice: 'Ask for an absolute URL; many clients do not resolve it.',
  },
  'paging.link.spelling': {
    severity: 'warning',
    section: '1.6',
    meaning: 'The Link header is not spelled `<URL>; rel="next"`.',
    advice: 'Angle brackets, quotes and rel are needed; what was meant could still be read.',
  },
  'paging.link.origin': {
    severity: 'warning',
    section: '1.6',
    meaning: 'The next page lies at another scheme, host or port than the page before.',
    advice: 'Often a server behind a proxy that does not know its public address; the token may not be sent there.',
  },
  'paging.count.missing': {
    severity: 'note',
    section: '1.6, T39',
    meaning: 'A header with a count is absent from a paginated answer.',
    advice: 'Progress and completeness cannot be judged without it.',
  },
  'paging.count.unusable': {
    severity: 'warning',
    section: '1.6, T39',
    meaning: 'A header with a count does not hold a number of objects.',
    advice: 'X-Total-Count and X-Limit hold digits only.',
  },
  'routing.swapped': {
    severity: 'warning',
    section: '1.10',
    meaning: 'The routing headers of the answer are not those of the request with sender and addressee exchanged.',
    advice:
      'The answer goes from the party that was asked to the party that asked. Strict partners drop an answer to somebody else.',
  },
  'routing.other-party': {
    severity: 'note',
    section: '1.10, T22',
    meaning: 'The sender in the routing headers is not the owner in URL or body.',
    advice: 'Right for what a hub passes on; otherwise look which of the two the partner has configured.',
  },
} as const satisfies Record<string, KnownFinding>;
