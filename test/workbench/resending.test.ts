import { readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../core/clock.ts';
import type { ExchangeView } from '../../core/contract/exchange.ts';
import { openHistory } from '../../core/history/history.ts';
import { headerValue } from '../../core/ocpi/raw-headers.ts';
import {
  failureOf,
  must,
  newDatabase,
  openPartner,
  openPlatform,
  registerWith,
  type TestPlatform,
} from '../support/platform.ts';
import { type RawServer, startRawServer } from '../support/raw-server.ts';

const TOKEN = 'the-token-of-this-link';
const BODY = '{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":[]}';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

const servers: RawServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

function certificateFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
}

async function openServer(): Promise<RawServer> {
  const server = await startRawServer({ scripts: [[{ send: ANSWER }]] });
  servers.push(server);
  return server;
}

/** A link to a server of literal bytes, and the exchange of a first call on it. */
async function calledOnce(platform: TestPlatform, name = 'acme', token = TOKEN) {
  const server = await openServer();
  const { client } = platform;
  const { runId } = await client.links.adopt({ name, versionsUrl: `${server.url}/ocpi/versions`, token });
  for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
  const first = (await client.exchanges.list({ link: name, limit: 10 })).at(-1);
  return { server, first: await client.exchanges.get({ id: first?.id ?? 0 }) };
}

function editable({ method, url, request }: ExchangeView) {
  return { method, url, headers: request.headers, body: request.body.text };
}

