import { describe, expect, it } from 'vitest';
import { BEGIN, type LiteralExchange, TOKENS } from '../../support/observed.ts';
import { found, shown } from '../found.ts';
import {
  answer,
  base64,
  data,
  FINE,
  HOST,
  IDS,
  JSON_TYPE,
  list,
  location,
  secondsOn,
  TIMESTAMP,
  theySend,
  WITH_B,
  WITH_C,
  weRead,
} from './messages.ts';

const { a, b, c } = TOKENS;
const UNAUTHORIZED = `HTTP/1.1 401 Unauthorized\n${JSON_TYPE}\n${IDS}\n\n{"status_code":2000,"status_message":"no",${TIMESTAMP}}`;
const GOOD_LIST = answer(list(location()), { more: 'X-Total-Count: 1\nX-Limit: 50' });

/** The partner asks for our tariffs. */
const theyAsk = (authorization: string, more: Partial<LiteralExchange> = {}): LiteralExchange => ({
  operation: 'tariffs.list',
  version: '2.2.1',
  direction: 'in',
  request: `GET /ocpi/2.2.1/tariffs HTTP/1.1\nHost: us.example\n${authorization}\n${IDS}\n\n`,
  response: `HTTP/1.1 200 OK\n${JSON_TYPE}\n${IDS}\nX-Total-Count: 0\nX-Limit: 50\n\n${list()}`,
  ...more,
});

const VERSIONS = data(
  `[{"version":"2.1.1","url":"${HOST}/ocpi/2.1.1"},{"version":"2.2.1","url":"${HOST}/ocpi/2.2.1"}]`,
);
const weListVersions = (
  authorization: string,
  response: string,
  more: Partial<LiteralExchange> = {},
): LiteralExchange => ({
  operation: 'versions.list',
  request: `GET ${HOST}/ocpi/versions HTTP/1.1\nHost: partner.example\n${authorization}\n${IDS}\n\n`,
  response,
  ...more,
});
const HEAD = `HTTP/1.1 200 OK\n${JSON_TYPE}\n${IDS}`;

const credentials = (token: string) =>
  `{"token":"${token}","url":"${HOST}/ocpi/versions","roles":[{"role":"CPO","party_id":"TNM","country_code":"NL","business_details":{"name":"Partner"}}]}`;

interface Registering {
  readonly method?: string;
  readonly authorization?: string;
  readonly sent?: string;
  readonly answered?: string;
  readonly response?: string;
}

/** We register with the partner. */
function weRegister(how: Registering = {}, more: Partial<LiteralExchange> = {}): LiteralExchange {
  const { method = 'POST', authorization = `Authorization: Token ${base64(a)}`, sent = b, answered = c } = how;
  return {
    operation: `credentials.${method.toLowerCase()}`,
    version: '2.2.1',
    request: `${method} ${HOST}/ocpi/2.2.1/credentials HTTP/1.1\nHost: partner.example\n${authorization}\n${IDS}\n${JSON_TYPE}\n\n${credentials(sent)}`,
    response: how.response ?? `${HEAD}\n\n${data(credentials(answered))}`,
    took: 1000,
    ...more,
  };
}

/** The partner reads our versions, as it has to while the registration is open. */
const theyReadVersions = (more: Partial<LiteralExchange> = {}): LiteralExchange => ({
  operation: 'versions.list',
  direction: 'in',
  request: `GET /ocpi/versions HTTP/1.1\nHost: us.example\n${WITH_B}\n${IDS}\n\n`,
  response: `${HEAD}\n\n${VERSIONS}`,
  ...more,
});
const REGISTERED = [weRegister(), theyReadVersions({ at: secondsOn(0.5) })];

