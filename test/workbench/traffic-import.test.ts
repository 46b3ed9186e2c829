import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureOf, openPlatform } from '../support/platform.ts';

const TOKEN = 'a-token-nobody-must-read-7f3a';
const LIST = 'https://cpo.example/ocpi/2.2.1/locations';

function har(count: number, body = ''): string {
  const entries = Array.from({ length: count }, (_, at) => ({
    startedDateTime: new Date(Date.UTC(2020, 0, 1) + at * 1000).toISOString(),
    time: 5,
    request: {
      method: 'GET',
      url: `${LIST}?offset=${at}`,
      headers: [{ name: 'Authorization', value: `Token ${Buffer.from(TOKEN).toString('base64')}` }],
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [],
      content: { text: JSON.stringify({ status_code: 1000, timestamp: '2020-01-01T00:00:00Z', data: [], note: body }) },
    },
  }));
  return JSON.stringify({ log: { version: '1.2', entries } });
}

describe('imported traffic', () => {
  it('stands in the list as the exchanges it was, newest id first, found by operation, words and time', async () => {
    const { client } = await openPlatform({ serve: false });
    const told = await client.exchanges.import({ name: '/tmp/acme traffic (1).har', text: har(40, 'Kungsgatan') });
    expect(told).toEqual({ format: 'har', link: 'acme traffic 1', exchanges: 40, recognised: 40, skipped: [] });
    const listed = await client.exchanges.list({ link: 'acme traffic 1', limit: 100 });
    expect(listed).toHaveLength(40);
    expect(listed.at(-1)).toMatchObject({
      at: '2020-01-01T00:00:00.000Z',
      direction: 'out',
      operation: 'locations.list',
      url: `${LIST}?offset=0`,
      httpStatus: 200,
      ocpiStatus: 1000,
      ended: 'complete',
      durationMs: 5,
    });
    expect(listed.at(-1)?.findings.map(({ code }) => code)).toContain('message-id.missing');
    const since = Date.UTC(2020, 0, 1) + 35_000;
    expect(await client.exchanges.list({ link: 'acme traffic 1', since, limit: 100 })).toHaveLength(5);
  });

  it('stands under a link by which nothing can be called', async () => {
    const { client } = await openPlatform({ serve: false });
    const { link } = await client.exchanges.import({ name: 'acme.har', text: har(1) });
    expect(await client.links.get({ name: link })).toMatchObject({
      state: 'new',
      readOnly: true,
      tokens: [],
      endpoints: [],
    });
    expect((await client.links.get({ name: link })).versionsUrl).toBeUndefined();
    const [only] = await client.exchanges.list({ link, limit: 1 });
    expect(await failureOf(client.exchanges.resend({ id: only?.id ?? 0, confirmed: true }))).toMatchObject({
      code: 'WRONG_STATE',
      message: 'acme has no address to call',
    });
    expect(await failureOf(client.runs.register({ name: link }))).toMatchObject({ code: expect.any(String) });
    expect((await client.exchanges.import({ name: 'acme.har', text: har(1) })).link).toBe('acme 2');
    expect((await client.exchanges.import({ name: '???.har', text: har(1) })).link).toBe('import');
  });

  it('has its tokens sealed before anything is stored, known ones and unknown ones, in heads and bodies', async () => {
    const platform = await openPlatform({ serve: false });
    const { client, file } = platform;
    const known = 'the-known-token-of-acme-55';
    await client.links.add({ name: 'acme', versionsUrl: 'https://cpo.example/ocpi/versions', token: known });
    const [entry] = (await client.links.get({ name: 'acme' })).tokens;
    const lines = [
      { method: 'GET', url: LIST, requestHeaders: { Authorization: `Token ${known}` } },
      {
        method: 'POST',
        url: 'https://cpo.example/ocpi/2.2.1/credentials',
        requestHeaders: { Authorization: `Token ${TOKEN}` },
        requestBody: { token: `${TOKEN}-b`, url: 'https://us.example' },
        status: 200,
        responseBody: { status_code: 1000, timestamp: '2020-01-01T00:00:00Z', data: { token: `${TOKEN}-c` } },
      },
    ];
    const text = lines.map(line => JSON.stringify(line)).join('\n');
    const { link } = await client.exchanges.import({ name: 'lines.jsonl', text });
    const [post, get] = await client.exchanges.list({ link, limit: 2 });
    const got = await client.exchanges.get({ id: get?.id ?? 0 });
    expect(got.request.headers).toEqual([['Authorization', `Token {token:${entry?.id}:raw:${known.length}}`]]);
    const posted = await client.exchanges.get({ id: post?.id ?? 0 });
    expect(posted.request.headers[0]?.[1]).toMatch(/^Token \{token:[0-9a-f]{12}:raw:\d+\}$/);
    expect(posted.request.body.text).toMatch(/"token":"\{token:[0-9a-f]{12}:raw:\d+\}"/);
    expect(posted.response?.body.text).toMatch(/"token":"\{token:[0-9a-f]{12}:raw:\d+\}"/);
    await platform.close();
    for (const path of [file, `${file}.search`]) {
      const bytes = readFileSync(path);
      for (const token of [TOKEN, known, Buffer.from(TOKEN).toString('base64').slice(0, 30)]) {
        expect(bytes.includes(token)).toBe(false);
      }
    }
  });

  it('of curl commands has no answer, and does not count as failed', async () => {
    const { client } = await openPlatform({ serve: false });
    const { link, recognised } = await client.exchanges.import({
      name: 'doc.txt',
      text: `curl ${LIST}\ncurl https://x.example`,
    });
    expect(recognised).toBe(1);
    const listed = await client.exchanges.list({ link, limit: 10 });
    expect(listed.map(({ ended, httpStatus }) => [ended, httpStatus])).toEqual([
      ['unknown', null],
      ['unknown', null],
    ]);
    expect(await client.exchanges.list({ link, errors: true, limit: 10 })).toEqual([]);
  });

  it('keeps the beginning of a very long answer, with its true length', async () => {
    const { client } = await openPlatform({ serve: false });
    const long = JSON.stringify({ method: 'GET', url: LIST, status: 200, responseBody: 'x'.repeat(3_000_000) });
    const tooLong = JSON.stringify({ method: 'PUT', url: LIST, requestBody: 'x'.repeat(3_000_000) });
    const told = await client.exchanges.import({ name: 'long', text: `${long}\n${tooLong}` });
    expect(told).toMatchObject({
      exchanges: 1,
      skipped: [{ where: 'line 2', reason: 'its request body is larger than 1048576 bytes' }],
    });
    const [one] = await client.exchanges.list({ link: told.link, limit: 1 });
    const view = await client.exchanges.get({ id: one?.id ?? 0 });
    expect(view.response?.body).toMatchObject({ length: 3_000_000, shortened: true });
  });

  it('may come in pieces, in one database with partners that are answered meanwhile', async () => {
    const platform = await openPlatform();
    const { client } = platform;
    const text = har(3000, 'y'.repeat(2000));
    let upload: string | undefined;
    for (let at = 0; at < text.length; at += 1_000_000) {
      const piece = text.slice(at, at + 1_000_000);
      ({ upload } = await client.exchanges.upload({ piece, ...(upload === undefined ? {} : { upload }) }));
    }
    const importing = client.exchanges.import({ name: 'long.har', ...(upload === undefined ? {} : { upload }) });
    let answered = 0;
    let under = true;
    void importing.finally(() => {
      under = false;
    });
    while (under) {
      const answer = await fetch(platform.versionsUrl);
      await answer.text();
      if (answer.status === 401) answered++;
    }
    expect(await importing).toMatchObject({ exchanges: 3000, recognised: 3000 });
    expect(answered).toBeGreaterThan(3);
    expect(await failureOf(client.exchanges.import({ name: 'x', upload: 'gone' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('that cannot be read is refused with what is wrong and where, and leaves no link behind', async () => {
    const { client } = await openPlatform({ serve: false });
    const refused = (text: string) => failureOf(client.exchanges.import({ name: 'bad.har', text }));
    expect(await refused('{"log": {"entries": [')).toEqual({
      code: 'INVALID_INPUT',
      message:
        'bad.har cannot be imported: its JSON ends too early at line 1, column 22: the end of the text where a value or ] is due',
      advice: 'It was cut: save or copy it again.',
    });
    expect(await refused('{"log": {"entries": []}}')).toMatchObject({ message: 'bad.har holds no exchange' });
    expect(await refused('[{"a":1},{"b":2}]')).toMatchObject({
      message: 'nothing in bad.har can be read: [0]: it names no method or no url, and 1 more',
    });
    expect(await client.links.list()).toEqual([]);
  });
});
