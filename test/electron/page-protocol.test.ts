import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPage, PAGE_PRIVILEGES } from '../../electron/page-protocol.ts';

let top: string;
let folder: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'ocpi-workbench-page-'));
  folder = join(top, 'dist');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(top, 'secret.json'), '{"secret":true}');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta name="csp-nonce" content=""><title>page</title>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export const one = 1;');
  writeFileSync(join(folder, '.hidden.json'), '{}');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const ask = (address: string, init?: RequestInit) => answerPage(folder)(new Request(address, init));

describe('the page at its own address', () => {
  it('is index.html, with the nonce of this answer in page and policy alike, and another one each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await ask('app://workbench/');
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
        const [, nonce] = /<meta name="csp-nonce" content="([^"]+)">/.exec(await response.text()) ?? [];
        expect(nonce?.length).toBeGreaterThanOrEqual(22);
        expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('allows no script but its own, no inline style, no frame, no form and nothing remote', async () => {
    const policy = (await ask('app://workbench/')).headers.get('content-security-policy') ?? '';
    const rules = new Map(policy.split('; ').map(rule => [rule.split(' ')[0], rule.slice(rule.indexOf(' ') + 1)]));
    expect(rules.get('default-src')).toBe("'none'");
    expect(rules.get('script-src')).toBe("'self'");
    expect(rules.get('style-src-attr')).toBe("'none'");
    expect(rules.get('connect-src')).toBe("'self'");
    expect(rules.get('frame-ancestors')).toBe("'none'");
    expect(rules.get('form-action')).toBe("'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('serves its files by the type their names say', async () => {
    const response = await ask('app://workbench/assets/main-1a2b.js');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('export const one = 1;');
  });

  it.each([
    'app://workbench/../secret.json',
    'app://workbench/assets/../../secret.json',
    'app://workbench/%2e%2e/secret.json',
    'app://workbench/..%2fsecret.json',
    'app://workbench/assets/..%5c..%5csecret.json',
    'app://workbench//etc/passwd',
    'app://workbench/.hidden.json',
    'app://workbench/assets/main-1a2b.js%00.json',
    'app://workbench/assets',
  ])('no path leads out of its folder: %s', async address => {
    const response = await ask(address);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret"');
  });

  it('answers nobody else of the scheme, and only reading', async () => {
    expect((await ask('app://other/')).status).toBe(403);
    expect((await ask('app://workbench/', { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await ask('app://workbench/', { method: 'HEAD' });
    expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' });
  });

  it('says what is to be done where it was not built', async () => {
    const response = await answerPage(join(top, 'nowhere'))(new Request('app://workbench/'));
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });

  it('has an origin of its own, without a bypass of its policy', () => {
    expect(PAGE_PRIVILEGES.privileges).toMatchObject({ standard: true, secure: true });
    expect(PAGE_PRIVILEGES.privileges).not.toHaveProperty('bypassCSP');
  });
});
