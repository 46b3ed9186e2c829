import { describe, expect, it } from 'vitest';
import { writeForm } from '../../../core/http/token-forms.ts';
import { explain } from '../../../core/insight/explain/explain.ts';
import { writeReport } from '../../../core/workbench/explaining/report.ts';
import { envelope, found, observed, tokenHeader } from '../../insight/explain/made.ts';
import { openPlatform, type TestPlatform } from '../../support/platform.ts';

const PLACE = { curl: 'curl https://volta.example', organisation: 'Volta', environment: 'test' };
const SECRET = 'f3Kq9-the-secret/token+of*this_test=42';

/** Places and forms in which a token may stand in a call to us. */
const SHAPES: readonly (readonly [string, RequestInit & { readonly path?: string }])[] = [
  ...['raw', 'base64', 'base64+lf', 'base64url', 'base64-unpadded', 'double-base64', 'base64+crlf'].map(
    form => [`${form} behind Token`, { headers: { Authorization: `Token ${written(form)}` } }] as const,
  ),
  ['behind Bearer', { headers: { Authorization: `Bearer ${SECRET}` } }],
  ['without a keyword', { headers: { Authorization: SECRET } }],
  ['in a header of its own', { headers: { 'X-Api-Key': SECRET } }],
  ['in a cookie', { headers: { Cookie: `session=${SECRET}` } }],
  ['in the query', { path: `?token=${encodeURIComponent(SECRET)}` }],
  ['in the query as Base64', { path: `?token=${encodeURIComponent(written('base64'))}` }],
  ['in the path', { path: `/${encodeURIComponent(SECRET)}` }],
  ['in a JSON body', { method: 'POST', body: JSON.stringify({ token: SECRET }) }],
  ['deep in a JSON body', { method: 'POST', body: JSON.stringify({ a: [{ note: `it is ${SECRET}.` }] }) }],
  ['in a form', { method: 'POST', body: new URLSearchParams({ token: SECRET }).toString() }],
  ['in text', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: `token: ${SECRET}\n` }],
  ['in a body of Base64', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: written('base64') }],
  ['in a request id', { headers: { 'X-Request-ID': SECRET, 'X-Correlation-ID': SECRET } }],
  ['in routing headers', { headers: { 'OCPI-from-party-id': SECRET } }],
];

function written(form: string): string {
  return writeForm(SECRET, form) ?? form;
}

const FORMS = ['raw', 'base64', 'base64+lf', 'base64url', 'base64-unpadded', 'double-base64', 'base64+crlf'].map(
  written,
);

async function reported(platform: TestPlatform, { path = '', ...init }: (typeof SHAPES)[number][1]): Promise<string> {
  await fetch(`${platform.versionsUrl}${path}`, init);
  const [newest] = await platform.client.exchanges.list({ limit: 1 });
  return (await platform.client.errors.report({ id: newest?.id ?? 0 })).markdown;
}

describe('a report for the partner', () => {
  it('holds the sentence, the clause, both messages, times in UTC, ids, and how to do it again', () => {
    const exchange = observed({
      id: 42,
      status: 401,
      body: envelope(2000, 'Invalid token.'),
      ocpiStatus: 2000,
      requestHeaders: tokenHeader('base64+lf'),
      requestId: 'request-1',
      correlationId: 'correlation-1',
      fromParty: 'NL-WBX',
      findings: [found('authorization.line-feed', { pointer: 'header:Authorization', met: 'x', expected: 'y' })],
    });
    const markdown = writeReport({ observed: exchange, explained: explain(exchange), place: PLACE });
    expect(markdown).toMatch(/^# volta answered 401 to GET \.\.\.\/locations: it does not know the token;/);
    for (const part of [
      '- When: 2026-09-21T14:13:20.000Z (UTC), 12 ms',
      '- Partner: Volta (test)',
      '- X-Request-ID: `request-1`',
      '- X-Correlation-ID: `correlation-1`',
      '- From party: `NL-WBX`',
      '- Exchange: #42',
      '- Clause: a known ambiguity of the documents: the samples of the Authorization header hold a line feed',
      '- Known pattern: a line feed inside the Base64 token',
      'GET https://volta.example/ocpi/2.2.1/locations?limit=50\nAuthorization: Token {token:0a1b2c3d4e5f:base64+lf:48}',
      '```http\n401\n\n{"status_code":2000',
      '```sh\ncurl https://volta.example\n```',
    ]) {
      expect(markdown).toContain(part);
    }
  });

  it('is no markup of whoever wrote the messages', () => {
    const body = '{"detail":"```\\n# <b>mine</b> [click](http://evil.example) |"}';
    const exchange = observed({ status: 422, body });
    const markdown = writeReport({ observed: exchange, explained: explain(exchange), place: PLACE });
    expect(markdown.match(/^# /gm)).toHaveLength(1);
    expect(markdown).not.toMatch(/^[^`]*<b>mine/);
    expect(markdown).toContain('````http');
    expect(markdown.split('\n')[0]).toContain('\\[click\\]');
  });

  it('of a call without an answer says how it ended, of a long body the beginning', () => {
    const none = observed({ ended: { how: 'refused', detail: 'x' } });
    expect(writeReport({ observed: none, explained: explain(none), place: PLACE })).toContain(
      'There is none: the call ended as `refused`.',
    );
    const long = observed({ status: 500, body: 'x'.repeat(50_000) });
    const markdown = writeReport({ observed: long, explained: explain(long), place: PLACE });
    expect(markdown).toContain('... (50000 bytes in all)');
    expect(markdown.length).toBeLessThan(25_000);
  });

  it('holds no token, wherever and however one stood', async () => {
    const platform = await openPlatform();
    await platform.client.links.add({ name: 'Acme', versionsUrl: 'http://127.0.0.1:1/versions', token: SECRET });
    for (const [where, shape] of SHAPES) {
      const markdown = await reported(platform, shape);
      expect(markdown.length).toBeGreaterThan(300);
      const shown = [SECRET, encodeURIComponent(SECRET), ...FORMS].filter(secret => markdown.includes(secret));
      expect(shown, where).toEqual([]);
      expect(markdown, where).toContain('{token:');
    }
    expect(SHAPES.length).toBeGreaterThanOrEqual(20);
  });
});
