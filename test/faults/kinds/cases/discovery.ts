import { THEIR_TOKEN } from '../../../support/faulty.ts';
import type { SocketCase } from './case.ts';
import { CREDENTIALS, DETAILS, END, envelope, LIST, refused, VERSIONS } from './ground.ts';

const ROLE = { role: 'CPO', party_id: 'VLT', country_code: 'SE', business_details: { name: 'Volt' } };
const PUT = {
  ask: 'PUT credentials',
  body: { token: 'their-new-token', url: 'http://127.0.0.1:1/', roles: [ROLE] },
} as const;
const POST = { ...PUT, ask: 'POST credentials' } as const;
const CREDENTIALS_ENDPOINT = /,?\{"identifier":"credentials","role":"SENDER","url":"([^"]*)"\}/;
const ROLES = '"role":"SENDER"';

const ours = (token: string) =>
  new RegExp(
    `^HTTP/1\\.1 200 OK\\r\\n(?:[^\\r]+\\r\\n)+\\r\\n\\{"data":\\{"token":"${token}","url":"http://127\\.0\\.0\\.1:\\d+/ocpi/versions",` +
      '"roles":\\[\\{"role":"CPO","business_details":\\{"name":"NL-WBX"\\},"party_id":"WBX","country_code":"NL"\\},' +
      `\\{"role":"EMSP",[^\\]]*\\}\\]\\},${END.replaceAll('.', '\\.')}$`,
  );

/** A registration that ends with an OCPI code. */
function ends(kind: string, code: number, message: string): SocketCase {
  return {
    kind,
    on: PUT,
    arrives: refused({ start: '200 OK', type: 'application/json', body: envelope(code, message), routed: false }),
    did: `it was refused with OCPI ${code}`,
  };
}

