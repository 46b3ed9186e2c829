import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../../core/ocpi/catalogue.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { valuesOf } from '../../support/partner/action.ts';
import { failureOf } from '../../support/platform.ts';
import { meet, meetAll, partnerOf, says } from './meeting.ts';

beforeAll(meetAll);

describe('what can be sent', () => {
  it.each(VERSIONS)('in %s is the whole catalogue, with the partner’s endpoints', async version => {
    const { us, name, partner, at } = partnerOf(version);
    const operations = await us.client.sending.operations({ name });
    expect(operations.map(({ operation }) => operation)).toEqual(catalogue(version).map(({ id }) => id));
    const put = operations.find(({ operation }) => operation === 'locations.put-evse');
    expect(put).toEqual({
      operation: 'locations.put-evse',
      words: 'evse, put',
      module: 'locations',
      side: 'RECEIVER',
      method: 'PUT',
      endpoint: `${partner.origin}${at('locations', 'receiver')}`,
      path: '{country_code}/{party_id}/{location_id}/{evse_uid}',
      params: ['country_code', 'party_id', 'location_id', 'evse_uid'],
      query: [],
      body: { type: 'EVSE', partial: false },
      writes: true,
    });
    expect(operations.find(({ operation }) => operation === 'commands.result')?.endpoint).toBeNull();
  });

  const ENTRIES = VERSIONS.flatMap(version =>
    catalogue(version)
      .filter(({ base, module }) => base === 'endpoint' && module !== 'credentials')
      .map(({ id, method }) => ({ version, id, method })),
  );
  it.each(ENTRIES)(
    '$id of $version leaves as its example, and reaches the partner as previewed',
    async ({ version, id, method }) => {
      const { us, name, partner } = partnerOf(version);
      const { client } = us;
      const example = await client.sending.example({ name, operation: id });
      expect(example.from).not.toBe('');
      const input = { name, operation: id, params: example.params, query: example.query };
      const whole = example.body === null ? input : { ...input, body: example.body };
      const preview = await client.sending.preview(whole);
      expect(preview.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
      const count = partner.requests.length;
      const { exchangeId } = await client.sending.send(whole);
      const sent = partner.requests[count];
      expect(partner.requests.length).toBe(count + 1);
      expect(sent).toMatchObject({ method, url: preview.url.slice(partner.origin.length), text: example.body ?? '' });
      const lines = (headers: readonly (readonly [string, string])[]) =>
        headers.filter(([line]) => !/^(authorization|x-(request|correlation)-id)$/i.test(line));
      expect(lines(sent?.headers ?? [])).toEqual(lines(preview.headers));
      expect(sent?.headers.map(([line]) => line)).toEqual(preview.headers.map(([line]) => line));
      const [authorization = ''] = valuesOf(preview.headers, 'authorization');
      expect(authorization).toMatch(/^Token \{token:[\w-]+:(raw|base64):\d+\}$/);
      const exchange = await client.exchanges.get({ id: exchangeId });
      expect(exchange).toMatchObject({ operation: id, link: name, direction: 'out', version });
      expect(partner.complaints).toEqual([]);
    },
  );
});

describe('an example', () => {
  it('is of an object of ours where it is pushed, or of an object of the partner where it is asked for', async () => {
    const { us, name, at, partner } = partnerOf('2.2.1');
    const { client } = us;
    const location = { ...fixture('2.2.1', 'Location'), id: 'OURS', country_code: 'NL', party_id: 'WBX' };
    await client.own.import({ module: 'locations', version: '2.2.1', text: JSON.stringify(location) });
    const put = await client.sending.example({ name, operation: 'locations.put', of: 'ours' });
    expect(put).toMatchObject({ from: 'of OURS of our own data', body: JSON.stringify(location) });
    expect(put.params).toEqual({ country_code: 'NL', party_id: 'WBX', location_id: 'OURS' });
    const patch = await client.sending.example({ name, operation: 'locations.patch', of: 'OURS' });
    expect(Object.keys(JSON.parse(patch.body ?? '{}') as object)).toContain('last_updated');
    partner.override(
      `GET ${at('locations', 'sender')}`,
      says(200, 1000, [{ ...fixture('2.2.1', 'Location'), id: 'THEIRS' }]),
    );
    const { runId } = await client.pulls.start({ name, module: 'locations' });
    for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
    const start = await client.sending.example({ name, operation: 'commands.start-session' });
    expect(start.from).toBe(`by the schema, with ids of THEIRS of ${name}`);
    expect(JSON.parse(start.body ?? '{}')).toMatchObject({ location_id: 'THEIRS' });
    expect(await failureOf(client.sending.example({ name, operation: 'locations.put', of: 'NONE' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await failureOf(client.sending.example({ name, operation: 'nonsense' }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('what is deliberately wrong', () => {
  it('leaves as it is, and the preview says what is wrong with it', async () => {
    const { us, name, partner, at } = partnerOf('2.3.0');
    const input = {
      name,
      operation: 'sessions.put',
      method: 'POST',
      params: { country_code: 'NL', party_id: 'WBX', session_id: 'S1' },
      query: { x: 'a b' },
      body: '{"id":"S2", kwh: }',
      headers: [
        ['X-Request-ID', ''],
        ['Content-Type', 'text/plain'],
        ['X-Extra', '1'],
        ['x-extra', '2'],
      ] as [string, string][],
      toParty: 'NL-WBX',
    };
    const preview = await us.client.sending.preview(input);
    expect(new Set(preview.findings.map(({ code }) => code))).toEqual(
      new Set(['request.method', 'message-id.missing', 'routing.self-addressed', 'request.content-type', 'body.json']),
    );
    const { exchangeId } = await us.client.sending.send(input);
    const sent = partner.requests.at(-1);
    expect(sent).toMatchObject({
      method: 'POST',
      url: `${at('sessions', 'receiver', 'NL', 'WBX', 'S1')}?x=a%20b`,
      text: input.body,
    });
    expect(valuesOf(sent?.headers ?? [], 'x-request-id')).toEqual([]);
    expect(valuesOf(sent?.headers ?? [], 'x-extra')).toEqual(['1', '2']);
    expect(valuesOf(sent?.headers ?? [], 'content-type')).toEqual(['text/plain']);
    expect((await us.client.exchanges.get({ id: exchangeId })).operation).toBe('unknown');
  });

  it('a body of the wrong shape, an id that is not that of the URL, a token of the operator’s own', async () => {
    const { us, name, partner } = partnerOf('2.2.1');
    const params = { country_code: 'NL', party_id: 'WBX', session_id: 'S1' };
    const object = { ...fixture('2.2.1', 'Session'), id: 'S2', kwh: 'much' };
    const headers: [string, string][] = [['Authorization', 'Token made-up']];
    const input = { name, operation: 'sessions.put', params, body: JSON.stringify(object), headers };
    const preview = await us.client.sending.preview(input);
    expect(preview.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['type.mismatch', 'id.mismatch', 'party.mismatch']),
    );
    const { exchangeId } = await us.client.sending.send(input);
    expect(valuesOf(partner.requests.at(-1)?.headers ?? [], 'authorization')).toEqual(['Token made-up']);
    expect(JSON.stringify(await us.client.exchanges.get({ id: exchangeId }))).not.toContain('made-up');
    const bare = await us.client.sending.preview({
      name,
      operation: 'sessions.put',
      params,
      headers: [['authorization', '']],
    });
    expect(bare.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['authorization.missing', 'body.empty']),
    );
  });

  it.each([
    ['a length that is too large', 'Content-Length', '99'],
    ['a length that is too small', 'Content-Length', '3'],
    ['a coding that is not there', 'Transfer-Encoding', 'chunked'],
    ['another host', 'Host', 'somewhere.example'],
  ])('%s leaves as it was typed', async (_, header, value) => {
    const { us, name } = await meet('2.2.1');
    await us.client.links.set({ name, settings: { totalTimeout: 500 } });
    const input = { name, operation: 'cdrs.post', body: '{"id":1}', headers: [[header, value]] as [string, string][] };
    const outcome = await us.client.sending.send(input).then(
      async ({ exchangeId }) => (await us.client.exchanges.get({ id: exchangeId })).request.headers,
      error => String(error),
    );
    expect(outcome).toEqual(expect.arrayContaining([[header, value]]));
  });

  it('another URL is taken as it is; with our token it stays with the partner', async () => {
    const { us, name, partner, at } = partnerOf('2.2.1');
    const url = `${partner.origin}${at('tokens', 'sender')}/?limit=-1`;
    const { exchangeId } = await us.client.sending.send({ name, operation: 'tokens.list', url });
    expect(partner.requests.at(-1)?.url).toBe(`${at('tokens', 'sender')}/?limit=-1`);
    expect((await us.client.exchanges.get({ id: exchangeId })).operation).toBe('tokens.list');
    const astray = us.client.sending.send({
      name,
      operation: 'tokens.list',
      url: 'http://127.0.0.1:9/x',
      confirmed: true,
    });
    expect(await failureOf(astray)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('no host of'),
    });
  });

  it.each([
    [{ operation: 'nonsense' }, 'INVALID_INPUT', 'no operation'],
    [{ operation: 'locations.get' }, 'INVALID_INPUT', 'no value for location_id'],
    [{ operation: 'commands.result' }, 'INVALID_INPUT', 'comes from a message'],
    [{ operation: 'locations.list', url: 'ftp://x/' }, 'INVALID_INPUT', 'not an http'],
    [{ operation: 'locations.list', headers: [['A B', 'x']] }, 'INVALID_INPUT', 'no header name'],
    [{ operation: 'locations.list', toParty: 'X' }, 'INVALID_INPUT', 'no party'],
    [{ operation: 'credentials.delete' }, 'CONFIRMATION_NEEDED', 'changes the registration'],
  ] as const)('%j is refused: %s', async (input, code, words) => {
    const { us, name } = partnerOf('2.2.1');
    const { headers, ...rest } = { headers: [], ...input };
    const failure = await failureOf(
      us.client.sending.send({ name, ...rest, headers: headers.map(([a, b]) => [a, b]) }),
    );
    expect([failure.code, failure.message]).toEqual([code, expect.stringContaining(words)]);
  });

  it('a write on a production link leaves once it is confirmed, a GET at once; nothing on a suspended one', async () => {
    const { us, name, partner } = await meet('2.2.1', 'production');
    const { client } = us;
    const write = {
      name,
      operation: 'tariffs.delete',
      params: { country_code: 'NL', party_id: 'WBX', tariff_id: 'T' },
    };
    const count = partner.requests.length;
    expect(await failureOf(client.sending.send(write))).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    expect((await client.sending.preview(write)).method).toBe('DELETE');
    await client.sending.send({ name, operation: 'tariffs.list' });
    await client.sending.send({ ...write, confirmed: true });
    expect(partner.requests.slice(count).map(({ method }) => method)).toEqual(['GET', 'DELETE']);
    await client.links.set({ name, readOnly: true, confirmed: true });
    expect(await failureOf(client.sending.send({ ...write, confirmed: true }))).toMatchObject({
      code: 'READ_ONLY_LINK',
    });
    await client.links.set({ name, readOnly: false, suspended: true, confirmed: true });
    expect(await failureOf(client.sending.preview(write))).toMatchObject({ code: 'WRONG_STATE' });
    expect(await failureOf(client.sending.operations({ name: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a partner that is gone leaves an exchange that says so', async () => {
    const { us, name, partner } = await meet('2.3.0');
    await partner.stop();
    const { exchangeId } = await us.client.sending.send({ name, operation: 'locations.list' });
    expect(await us.client.exchanges.get({ id: exchangeId })).toMatchObject({ ended: 'refused', httpStatus: null });
  });
});

describe('a request that is given up', () => {
  it('ends at once, and its exchange says so', async () => {
    const { us, name, at, answer, partner } = await meet('2.2.1');
    answer('GET', at('tariffs', 'sender'), { do: 'hang' });
    const leaving = new AbortController();
    const input = { name, operation: 'tariffs.list' };
    const sending = us.client.sending.send(input, { signal: leaving.signal });
    await partner.arrival('module');
    leaving.abort();
    const { exchangeId } = await sending;
    expect(await us.client.exchanges.get({ id: exchangeId })).toMatchObject({
      operation: 'tariffs.list',
      ended: 'cancelled',
      httpStatus: null,
    });
    // The next one is not held up by it.
    answer('GET', at('tariffs', 'sender'), says(200, 1000, []));
    const next = await us.client.sending.send(input);
    expect((await us.client.exchanges.get({ id: next.exchangeId })).ended).toBe('complete');
  });
});