describe('tokens and their forms', () => {
  it('case 1: a raw token on 2.2.1 that was let in, and Base64 on 2.1.1 that was refused', () => {
    expect(shown(1, found([theyAsk(`Authorization: Token ${b}`)]))).toEqual(['authorization.form']);
    const old = weRead('/ocpi/2.1.1/locations', UNAUTHORIZED, { version: '2.1.1' });
    expect(shown(1, found([old]))).toEqual(['authorization.form']);
    // Refused in one form and taken in the other.
    const raw = { ...weListVersions(`Authorization: Token ${c}`, `${HEAD}\n\n${VERSIONS}`), at: secondsOn(1) };
    expect(shown(1, found([weListVersions(WITH_C, UNAUTHORIZED), raw]))).toEqual([
      'authorization.partner-wants-other-form',
    ]);
  });

  it('case 1 is not seen where the form is right, nor where nobody knows the token', () => {
    expect(shown(1, found([theyAsk(WITH_B)]))).toEqual([]);
    expect(shown(1, found([theyAsk('Authorization: Token somebody-elses-token', { response: UNAUTHORIZED })]))).toEqual(
      [],
    );
    expect(shown(1, found([weListVersions(`Authorization: Token ${c}`, `${HEAD}\n\n${VERSIONS}`)]))).toEqual([]);
  });

  it('case 2: a line feed within the Base64 text', () => {
    expect(shown(2, found([theyAsk(`Authorization: Token ${base64(`${b}\n`)}`)]))).toEqual(['authorization.line-feed']);
    expect(shown(2, found([theyAsk(WITH_B)]))).toEqual([]);
  });

  it('case 3: Base64 on the versions and raw on the details', () => {
    const raw = `Authorization: Token ${c}`;
    const details = (authorization: string, response: string, seconds: number): LiteralExchange => ({
      operation: 'versions.details',
      version: '2.2.1',
      request: `GET ${HOST}/ocpi/2.2.1 HTTP/1.1\nHost: partner.example\n${authorization}\n${IDS}\n\n`,
      response,
      at: secondsOn(seconds),
    });
    const fine = `${HEAD}\n\n${data(`{"version":"2.2.1","endpoints":[{"identifier":"credentials","role":"SENDER","url":"${HOST}/c"}]}`)}`;
    const mixed = [
      weListVersions(WITH_C, `${HEAD}\n\n${VERSIONS}`),
      details(WITH_C, UNAUTHORIZED, 1),
      details(raw, fine, 2),
    ];
    expect(shown(3, found(mixed))).toEqual(['authorization.form-varies']);
    // One form that is changed once, because the partner wants the other everywhere.
    const changed = [
      weListVersions(WITH_C, UNAUTHORIZED),
      weListVersions(raw, `${HEAD}\n\n${VERSIONS}`),
      details(raw, fine, 2),
    ];
    expect(shown(3, found(changed))).toEqual([]);
    const theirs = [
      theyAsk(WITH_B),
      { ...theyAsk(`Authorization: Token ${b}`), operation: 'sessions.list', at: secondsOn(5) },
    ];
    expect(shown(3, found(theirs))).toEqual(['authorization.form-varies']);
  });
});

