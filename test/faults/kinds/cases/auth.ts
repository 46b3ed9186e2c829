import { OUR_TOKEN, THEIR_TOKEN } from '../../../support/faulty.ts';
import type { SocketCase } from './case.ts';
import { CREDENTIALS, envelope, LIST, refused, SENT_LIST } from './ground.ts';

const TOKEN = `${OUR_TOKEN}221`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const authorization = (value: string | undefined) => ({
  lines: (lines: readonly string[]) =>
    lines.flatMap(line => {
      if (!line.startsWith('Authorization: ')) return [line];
      return value === undefined ? [] : [`Authorization: ${value}`];
    }),
});
const REFUSAL = envelope(2000, 'Invalid or missing token.');

export const AUTH_CASES: readonly SocketCase[] = [
  { kind: 'auth.raw-token', on: SENT_LIST, becomes: authorization(`Token ${TOKEN}`) },
  {
    kind: 'auth.base64-token',
    on: { ...SENT_LIST, version: '2.1.1' },
    becomes: authorization(`Token ${base64(`${OUR_TOKEN}211`)}`),
  },
  { kind: 'auth.base64-line-feed', on: SENT_LIST, becomes: authorization(`Token ${base64(`${TOKEN}\n`)}`) },
  {
    kind: 'auth.base64url',
    on: SENT_LIST,
    // The token is made so that Base64 has a slash in it, and padding.
    becomes: authorization('Token d2UtY2FsbC10aGVtLXdpdGgtdGhpcy0_Pn50b2tlbi0wMDAwMDAwMDAwMDAyMjE'),
  },
  { kind: 'auth.double-base64', on: SENT_LIST, becomes: authorization(`Token ${base64(base64(TOKEN))}`) },
  { kind: 'auth.wrong-scheme', on: SENT_LIST, becomes: authorization(`Bearer ${base64(TOKEN)}`) },
  {
    kind: 'auth.wrong-scheme',
    how: 'no keyword at all',
    parameters: { scheme: '' },
    on: SENT_LIST,
    becomes: authorization(base64(TOKEN)),
  },
  {
    kind: 'auth.swapped-token',
    on: SENT_LIST,
    becomes: authorization(`Token ${base64(`${THEIR_TOKEN}221`)}`),
    did: 'the token that the partner calls us with was sent instead of the present one',
  },
  {
    kind: 'auth.over-long-token',
    parameters: { length: 70 },
    on: { ...SENT_LIST, version: '2.1.1' },
    becomes: authorization(`Token ${`${OUR_TOKEN}211`.padEnd(70, 'x')}`),
  },
  { kind: 'auth.missing', on: SENT_LIST, becomes: authorization(undefined) },
  {
    kind: 'auth.unauthorized',
    on: LIST,
    arrives: refused({ start: '401 Unauthorized', type: 'application/json', body: REFUSAL }),
  },
  {
    kind: 'auth.unauthorized',
    how: 'without a body',
    parameters: { body: 'none' },
    on: LIST,
    arrives: refused({ start: '401 Unauthorized' }),
  },
  {
    kind: 'auth.unauthorized-as',
    on: LIST,
    arrives: refused({
      start: '403 Forbidden',
      type: 'application/json',
      body: '{"detail":"Invalid or missing token."}',
    }),
  },
  {
    kind: 'auth.unauthorized-as',
    how: 'only where the token is unknown',
    parameters: { status: '400', whom: 'unknown', body: 'envelope' },
    on: { ...LIST, headers: ['Authorization: Token nobody-knows'] },
    becomes: () => ({ start: 'HTTP/1.1 400 Bad Request', body: () => REFUSAL }),
    did: 'HTTP 401 was replaced with HTTP 400 with an envelope that says 2000',
  },
  {
    kind: 'auth.picky-form',
    on: LIST,
    arrives: refused({ start: '401 Unauthorized', type: 'application/json', body: REFUSAL }),
    did: 'a token written in Base64 was refused with HTTP 401',
  },
  {
    kind: 'auth.picky-form',
    how: 'Base64 alone, and 2.1.1 writes it raw',
    parameters: { form: 'base64' },
    on: { ...LIST, version: '2.1.1' },
    arrives: /^HTTP\/1\.1 401 Unauthorized\r\n/,
    did: 'a token written raw was refused with HTTP 401',
  },
  {
    kind: 'auth.over-long-credentials-token',
    on: CREDENTIALS,
    becomes: { body: body => body.replace(`${THEIR_TOKEN}221`, `${THEIR_TOKEN}221`.padEnd(100, 'x')) },
  },
  {
    kind: 'auth.token-dropped',
    on: CREDENTIALS,
    becomes: { body: body => body.replace(`"token":"${THEIR_TOKEN}221",`, '') },
  },
  {
    kind: 'auth.tokens-swapped',
    how: 'in what we send',
    on: { operation: 'credentials.put', confirmed: true, body: '{"url":"https://us.example", "token":"our-token-b"}' },
    becomes: { body: body => body.replace('our-token-b', TOKEN) },
    did: "the token of the credentials was replaced with the other side's",
  },
];
