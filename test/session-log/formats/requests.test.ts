import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { curlScript } from '../../../core/session-log/formats/curl-script.ts';
import { postmanFormat } from '../../../core/session-log/formats/postman.ts';
import { readCurl } from '../../../core/traffic-import/curl.ts';
import { curlCommand } from '../../../core/traffic-import/curl-command.ts';
import { exchangeLine } from '../support/lines.ts';

const CONTEXT = {
  title: 'two\nlines; $(touch /tmp/never)',
  redacted: [],
  keptPersonal: null,
  release: '0.8.0',
  linkName: (id: number) => `link ${id}`,
};
const TOKEN = 'Token {token:abc:base64:48}';

function post(id: number, authorization: string, origin = 'https://acme.example'): ExchangeLine {
  return exchangeLine(id, {
    request: {
      method: 'POST',
      url: `${origin}/ocpi/2.2.1/cdrs?x={token:abc:raw:36}`,
      headers: [
        ['Authorization', authorization],
        ['Content-Type', 'application/json'],
      ],
      body: { text: '{"id":"it\'s"}' },
    },
  });
}

describe('a script of curl commands', () => {
  const format = curlScript(CONTEXT, curlCommand);
  const malformed = exchangeLine(3, { request: { method: '', url: '', headers: [] } });
  const lines = [post(1, TOKEN), post(2, 'Token {token:def:raw:36}'), post(4, TOKEN), malformed];
  const script = format.begin() + lines.map(line => format.exchange(line)).join('') + format.end();

  it('is one a shell understands, in which titles are remarks', () => {
    execFileSync('/bin/sh', ['-n'], { input: script });
    expect(script.split('\n').slice(0, 3)).toEqual(['#!/bin/sh', '# two', '# lines; $(touch /tmp/never)']);
  });

  it('asks for each token once, before the first command that needs it, under one name', () => {
    const asked = [...script.matchAll(/^: "\$\{(\w+):\?/gm)].map(([, name]) => name);
    expect(asked).toEqual(['OCPI_TOKEN', 'OCPI_TOKEN_2', 'OCPI_TOKEN_3']);
    expect(script.match(/OCPI_TOKEN_3\b/g)?.length).toBeGreaterThan(1);
    expect(() => execFileSync('/bin/sh', [], { input: script, stdio: 'pipe' })).toThrow(
      /OCPI_TOKEN.*set it to the token/s,
    );
  });

  it('is read back as the same requests', () => {
    const read = readCurl(script);
    if (!read.ok) throw new Error(read.message);
    const told = [...read.entries].map(entry => (entry.ok ? entry.exchange.request : entry.reason));
    expect(told).toHaveLength(3);
    for (const request of told) {
      expect(request).toMatchObject({ method: 'POST', url: expect.stringMatching(/^https:\/\/acme\.example\/ocpi/) });
      expect(typeof request === 'object' && Buffer.from(request.body ?? '').toString()).toBe('{"id":"it\'s"}');
    }
  });
});

describe('a Postman collection', () => {
  interface Item {
    readonly name: string;
    readonly item?: readonly Item[];
    readonly request?: {
      readonly method: string;
      readonly url: { readonly raw: string };
      readonly header: readonly object[];
    };
    readonly response?: readonly { readonly code: number; readonly body: string }[];
  }
  function collection(...lines: readonly ExchangeLine[]) {
    const format = postmanFormat({ ...CONTEXT, title: 'Acme' });
    const text = [format.begin(), ...lines.map(line => format.exchange(line)), format.end()].join('');
    return JSON.parse(text) as {
      info: { name: string; schema: string };
      item: Item[];
      variable: { key: string; value: string }[];
    };
  }

  it('is one of version 2.1, empty or not', () => {
    expect(collection()).toMatchObject({
      info: { name: 'Acme', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [],
      variable: [],
    });
  });

  it('takes any text for a URL, as a file of others may have it', () => {
    const url = (text: string) => exchangeLine(1, { request: { method: 'GET', url: text, headers: [] } });
    const odd = ['http://[::1', 'https://', 'http://a b/', '\ud800', 'http://\ud800/', 'javascript:alert(1)', ''];
    const whole = postmanFormat(CONTEXT);
    const text = whole.begin() + odd.map(one => whole.exchange(url(one))).join('') + whole.end();
    const requests = JSON.parse(text).item[0].item;
    expect(requests).toHaveLength(odd.length);
    const script = curlScript(CONTEXT, curlCommand);
    execFileSync('/bin/sh', ['-n'], { input: script.begin() + odd.map(one => script.exchange(url(one))).join('') });
  });

  it('has a folder a link, its requests with their answers', () => {
    const { item } = collection(post(1, TOKEN), exchangeLine(2), { ...exchangeLine(3), link: 2 });
    expect(item.map(({ name, item: requests = [] }) => [name, requests.length])).toEqual([
      ['link 1', 2],
      ['link 2', 1],
    ]);
    const [first] = item[0]?.item ?? [];
    expect(first).toMatchObject({
      request: { method: 'POST', url: { raw: '{{origin}}/ocpi/2.2.1/cdrs?x={{token}}' } },
      response: [{ code: 200 }],
    });
  });

  it('has variables for origins and tokens, and no token', () => {
    const { variable, item } = collection(post(1, TOKEN), post(2, 'Token {token:def:raw:36}', 'https://other.example'));
    expect(Object.fromEntries(variable.map(({ key, value }) => [key, value]))).toEqual({
      token: '',
      token_2: '',
      token_3: '',
      origin: 'https://acme.example',
      origin_2: 'https://other.example',
    });
    expect(JSON.stringify(item)).not.toContain('{token:');
  });
});