describe('registrations', () => {
  it('case 4: tokens B and C swapped, token C refused, and token C never used', () => {
    expect(shown(4, found([...REGISTERED, theyAsk(WITH_C, { at: secondsOn(10) })]))).toEqual([
      'registration.tokens-swapped',
    ]);
    const refused = weListVersions(WITH_C, UNAUTHORIZED, { at: secondsOn(10) });
    expect(shown(4, found([...REGISTERED, refused], { until: secondsOn(100) }))).toEqual([
      'registration.token-c-refused',
    ]);
    const theirs = { ...weRegister(), direction: 'in' as const, request: weRegister().request.replace(HOST, '') };
    const dropped = theyAsk(`Authorization: Token ${base64(a)}`, { at: secondsOn(10), response: UNAUTHORIZED });
    expect(shown(4, found([theirs, dropped]))).toEqual(['registration.token-a-again', 'registration.token-c-unused']);
    expect(shown(4, found([weRegister({ answered: b })]))).toEqual(['credentials.token.not-new']);
  });

  it('case 4 is not seen where each side calls with the token it was given, nor where the other form is taken', () => {
    expect(
      shown(
        4,
        found(
          [
            ...REGISTERED,
            weListVersions(WITH_C, `${HEAD}\n\n${VERSIONS}`, { at: secondsOn(5) }),
            theyAsk(WITH_B, { at: secondsOn(6) }),
          ],
          { until: secondsOn(100) },
        ),
      ),
    ).toEqual([]);
    const tried = [
      weListVersions(WITH_C, UNAUTHORIZED, { at: secondsOn(5) }),
      weListVersions(`Authorization: Token ${c}`, `${HEAD}\n\n${VERSIONS}`, { at: secondsOn(6) }),
    ];
    expect(shown(4, found([...REGISTERED, ...tried], { until: secondsOn(100) }))).toEqual([]);
  });

  it('case 5: token A works on, and another POST is answered with success', () => {
    const withA = weListVersions(`Authorization: Token ${base64(a)}`, `${HEAD}\n\n${VERSIONS}`, { at: secondsOn(10) });
    expect(shown(5, found([...REGISTERED, withA]))).toEqual(['registration.token-a-accepted']);
    const again = weRegister({ authorization: WITH_C, answered: 'another-token-of-theirs' }, { at: secondsOn(20) });
    expect(shown(5, found([...REGISTERED, again]))).toEqual(['registration.second-post-accepted']);
    const refused = weRegister(
      { authorization: WITH_C, response: `HTTP/1.1 405 Method Not Allowed\n${IDS}\n\n` },
      { at: secondsOn(20) },
    );
    expect(shown(5, found([...REGISTERED, refused]))).toEqual(['registration.post-while-registered']);
  });

  it('case 5 is not seen where a fresh invitation begins a new registration, or a deletion ended the old one', () => {
    const fresh = weRegister(
      { authorization: `Authorization: Token ${base64('a-fresh-invitation')}` },
      { at: secondsOn(20) },
    );
    expect(shown(5, found([...REGISTERED, fresh]))).toEqual([]);
    const gone: LiteralExchange = {
      operation: 'credentials.delete',
      version: '2.2.1',
      request: `DELETE ${HOST}/ocpi/2.2.1/credentials HTTP/1.1\n${WITH_C}\n${IDS}\n\n`,
      response: `${HEAD}\n\n${FINE}`,
      at: secondsOn(10),
    };
    expect(shown(5, found([...REGISTERED, gone, weRegister({}, { at: secondsOn(2000) })]))).toEqual([]);
    // Case 34: some hubs know no PUT.
    expect(shown(34, found([...REGISTERED, gone, weRegister({}, { at: secondsOn(20) })]))).toEqual([
      'registration.post-after-delete',
    ]);
    expect(shown(34, found([...REGISTERED, gone, weRegister({}, { at: secondsOn(2000) })]))).toEqual([]);
  });

  it('case 6: a PUT of credentials that nobody reads the versions after', () => {
    const put = weRegister(
      { method: 'PUT', authorization: WITH_C, sent: 'new-token-b', answered: 'new-token-c' },
      { at: secondsOn(60) },
    );
    expect(shown(6, found([...REGISTERED, put], { until: secondsOn(100) }))).toEqual([
      'registration.no-refetch-on-put',
    ]);
    expect(shown(6, found([weRegister(), theyAsk(WITH_B, { at: secondsOn(10) })], { until: secondsOn(100) }))).toEqual([
      'registration.no-call-back',
    ]);
    // Called back while it was open: whichever of the two is seen first.
    const back = theyReadVersions({ at: secondsOn(60.5) });
    expect(shown(6, found([...REGISTERED, put, back], { until: secondsOn(100) }))).toEqual([]);
    expect(shown(6, found([...REGISTERED, back, put], { until: secondsOn(100) }))).toEqual([]);
    // A log of one direction alone tells nothing of the other.
    expect(shown(6, found([weRegister()], { until: secondsOn(100) }))).toEqual([]);
  });

  it.each([
    ['RECEIVER', '{"identifier":"credentials","role":"RECEIVER","url":"https://partner.example/c"}'],
    ['none', '{"identifier":"credentials","url":"https://partner.example/c"}'],
    [
      'both',
      '{"identifier":"credentials","role":"SENDER","url":"https://partner.example/c"},{"identifier":"credentials","role":"RECEIVER","url":"https://partner.example/c"}',
    ],
  ])('case 7: the credentials endpoint with the role %s', (_role, endpoints) => {
    const details = (list: string): LiteralExchange => ({
      operation: 'versions.details',
      version: '2.2.1',
      request: `GET ${HOST}/ocpi/2.2.1 HTTP/1.1\n${WITH_C}\n${IDS}\n\n`,
      response: `${HEAD}\n\n${data(`{"version":"2.2.1","endpoints":[${list}]}`)}`,
    });
    expect(shown(7, found([details(endpoints)]))).toEqual(['version-details.credentials-role']);
    const right = '{"identifier":"credentials","role":"SENDER","url":"https://partner.example/c"}';
    expect(shown(7, found([details(right)]))).toEqual([]);
    expect(shown(7, found([details(right.replace('credentials', 'locations'))]))).toEqual([
      'version-details.no-credentials',
    ]);
  });

  it('case 8: credentials of 2.1.1 on 2.2.1, and without any party', () => {
    const flat = `{"token":"${c}","url":"${HOST}/ocpi/versions","business_details":{"name":"Partner"},"party_id":"TNM","country_code":"NL"}`;
    const answered = (body: string) => weRegister({ response: `${HEAD}\n\n${data(body)}` });
    expect(shown(8, found([answered(flat)]))).toEqual(['credentials.flat']);
    expect(shown(8, found([answered(`{"token":"${c}","url":"${HOST}/ocpi/versions","roles":[]}`)]))).toEqual([
      'credentials.no-party',
    ]);
    expect(shown(8, found([answered(credentials(c))]))).toEqual([]);
  });

  it('case 9: 2.1 where 2.1.1 is meant, and no version in common that is not told with 3002', () => {
    const only = (number: string) =>
      weListVersions(WITH_C, `${HEAD}\n\n${data(`[{"version":"${number}","url":"${HOST}/ocpi/x"}]`)}`);
    expect(shown(9, found([only('2.1')]))).toEqual(['registration.no-common-version', 'versions.look-alike']);
    expect(shown(9, found([only('2.2')]))).toEqual(['versions.look-alike', 'versions.near']);
    expect(shown(9, found([only('2.2.1')]))).toEqual([]);
    const offering = (number: string) =>
      theyReadVersions({
        at: secondsOn(0.5),
        response: `${HEAD}\n\n${data(`[{"version":"${number}","url":"https://us.example/x"}]`)}`,
      });
    const failed = (code: number) => weRegister({ response: `${HEAD}\n\n{"status_code":${code},${TIMESTAMP}}` });
    expect(shown(9, found([failed(3000), offering('2.1.1')], { until: secondsOn(60) }))).toEqual([
      'registration.unsupported-not-3002',
    ]);
    expect(shown(9, found([failed(3002), offering('2.1.1')], { until: secondsOn(60) }))).toEqual([]);
    expect(shown(9, found([failed(3000), offering('2.2.1')], { until: secondsOn(60) }))).toEqual([]);
  });

  it('case 19: 400 and 403 where 401 is due, a body of a framework, and HTML', () => {
    const refused = (start: string, body: string, type = 'application/json') =>
      weRead('/ocpi/2.2.1/locations', `${start}\nContent-Type: ${type}\n${IDS}\n\n${body}`);
    expect(shown(19, found([refused('HTTP/1.1 400 Bad Request', '{"detail":"Invalid token."}')]))).toEqual([
      'envelope.missing',
      'status.not-401',
    ]);
    expect(
      shown(
        19,
        found([
          refused(
            'HTTP/1.1 403 Forbidden',
            `{"status_code":2000,"status_message":"Not authenticated: token unknown",${TIMESTAMP}}`,
          ),
        ]),
      ),
    ).toEqual(['status.forbidden', 'status.not-401']);
    expect(
      shown(19, found([refused('HTTP/1.1 502 Bad Gateway', '<html><body>Bad Gateway</body></html>', 'text/html')])),
    ).toEqual(['body.json']);
    expect(shown(19, found([weRead('/ocpi/2.2.1/locations', UNAUTHORIZED)]))).toEqual([]);
    // A bad date is no refusal of a token.
    expect(
      shown(
        19,
        found([
          refused(
            'HTTP/1.1 400 Bad Request',
            `{"status_code":2001,"status_message":"date_from is invalid",${TIMESTAMP}}`,
          ),
        ]),
      ),
    ).toEqual([]);
  });

  it('case 35: a hub that cannot reach a party, and credentials that are changed because of it', () => {
    const hub = weRead(
      '/ocpi/2.2.1/locations',
      answer(`{"status_code":4003,"status_message":"not connected",${TIMESTAMP}}`),
    );
    expect(shown(35, found([hub]))).toEqual(['status.hub']);
    const rotated = weRegister(
      { method: 'PUT', authorization: WITH_C, sent: 'new-b', answered: 'new-c' },
      { at: secondsOn(60) },
    );
    expect(shown(35, found([hub, rotated]))).toEqual(['hub.error-taken-for-authentication', 'status.hub']);
    expect(shown(35, found([weRead('/ocpi/2.2.1/locations', GOOD_LIST), rotated]))).toEqual([]);
    expect(
      shown(35, found([hub, weRead('/ocpi/2.2.1/locations', UNAUTHORIZED, { at: secondsOn(30) }), rotated])),
    ).toEqual(['status.hub']);
  });

  it('a healthy registration and what follows it show nothing but notes', () => {
    const traffic = [
      ...REGISTERED,
      weRead('/ocpi/2.2.1/locations', GOOD_LIST, { at: secondsOn(5) }),
      theyAsk(WITH_B, { at: secondsOn(6) }),
      theySend(
        { method: 'PUT', path: '/ocpi/2.2.1/locations/NL/TNM/LOC1', body: location() },
        { operation: 'locations.put', at: secondsOn(7) },
      ),
    ];
    const worse = found(traffic, { until: BEGIN + 3_600_000 }).filter(({ severity }) => severity !== 'note');
    expect(worse).toEqual([]);
  });
});
