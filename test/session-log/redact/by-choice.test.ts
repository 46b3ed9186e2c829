import { isIPv6 } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { RedactionGroup } from '../../../core/contract/session-log.ts';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { exchangeLine, headerLine, linkLine } from '../support/lines.ts';
import { ALL_GROUPS, bodyAfter, redacted, TOKEN } from './support.ts';

describe('by choice', () => {
  const location = {
    country_code: 'NL',
    party_id: 'ACM',
    id: 'LOC1',
    name: 'Gent Zuid',
    address: 'F.Rooseveltlaan 3A',
    city: 'Gent',
    postal_code: '9000',
    coordinates: { latitude: '51.047599', longitude: '-3.729944' },
    directions: [{ language: 'en', text: 'Second left' }],
    operator: { name: 'Acme Charging', website: 'https://www.acme.example/ev' },
    evses: [{ uid: '3256', evse_id: 'NL*ACM*E041503001' }],
  };
  const locationWithout = (groups: readonly RedactionGroup[]) =>
    JSON.parse(bodyAfter(JSON.stringify(location), 'locations.get', groups)) as typeof location;

  test('parties: codes, names and ids that begin with them, in every place the same', () => {
    const { country_code: country, party_id: party, ...read } = locationWithout(['parties']);
    expect(country).toMatch(/^(?!NL)[A-Z]{2}$/);
    expect(party).toMatch(/^(?!ACM)[A-Z]{3}$/);
    expect(read).toMatchObject({ address: location.address, coordinates: location.coordinates });
    expect(read.evses[0]?.evse_id).toBe(`${country}*${party}*E041503001`);
    expect(read.operator.name).toMatch(/^(?!Acme)[A-Z][a-z]{3} [A-Z][a-z]{7}$/);
    const { records } = redacted(
      [
        linkLine(),
        exchangeLine(1, {
          request: {
            method: 'GET',
            url: 'https://x.example/ocpi/2.2.1/sessions/NL/ACM/S1',
            headers: [
              ['OCPI-to-country-code', 'NL'],
              ['OCPI-to-party-id', 'ACM'],
            ],
          },
          operation: 'sessions.get-pushed',
          note: 'NL-ACM and nl*acm*e1 and https://y.example/NL/ACM/x',
        }),
      ],
      { groups: ['parties'] },
    );
    const all = records.map(record => JSON.stringify(record)).join();
    expect(all).not.toMatch(/NL[-*/]ACM|acme-1|"Acme"|"ACM"/i);
    const [line] = records.slice(1) as ExchangeLine[];
    const [, cc = '', id = ''] = /sessions\/(\w\w)\/(\w{3})\/S1/.exec(line?.request.url ?? '') ?? [];
    expect(line?.toParty).toBe(`${cc}-${id}`);
    expect(line?.note).toBe(
      `${cc}-${id} and ${cc.toLowerCase()}*${id.toLowerCase()}*e1 and https://y.example/${cc}/${id}/x`,
    );
    expect(line?.request.headers).toEqual([
      ['OCPI-to-country-code', cc],
      ['OCPI-to-party-id', id],
    ]);
  });

  test('addresses, coordinates', () => {
    expect(locationWithout(['addresses'])).toMatchObject({
      name: expect.not.stringContaining('Gent'),
      address: expect.stringMatching(/^[A-Z]\.[A-Z][a-z]{12} \d[A-Z]$/),
      postal_code: expect.stringMatching(/^\d{4}$/),
      directions: [{ language: 'en', text: expect.not.stringContaining('left') }],
      operator: location.operator,
    });
    expect(locationWithout(['coordinates']).coordinates).toEqual({ latitude: '51.050000', longitude: '-3.730000' });
    expect(bodyAfter('{"latitude":51.049,"longitude":3.7}', 'locations.get', ['coordinates'])).toBe(
      '{"latitude":51.050,"longitude":3.7}',
    );
  });

  test('host names and addresses, but not those of this machine', () => {
    const { records } = redacted(
      [
        linkLine(),
        exchangeLine(1, {
          request: {
            method: 'GET',
            url: 'https://api.acme.example:8443/ocpi/versions',
            headers: [
              ['Host', 'api.acme.example:8443'],
              ['X-Forwarded-For', '203.0.113.77, 10.0.0.5'],
              ['Link', '<https://api.acme.example:8443/p2>; rel="next"'],
            ],
          },
          response: {
            status: 200,
            statusText: 'OK',
            headers: [],
            body: { text: '{"url":"https:\\/\\/api.acme.example\\/x","x":"http://localhost:3000/ on 127.0.0.1"}' },
          },
          connection: { remoteAddress: '203.0.113.77', reused: false },
          ended: { how: 'dns', host: 'api.acme.example', detail: 'getaddrinfo ENOTFOUND api.acme.example' },
        }),
      ],
      { groups: ['hosts'] },
    );
    const all = records.map(record => JSON.stringify(record)).join();
    expect(all).not.toMatch(/acme\.example|203\.0\.113|10\.0\.0\.5/);
    const line = records[1] as ExchangeLine;
    const [, host = ''] = /https:\/\/([^:]+):8443/.exec(line.request.url) ?? [];
    expect(host).toMatch(/^[a-z]{3}\.[a-z]{4}\.example$/);
    expect(line.ended['host']).toBe(host);
    expect(line.response?.body?.text).toBe(
      `{"url":"https:\\/\\/${host.replaceAll('/', '\\/')}\\/x","x":"http://localhost:3000/ on 127.0.0.1"}`,
    );
    expect(URL.canParse(`http://${String(line.connection?.['remoteAddress'])}/`)).toBe(true);
  });

  test('addresses of IPv6 in what proxies add and in texts, and no time of day', () => {
    const headers: [string, string][] = [
      ['Forwarded', 'for="[2001:db8:85a3::8a2e:370:7334]:4711";by=2001:db8::17;proto=https'],
      ['X-Forwarded-For', '2001:db8:0:0:0:0:0:1, ::ffff:203.0.113.77, ::1'],
      ['Date', 'Mon, 02 Mar 2026 10:00:00 GMT'],
    ];
    const text =
      '{"at":"2026-03-02T10:00:00Z","peer":"fe80::abcd","mac":"aa:bb:cc:dd:ee:ff","say":"std::string at 10:00:00"}';
    const line = exchangeLine(1, { request: { method: 'PUT', url: '/x', headers, body: { text } } });
    const after = redacted([line], { groups: ['hosts'] }).records[0] as ExchangeLine;
    const written = JSON.stringify(after.request);
    expect(written).not.toMatch(/2001:db8|203\.0\.113|fe80::abcd/);
    const [forwarded, more, date] = after.request.headers.map(([, value]) => value);
    const [, first = '', second = ''] = /^for="\[([^\]]+)\]:4711";by=([^;]+);proto=https$/.exec(forwarded ?? '') ?? [];
    const [third = '', fourth = '', own] = (more ?? '').split(', ');
    for (const address of [first, second, third, fourth]) expect(isIPv6(address), address).toBe(true);
    expect([own, date]).toEqual(['::1', 'Mon, 02 Mar 2026 10:00:00 GMT']);
    const { peer, ...rest } = JSON.parse(after.request.body?.text ?? '');
    expect(isIPv6(peer)).toBe(true);
    expect(rest).toEqual({ at: '2026-03-02T10:00:00Z', mac: 'aa:bb:cc:dd:ee:ff', say: 'std::string at 10:00:00' });
  });

  test('nothing but tokens goes where nothing is asked for', () => {
    const line = exchangeLine(1, { note: `jan@mail.example +31612345678 ${JSON.stringify(TOKEN)}` });
    expect(redacted([line], { groups: [] }).records[0]).toBe(line);
  });

  test('title, scope and reason of the header', () => {
    const line = exchangeLine(1, {
      request: { method: 'PUT', url: '/', headers: [], body: { text: JSON.stringify({ tokens: [TOKEN] }) } },
    });
    const { redaction } = redacted([line], { groups: ALL_GROUPS });
    const header = redaction.header(
      headerLine({
        title: `of ${TOKEN.uid}`,
        scope: { search: TOKEN.contract_id },
        platform: { parties: ['NL-ACM'], versions: ['2.2.1'], versionsUrl: 'https://wbx.example/v' },
      }),
    );
    expect(JSON.stringify(header)).not.toMatch(/04A1B2|12345678|NL-ACM|wbx/);
    expect(header.platform.versions).toEqual(['2.2.1']);
  });
});