export const DISCOVERY_CASES: readonly SocketCase[] = [
  {
    kind: 'discovery.bare-array',
    on: VERSIONS,
    becomes: { body: body => body.slice('{"data":'.length, -(END.length + 1)) },
  },
  {
    kind: 'discovery.version-string',
    on: VERSIONS,
    becomes: { body: body => body.replace('"2.1.1"', '"2.1"').replace('"2.2.1"', '"2.2"').replace('"2.3.0"', '"2.3"') },
    did: '2.1.1, 2.2.1, 2.3.0 was written in another way',
  },
  {
    kind: 'discovery.version-string',
    how: 'in the details, as told',
    parameters: { only: '2.2.1', version: '2.2.1-d2' },
    on: DETAILS,
    becomes: { body: body => body.replace('"version":"2.2.1"', '"version":"2.2.1-d2"') },
  },
  {
    kind: 'discovery.no-common-version',
    on: VERSIONS,
    becomes: { body: body => body.replace('"2.1.1"', '"3.0"').replace(/\},\{.*\}\]/, '}]') },
  },
  {
    kind: 'discovery.relative-url',
    on: VERSIONS,
    becomes: { body: body => body.replace(/http:\/\/127\.0\.0\.1:\d+/g, '') },
  },
  {
    kind: 'discovery.http-url',
    on: {
      operation: 'credentials.put',
      confirmed: true,
      body: '{"token":"b", "url":"https://us.example/ocpi/versions"}',
    },
    becomes: { body: body => body.replace('https:', 'http:') },
    did: 'https was replaced with http in the URLs',
  },
  {
    kind: 'discovery.slash-urls',
    on: DETAILS,
    becomes: { body: body => body.replace(/("url":"[^"]*)"/g, '$1/"') },
  },
  {
    kind: 'discovery.slash-urls',
    how: 'credentials that we send',
    on: {
      operation: 'credentials.put',
      confirmed: true,
      body: '{"token":"b", "url":"http://us.example/ocpi/versions","roles":[{"business_details":{"website":"http://x","logo":{"url":"http://y"}}}]}',
    },
    becomes: { body: body => body.replace('/versions"', '/versions/"') },
  },
  {
    kind: 'discovery.credentials-missing',
    on: DETAILS,
    becomes: { body: body => body.replace(CREDENTIALS_ENDPOINT, '').replace('[,', '[') },
  },
  {
    kind: 'discovery.module-missing',
    on: DETAILS,
    becomes: { body: body => body.replace(/\{"identifier":"locations",[^}]*\},/g, '') },
    did: 'the endpoints of locations were left out',
  },
  {
    kind: 'discovery.role-missing',
    on: DETAILS,
    becomes: {
      body: body => body.replace(CREDENTIALS_ENDPOINT, endpoint => endpoint.replace(`${ROLES},`, '')),
    },
  },
  {
    kind: 'discovery.role-missing',
    how: 'of all modules',
    parameters: { module: '' },
    on: DETAILS,
    becomes: { body: body => body.replace(/"role":"[A-Z]*",/g, '') },
  },
  {
    kind: 'discovery.role-wrong',
    on: DETAILS,
    becomes: {
      body: body => body.replace(CREDENTIALS_ENDPOINT, endpoint => endpoint.replace('SENDER', 'RECEIVER')),
    },
  },
  {
    kind: 'discovery.endpoint-twice',
    on: DETAILS,
    becomes: {
      body: body => {
        const url = CREDENTIALS_ENDPOINT.exec(body)?.[1];
        return body.replace(/\]\}/, `,{"identifier":"credentials","role":"RECEIVER","url":"${url}"}]}`);
      },
    },
  },
  {
    kind: 'discovery.endpoint-twice',
    how: 'with another URL',
    parameters: { module: 'credentials', second: 'url' },
    on: DETAILS,
    becomes: {
      body: body => {
        const url = CREDENTIALS_ENDPOINT.exec(body)?.[1];
        return body.replace(/\]\}/, `,{"identifier":"credentials","role":"SENDER","url":"${url}/second"}]}`);
      },
    },
  },
  ...(['301', '302', '307', '308'] as const).map(
    (status): SocketCase => ({
      kind: 'discovery.slash-redirect',
      how: status,
      parameters: { status },
      on: LIST,
      arrives: refused({
        start: `${status} ${{ 301: 'Moved Permanently', 302: 'Found', 307: 'Temporary Redirect', 308: 'Permanent Redirect' }[status]}`,
        lines: ['Location: /ocpi/2.2.1/sender/tariffs/?limit=2'],
      }),
    }),
  ),
  {
    kind: 'discovery.slash-redirect',
    how: 'a slash that is not wanted is not found',
    parameters: { status: '404', slash: 'refused' },
    on: { ask: 'GET sender/tariffs/' },
    arrives: /^HTTP\/1\.1 404 Not Found\r\n[\s\S]*\r\nContent-Type: text\/html; charset=utf-8\r\n/,
  },
  ends('discovery.client-unreachable', 3001, "Unable to use the client's API."),
  ends('discovery.unsupported-version', 3002, 'Unsupported version.'),
  ends('discovery.no-matching-endpoints', 3003, 'No matching endpoints or expected endpoints missing between parties.'),
  {
    kind: 'discovery.method-not-allowed',
    on: PUT,
    arrives: refused({
      start: '405 Method Not Allowed',
      type: 'application/json',
      body: envelope(2000, 'Method Not Allowed'),
      lines: ['Allow: GET, PUT, DELETE'],
      routed: false,
    }),
  },
  {
    kind: 'discovery.flat-credentials',
    on: CREDENTIALS,
    becomes: {
      body: body =>
        body.replace(
          /"roles":\[.*\]\}/,
          '"business_details":{"name":"Workbench"},"party_id":"WBX","country_code":"NL"}',
        ),
    },
  },
  {
    kind: 'discovery.roles-missing',
    on: CREDENTIALS,
    becomes: { body: body => body.replace(/,"roles":\[.*\]\}/, '}') },
  },
  {
    kind: 'discovery.second-post-accepted',
    on: POST,
    arrives: ours(`${THEIR_TOKEN}221`),
    did: 'HTTP 405 was replaced with HTTP 200 and our credentials',
  },
  {
    kind: 'discovery.put-without-refetch',
    on: PUT,
    arrives: ours(`${THEIR_TOKEN}221`),
    did: 'the PUT was answered HTTP 200 without fetching versions and endpoints',
  },
];
