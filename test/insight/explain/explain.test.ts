import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../core/contract/explanation.ts';
import { explain } from '../../../core/insight/explain/explain.ts';
import type { Observed } from '../../../core/insight/observed.ts';
import { envelope, found, observed, tokenHeader } from './made.ts';

/** The exchange, the sentence it has to say, then layer, code, who is blamed and how surely, and the section. */
type Line = readonly [Observed, string | RegExp, string, string, Problem['blamed'], Problem['sure'], string | null];

const PUT = {
  method: 'PUT',
  operation: 'sessions.put',
  url: 'https://volta.example/ocpi/2.2.1/sessions/NL/TNM/101',
} as const;
const THEIR_PUT = {
  ...PUT,
  direction: 'in',
  url: '/ocpi/2.2.1/receiver/sessions/NL/TNM/101',
} as const;
const ended = (how: string, more: object = {}) => ({ ended: { how, ...more } });

const FAILURES: readonly Line[] = [
  [
    observed({ status: 401, requestHeaders: tokenHeader('base64+lf') }),
    'volta answered 401 to GET .../locations: it does not know the token; it was sent Base64-encoded with a line feed at its end.',
    'http',
    '401',
    'us',
    'likely',
    '1.2, T2',
  ],
  [
    observed({ status: 401, body: envelope(2000, 'Invalid token.'), ocpiStatus: 2000 }),
    'volta answered 401 to GET .../locations: it does not know the token; it was sent Base64-encoded; the answer says "Invalid token".',
    'http',
    '401',
    'either',
    'possible',
    '1.2, T2',
  ],
  [
    observed({
      status: 403,
      findings: [found('status.not-401', { met: 'HTTP 403', expected: 'HTTP 401' })],
      body: '{"detail":"Invalid token"}',
    }),
    /it does not know the token; it was sent Base64-encoded, for which 401 is due; the answer says "Invalid token"/,
    'http',
    '403',
    'either',
    'possible',
    '1.2, T2',
  ],
  [
    observed({ status: 401, requestHeaders: [] }),
    'volta answered 401 to GET .../locations: it wants a token; there was no Authorization header.',
    'http',
    '401',
    'us',
    'likely',
    '1.2, T2',
  ],
  [
    observed({ status: 401, requestHeaders: [['Authorization', 'Bearer {token:ab:double-base64-unpadded:64}']] }),
    /it was sent Base64-encoded twice without padding, behind "Bearer" instead of "Token"\.$/,
    'http',
    '401',
    'us',
    'likely',
    '1.2, T2',
  ],
  [
    observed({
      direction: 'in',
      link: null,
      linkId: null,
      status: 401,
      body: envelope(2000),
      ocpiStatus: 2000,
      findings: [found('authorization.unknown', { met: 'a token', expected: 'one of ours' })],
    }),
    "We answered 401 to an unknown caller's GET .../sender/locations: the token is not known here, in any reading of the header: a token instead of one of ours.",
    'http',
    '401',
    'them',
    'certain',
    '1.2',
  ],
  [
    observed({ status: 403, body: '{"detail":"Forbidden"}' }),
    'volta answered 403 to GET .../locations: known, but not allowed this; the answer says "Forbidden".',
    'http',
    '403',
    'us',
    'likely',
    '1.5',
  ],
  [
    observed({ status: 404, operation: 'tokens.authorize', method: 'POST' }),
    /: it does not know the charging token\.$/,
    'http',
    '404',
    'either',
    'possible',
    '6.5, T7',
  ],
  [
    observed({ ...PUT, method: 'PATCH', status: 404 }),
    /: it does not have the object that was to be changed\.$/,
    'http',
    '404',
    'either',
    'possible',
    '1.7, T9',
  ],
  [
    observed({
      status: 405,
      operation: 'credentials.post',
      method: 'POST',
      url: 'https://volta.example/2.2.1/credentials',
    }),
    'volta answered 405 to POST .../credentials: it takes us for registered already.',
    'http',
    '405',
    'either',
    'possible',
    '1.5, 3.2',
  ],
  [
    observed({ ...PUT, status: 422, body: '{"detail":[{"loc":["body","evse_uid"],"msg":"field required"}]}' }),
    'volta answered 422 to PUT .../sessions/NL/TNM/101: a framework refused the body before OCPI saw it; the answer says "body.evse_uid: field required".',
    'http',
    '422',
    'us',
    'likely',
    '1.5',
  ],
  [
    observed({ status: 429, headers: [['Retry-After', '30']] }),
    'volta answered 429 to GET .../locations: too many requests; it asks to wait 30 s.',
    'http',
    '429',
    'us',
    'likely',
    '1.5',
  ],
  [
    observed({ status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>' }),
    'volta answered 502 to GET .../locations: a proxy got no good answer from the server behind it; the answer says "502 Bad Gateway".',
    'http',
    '502',
    'them',
    'likely',
    '1.5',
  ],
  [
    observed({ direction: 'in', status: 500, body: envelope(3000), ocpiStatus: 3000 }),
    "We answered 500 to volta's GET .../sender/locations: the answering side failed inside.",
    'http',
    '500',
    'us',
    'likely',
    '1.5',
  ],
  [
    observed({ ...PUT, status: 200, body: envelope(2001, 'kwh must be a number'), ocpiStatus: 2001 }),
    'volta answered HTTP 200 with OCPI 2001 (invalid or missing parameters) to PUT .../sessions/NL/TNM/101: "kwh must be a number".',
    'ocpi',
    '2001',
    'us',
    'likely',
    '2',
  ],
  [
    observed({
      ...PUT,
      status: 200,
      body: envelope(2001, 'party_id is required'),
      ocpiStatus: 2001,
      findings: [
        found('field.optional-demanded', {
          pointer: '/evse_uid',
          met: 'no field, answered with "evse_uid is required"',
          expected: 'taken without it',
        }),
      ],
    }),
    /: it demands evse_uid, which 2\.2\.1 lets be absent/,
    'ocpi',
    '2001',
    'them',
    'likely',
    '0.2, 1.9',
  ],
  [
    observed({
      ...THEIR_PUT,
      status: 200,
      body: envelope(2001, '/kwh is missing.'),
      ocpiStatus: 2001,
      findings: [found('field.missing', { pointer: '/kwh', met: 'no field', expected: 'a number' })],
    }),
    'We answered HTTP 200 with OCPI 2001 (invalid or missing parameters) to volta\'s PUT .../sessions/NL/TNM/101: a required field is absent at /kwh: no field instead of a number; the answer says "/kwh is missing".'.replace(
      '.../sessions',
      '.../receiver/sessions',
    ),
    'ocpi',
    '2001',
    'them',
    'certain',
    '0.2',
  ],
  [
    observed({ status: 500, body: envelope(2001, 'no'), ocpiStatus: 2001 }),
    /^volta answered HTTP 500 with OCPI 2001/,
    'ocpi',
    '2001',
    'us',
    'likely',
    '1.5, T9',
  ],
  [
    observed({ status: 200, body: envelope(3002), ocpiStatus: 3002 }),
    /with OCPI 3002 \(unsupported version\)/,
    'ocpi',
    '3002',
    'either',
    'possible',
    '2',
  ],
  [
    observed({ status: 200, body: envelope(4002, 'no answer of NL-ABC'), ocpiStatus: 4002 }),
    'volta answered HTTP 200 with OCPI 4002 (timeout on the forwarded request) to GET .../locations: "no answer of NL-ABC".',
    'ocpi',
    '4002',
    'hub',
    'likely',
    '2, 1.10',
  ],
  [
    observed({ status: 200, body: '{"status_code":900}', ocpiStatus: 900 }),
    /with OCPI 900 \(no OCPI status code\)/,
    'ocpi',
    '900',
    'them',
    'likely',
    '2',
  ],
  [
    observed(ended('timeout', { phase: 'first-byte', afterMs: 60_000 })),
    'volta took GET .../locations and did not answer within 60 s.',
    'network',
    'timeout',
    'them',
    'likely',
    null,
  ],
  [
    observed(ended('timeout', { phase: 'connect', afterMs: 10_000 })),
    'No connection to volta.example came about within 10 s, so GET .../locations was never sent.',
    'network',
    'timeout',
    'between',
    'likely',
    null,
  ],
  [
    observed(ended('refused', { detail: 'connect ECONNREFUSED' })),
    'Nothing answered GET .../locations: volta.example refused the connection.',
    'network',
    'refused',
    'them',
    'likely',
    null,
  ],
  [
    observed(ended('dns', { host: 'volta.example', detail: 'ENOTFOUND' })),
    'GET .../locations could not be sent: the name volta.example does not resolve.',
    'network',
    'dns',
    'either',
    'possible',
    null,
  ],
  [
    observed(
      ended('tls', { code: 'CERT_HAS_EXPIRED', explained: "The partner's certificate has expired.", advice: 'x' }),
    ),
    "GET .../locations could not be sent, for there is no secure connection with volta.example: the partner's certificate has expired.",
    'tls',
    'tls',
    'them',
    'certain',
    null,
  ],
  [
    observed(
      ended('tls', { code: 'BAD_TLS_SETTINGS', explained: "The link's own certificates cannot be used.", advice: 'x' }),
    ),
    /the link's own certificates cannot be used\.$/,
    'tls',
    'tls',
    'us',
    'likely',
    null,
  ],
  [
    observed({ ...ended('cut', { received: 120, announced: 900 }), status: 200 }),
    'volta broke its answer to GET .../locations off after 120 bytes of the 900 bytes it had announced.',
    'network',
    'cut',
    'them',
    'likely',
    null,
  ],
  [
    observed({ ...ended('reset', { received: 0 }), url: 'http://volta.example/ocpi/versions', version: undefined }),
    'volta closed the connection to GET /ocpi/versions before any answer.',
    'network',
    'reset',
    'them',
    'possible',
    null,
  ],
  [
    observed({ direction: 'in', ...ended('cut', { received: 0 }) }),
    'volta ended the connection of its GET .../sender/locations after 12 ms.',
    'network',
    'cut',
    'between',
    'possible',
    null,
  ],
  [
    observed({ direction: 'in', ...ended('too-large', { limit: 1000 }) }),
    "volta's GET .../sender/locations is longer than our limit of 1,000 bytes.",
    'network',
    'too-large',
    'them',
    'likely',
    null,
  ],
  [
    observed(ended('interrupted')),
    'The workbench was stopped while GET .../locations to volta was under way.',
    'network',
    'interrupted',
    'us',
    'certain',
    null,
  ],
];

describe('an exchange that failed', () => {
  it.each(FAILURES.map(line => [String(line[1]).slice(0, 90), line] as const))('says: %s', (_, line) => {
    const [exchange, sentence, layer, code, blamed, sure, section] = line;
    const { well, problems } = explain(exchange);
    const [problem] = problems;
    expect(well).toBe(false);
    if (typeof sentence === 'string') expect(problem?.sentence).toBe(sentence);
    else expect(problem?.sentence).toMatch(sentence);
    expect(problem).toMatchObject({ layer, code, blamed, sure, section });
    expect(problem?.next.length).toBeGreaterThan(0);
    expect(problem?.because).toMatch(/\.$/);
    expect(problem?.meaning).toBeTruthy();
  });

  it('takes in the findings that tell why it failed, with their cases and advice, and leaves the others beside it', () => {
    const line = found('authorization.line-feed', {
      pointer: 'header:Authorization',
      met: 'a line feed',
      expected: 'none',
    });
    const { problems } = explain(
      observed({
        status: 401,
        requestHeaders: tokenHeader('base64+lf'),
        findings: [line, found('message-id.missing', { pointer: 'header:X-Request-ID', met: 'none', expected: 'one' })],
      }),
    );
    expect(problems.map(({ code, findings, cases }) => [code, findings, cases.map(one => one.number)])).toEqual([
      ['401', ['authorization.line-feed'], [2]],
      ['message-id.missing', ['message-id.missing'], [20]],
    ]);
    expect(problems[0]?.next[0]).toContain('printf');
  });

  it('advises the form that the version asks for', () => {
    const next = (version: '2.1.1' | '2.2.1', form: string) =>
      explain(observed({ status: 401, version, requestHeaders: tokenHeader(form) })).problems[0]?.next[0];
    expect(next('2.2.1', 'raw')).toBe('Set the token form of the link to Base64: 2.2.1 asks for it.');
    expect(next('2.1.1', 'base64')).toBe('Set the token form of the link to raw: 2.1.1 asks for it.');
  });

  it('of a hub is told apart from a refusal of our own token', () => {
    const { problems } = explain(observed({ status: 200, body: envelope(4003), ocpiStatus: 4003 }));
    expect(problems[0]?.next[0]).toMatch(/Leave tokens and registration alone/);
  });
});