describe('a call of ours that is sent again', () => {
  it('is a new exchange with the same lines in order, the token in its form, and a fresh request id', async () => {
    const platform = await openPlatform({ serve: false });
    const { server, first } = await calledOnce(platform);
    const { id } = await platform.client.exchanges.resend({ id: first.id });
    expect(id).toBeGreaterThan(first.id);
    const again = await platform.client.exchanges.get({ id });
    const idOf = (view: ExchangeView) => headerValue(view.request.headers, 'X-Request-ID');
    expect(idOf(again)).not.toBe(idOf(first));
    expect(again.correlationId).toBe(first.correlationId);
    expect(again).toMatchObject({
      operation: 'versions.list',
      link: 'acme',
      httpStatus: 200,
      ocpiStatus: 1000,
      ended: 'complete',
    });
    const without = (lines: readonly (readonly [string, string])[]) =>
      lines.filter(([name]) => name !== 'X-Request-ID');
    expect(without(again.request.headers)).toEqual(without(first.request.headers));
    const [before, after] = [server.requests[0], server.requests.at(-1)].map(raw =>
      raw?.replace(/X-Request-ID: .*/, ''),
    );
    expect(after).toBe(before);
    expect((await platform.client.exchanges.related({ id })).resent.map(one => one.id)).toEqual([first.id]);
  });

  it('may be edited before: what is typed is what leaves, its lengths counted anew, its operation told by the URL', async () => {
    const platform = await openPlatform({ serve: false });
    const { server, first } = await calledOnce(platform);
    await platform.client.links.set({ name: 'acme', readOnly: false });
    const authorization = headerValue(first.request.headers, 'authorization') ?? '';
    const { id } = await platform.client.exchanges.resend({
      id: first.id,
      edited: {
        method: 'PUT',
        url: `${server.url}/ocpi/2.2.1/receiver/locations/NL/TNM/LOC%201?x=1`,
        headers: [
          ['x-First', '1'],
          ['Host', 'somewhere.example'],
          ['AUTHORIZATION', authorization],
          ['X-Request-ID', 'mine'],
          ['Content-Length', '99'],
          ['Date', 'Mon, 01 Jan 2024 00:00:00 GMT'],
          ['Content-Type', 'application/json'],
        ],
        body: '{"id":"ä"}',
      },
    });
    const [head = '', body] = (server.requests.at(-1) ?? '').split('\r\n\r\n');
    const lines = head.split('\r\n');
    expect(lines[0]).toBe('PUT /ocpi/2.2.1/receiver/locations/NL/TNM/LOC%201?x=1 HTTP/1.1');
    expect(lines.slice(1).map(line => line.replace(/^Date: .*/, 'Date'))).toEqual([
      'x-First: 1',
      `Host: 127.0.0.1:${server.port}`,
      `AUTHORIZATION: Token ${Buffer.from(TOKEN).toString('base64')}`,
      'X-Request-ID: mine',
      'Content-Length: 11',
      'Date',
      'Content-Type: application/json',
      'Connection: keep-alive',
    ]);
    expect(head).not.toContain('2024');
    expect(body).toBe('{"id":"\xc3\xa4"}');
    const view = await platform.client.exchanges.get({ id });
    expect(view).toMatchObject({ operation: 'locations.put', version: '2.2.1', requestId: 'mine' });
    expect(JSON.stringify(view)).not.toContain(TOKEN);
  });

  it('never takes a token to a host that is not the link’s, and asks before it goes to another host without one', async () => {
    const platform = await openPlatform({ serve: false });
    const { client } = platform;
    const { first } = await calledOnce(platform);
    const other = await openServer();
    const elsewhere = { ...editable(first), url: `${other.url}/ocpi/versions` };
    const astray = await failureOf(client.exchanges.resend({ id: first.id, edited: elsewhere, confirmed: true }));
    expect(astray).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('its token is not sent there'),
    });
    const typed = {
      ...elsewhere,
      headers: [['X-Note', `it is ${Buffer.from(TOKEN).toString('base64')}`] as [string, string]],
    };
    expect(await failureOf(client.exchanges.resend({ id: first.id, edited: typed, confirmed: true }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const inBody = { ...elsewhere, headers: [], body: `it is ${TOKEN}` };
    expect(await failureOf(client.exchanges.resend({ id: first.id, edited: inBody, confirmed: true }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const bare = { ...elsewhere, headers: [] };
    expect(await failureOf(client.exchanges.resend({ id: first.id, edited: bare }))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
    });
    expect(other.requests).toEqual([]);
    await client.exchanges.resend({ id: first.id, edited: bare, confirmed: true });
    expect(other.requests).toHaveLength(1);
  });

  it('needs its token: one of another link, one that is gone and one that cannot be read are told apart', async () => {
    const file = newDatabase();
    const platform = await openPlatform({ serve: false, file });
    const { client } = platform;
    const { first } = await calledOnce(platform);
    const { first: others } = await calledOnce(platform, 'other', 'the-token-of-another-link');
    const foreign = headerValue(others.request.headers, 'authorization') ?? '';
    const withLine = (value: string) => ({
      ...editable(first),
      headers: [['Authorization', value] as [string, string]],
    });
    expect(await failureOf(client.exchanges.resend({ id: first.id, edited: withLine(foreign) }))).toMatchObject({
      code: 'TOKEN_MISSING',
      message: expect.stringContaining('is of another link than acme'),
    });
    const gone = withLine('Token {token:00000000ffff:raw:12}');
    expect(await failureOf(client.exchanges.resend({ id: first.id, edited: gone }))).toMatchObject({
      code: 'TOKEN_MISSING',
      message: expect.stringContaining('is not kept'),
    });
    await platform.close();
    rmSync(`${file}.key`);
    const reopened = await openPlatform({ serve: false, file });
    expect(await failureOf(reopened.client.exchanges.resend({ id: first.id }))).toMatchObject({
      code: 'TOKEN_UNREADABLE',
      advice: expect.stringContaining('wb link set acme --token'),
    });
  });

  it('keeps to what the link allows: read-only, production, suspended', async () => {
    const platform = await openPlatform({ serve: false });
    const { client } = platform;
    const { server, first } = await calledOnce(platform);
    const id = first.id;
    const write = { ...editable(first), method: 'DELETE' };
    expect(await failureOf(client.exchanges.resend({ id, edited: write, confirmed: true }))).toMatchObject({
      code: 'READ_ONLY_LINK',
    });
    await client.links.set({ name: 'acme', readOnly: false, environment: 'production' });
    expect(await failureOf(client.exchanges.resend({ id, edited: write }))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
    });
    await client.exchanges.resend({ id });
    const before = server.requests.length;
    await client.exchanges.resend({ id, edited: write, confirmed: true });
    expect(server.requests.slice(before).map(raw => raw.split(' ')[0])).toEqual(['DELETE']);
    await client.links.set({ name: 'acme', suspended: true, confirmed: true });
    expect(await failureOf(client.exchanges.resend({ id, confirmed: true }))).toMatchObject({
      code: 'WRONG_STATE',
      message: 'acme is suspended',
    });
    await client.links.remove({ name: 'acme', confirmed: true });
    expect(await failureOf(client.exchanges.resend({ id }))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'the link acme was removed',
    });
    expect(await failureOf(client.exchanges.resend({ id: 4711 }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says what of an edited request no HTTP client can send', async () => {
    const platform = await openPlatform({ serve: false });
    const { first } = await calledOnce(platform);
    const broken = { ...editable(first), headers: [['X-A', 'one\ntwo'] as [string, string]] };
    expect(await failureOf(platform.client.exchanges.resend({ id: first.id, edited: broken }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('X-A'),
    });
  });

  it('is refused where only a beginning of its body is kept', async () => {
    const file = newDatabase();
    const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
    if (!opened.ok) throw new Error(opened.message);
    opened.history.settings.set('history.largest-body', 100);
    expect(opened.history.settings.get('history.largest-body', z.int())).toBe(100);
    await opened.history.close();
    const platform = await openPlatform({ serve: false, file });
    const { client } = platform;
    const { first } = await calledOnce(platform);
    await client.links.set({ name: 'acme', readOnly: false });
    const long = { ...editable(first), method: 'POST', body: 'x'.repeat(300) };
    const { id } = await client.exchanges.resend({ id: first.id, edited: long });
    expect(await failureOf(client.exchanges.resend({ id }))).toMatchObject({
      code: 'WRONG_STATE',
      message: "only 100 of 300 bytes of the request's body are kept",
    });
    expect(await failureOf(client.exchanges.curl({ id }))).toMatchObject({ code: 'WRONG_STATE' });
  });
});

describe('a call of the partner that is sent again', () => {
  it('is made at our own server as the partner made it, with its token', async () => {
    const platform = await openPlatform();
    const { client } = platform;
    const partner = await openPartner();
    await registerWith(platform, partner);
    const listed = await client.exchanges.list({ link: 'partner', limit: 100 });
    const incoming = listed.find(({ direction, operation }) => direction === 'in' && operation === 'versions.details');
    const before = listed.length;
    const { id } = await client.exchanges.resend({ id: incoming?.id ?? 0 });
    const again = await client.exchanges.get({ id });
    const original = await client.exchanges.get({ id: incoming?.id ?? 0 });
    expect(again).toMatchObject({
      direction: 'in',
      link: 'partner',
      operation: 'versions.details',
      url: incoming?.url,
      httpStatus: original.httpStatus,
      ended: 'answered',
    });
    expect(again.requestId).not.toBe(original.requestId);
    expect(headerValue(again.request.headers, 'authorization')).toBe(
      headerValue(original.request.headers, 'authorization'),
    );
    expect(await client.exchanges.list({ link: 'partner', limit: 100 })).toHaveLength(before + 1);
    expect((await client.exchanges.related({ id })).resent.map(one => one.id)).toEqual([original.id]);

    const moved = { ...editable(original), url: new URL('/ocpi/2.2.1/nothing', platform.versionsUrl).href };
    const { id: edited } = await client.exchanges.resend({ id: original.id, edited: moved });
    expect(await client.exchanges.get({ id: edited })).toMatchObject({ url: '/ocpi/2.2.1/nothing', httpStatus: 404 });
    const away = { ...moved, url: `${partner.versionsUrl}` };
    expect(await failureOf(client.exchanges.resend({ id: original.id, edited: away }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('is not at our own server'),
    });

    await platform.workbench.serving.stop();
    expect(await failureOf(client.exchanges.resend({ id: original.id }))).toMatchObject({ code: 'NOT_SERVING' });
  });

  it('is made over TLS where we serve with it', async () => {
    const platform = await openPlatform({ serve: false });
    const { client, workbench } = platform;
    const tls = { certificate: certificateFile('self-signed'), key: certificateFile('self-signed-key') };
    must(workbench.platform.configure({ tls }));
    const { port } = must(await workbench.serving.start());
    const { token } = await client.links.invite({ name: 'acme' });
    const ca = readFileSync(tls.certificate, 'utf8');
    await new Promise<void>((resolve, reject) => {
      const asked = request({ port, ca, path: '/ocpi/versions', headers: { Authorization: `Token ${token}` } });
      asked.on('response', answer => answer.resume().on('end', resolve));
      asked.on('error', reject).end();
    });
    const [first] = await client.exchanges.list({ link: 'acme', limit: 1 });
    const { id } = await client.exchanges.resend({ id: first?.id ?? 0 });
    const again = await client.exchanges.get({ id });
    expect(again).toMatchObject({ direction: 'in', operation: 'versions.list', httpStatus: 200, link: 'acme' });
    // An id was put there to know it by; 2.1.1 partners send none.
    expect(headerValue(again.request.headers, 'x-request-id')).toBe(again.requestId);
  });

  it('that changes credentials asks first, and so does such a call of ours', async () => {
    const platform = await openPlatform();
    const { client } = platform;
    await registerWith(platform, await openPartner());
    const post = (await client.exchanges.list({ link: 'partner', limit: 100 })).find(
      one => one.operation === 'credentials.post',
    );
    expect(await failureOf(client.exchanges.resend({ id: post?.id ?? 0 }))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      message: expect.stringContaining('changes the registration of partner'),
    });
    const { id } = await client.exchanges.resend({ id: post?.id ?? 0, confirmed: true });
    const sent = await client.exchanges.get({ id });
    expect(sent.request.body.text).toBe((await client.exchanges.get({ id: post?.id ?? 0 })).request.body.text);
  });

  it('whose sender nobody knows cannot be sent again', async () => {
    const platform = await openPlatform();
    await (await fetch(platform.versionsUrl, { headers: { authorization: 'Token nobody' } })).text();
    const [stranger] = await platform.client.exchanges.list({ limit: 1 });
    expect(await failureOf(platform.client.exchanges.resend({ id: stranger?.id ?? 0 }))).toEqual({
      code: 'WRONG_STATE',
      message: 'it cannot be sent again: nobody knows who sent it',
      advice: 'wb curl prints a command that sends it from a shell.',
    });
  });
});

describe('a request as a curl command', () => {
  it('has a variable for the token, or the token itself where that is asked for', async () => {
    const platform = await openPlatform({ serve: false });
    const { client } = platform;
    const { server, first } = await calledOnce(platform);
    const bare = await client.exchanges.curl({ id: first.id });
    expect(bare.command).toContain(`curl ${server.url}/ocpi/versions \\\n`);
    expect(bare.command).toContain('\'Authorization: Token \'"$OCPI_TOKEN"');
    expect(bare.variables).toMatchObject([{ name: 'OCPI_TOKEN', form: expect.stringMatching(/^raw|base64$/) }]);
    expect(JSON.stringify(bare)).not.toContain(TOKEN);
    const clear = await client.exchanges.curl({ id: first.id, withToken: true });
    expect(clear.variables).toEqual([]);
    expect(clear.command).toMatch(new RegExp(`Token (${TOKEN}|${Buffer.from(TOKEN).toString('base64')})`));
  });

  it('of a partner’s request leads to our own server', async () => {
    const platform = await openPlatform();
    await (await fetch(platform.versionsUrl, { headers: { authorization: 'Token nobody' } })).text();
    const [stranger] = await platform.client.exchanges.list({ limit: 1 });
    const { command } = await platform.client.exchanges.curl({ id: stranger?.id ?? 0 });
    expect(command).toContain(platform.versionsUrl);
    expect(await failureOf(platform.client.exchanges.curl({ id: stranger?.id ?? 0, withToken: true }))).toMatchObject({
      code: 'TOKEN_MISSING',
    });
  });
});
