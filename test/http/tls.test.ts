import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { createWire } from '../../core/http/send.ts';
import { DEFAULT_WIRE_SETTINGS, type WireSettings } from '../../core/http/wire.ts';
import { type CertificateName, testAuthority, testCertificate } from '../support/certificates.ts';
import { type ConnectProxyOptions, startConnectProxy } from '../support/connect-proxy.ts';
import { type RawAction, startRawServer } from '../support/raw-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const OK: RawAction[] = [{ send: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}' }];

async function server(tls?: TlsOptions | CertificateName, script: RawAction[] = OK) {
  const options = typeof tls === 'string' ? testCertificate(tls) : tls;
  const started = await startRawServer({ scripts: [script], ...(options ? { tls: options } : {}) });
  cleanups.push(started.stop);
  return started;
}

async function send(url: string, settings: Partial<WireSettings> = {}) {
  const wire = createWire({ ...DEFAULT_WIRE_SETTINGS, ...settings }, { clock: systemClock });
  cleanups.push(wire.close);
  return wire.send({ method: 'GET', url, headers: [['Authorization', 'Token abc']] });
}

describe('TLS', () => {
  test("a partner whose authority is the link's own is trusted, by address and by name", async () => {
    const { url, port } = await server('server');
    const byAddress = await send(url, { ca: testAuthority });
    expect(byAddress.ended).toEqual({ how: 'complete' });
    expect(byAddress.timings.tls).toBeGreaterThan(0);
    expect(byAddress.connection?.tls?.protocol).toBe('TLSv1.3');
    const byName = await send(`https://localhost:${port}/`, { ca: testAuthority });
    expect(byName.ended).toEqual({ how: 'complete' });
    expect(byName.timings.dns).toBeGreaterThanOrEqual(0);
    expect(byName.timings.dns).not.toBeNull();
  });

  test.each<[CertificateName, string | undefined, string, RegExp]>([
    ['expired', testAuthority, 'CERT_HAS_EXPIRED', /expired/],
    ['wrong-host', testAuthority, 'ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['self-signed', undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT', /self-signed/],
    ['server', undefined, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /authority that is not trusted/],
  ])('a certificate that is %s is explained', async (name, ca, code, words) => {
    const { url, received } = await server(name);
    const { ended, response } = await send(url, ca === undefined ? {} : { ca });
    expect(ended).toMatchObject({ how: 'tls', code, explained: expect.stringMatching(words) });
    expect(ended.how === 'tls' && ended.advice.length).toBeGreaterThan(20);
    expect(response).toBeUndefined();
    // The token never leaves towards somebody who is not trusted.
    expect(received.join('')).not.toContain('abc');
  });

  test('no TLS version in common is explained', async () => {
    const { url } = await server({
      ...testCertificate('server'),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const { ended } = await send(url, { ca: testAuthority });
    expect(ended).toMatchObject({ how: 'tls', explained: expect.stringContaining('no TLS version in common') });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a demanded client certificate is named, and sent when the link has one: %s',
    async maxVersion => {
      const { url } = await server({
        ...testCertificate('server'),
        maxVersion,
        requestCert: true,
        rejectUnauthorized: true,
        ca: testAuthority,
      });
      const without = await send(url, { ca: testAuthority });
      expect(without.ended).toMatchObject({ how: 'tls', advice: expect.stringContaining('client certificate') });
      const { cert, key } = testCertificate('client');
      const withOne = await send(url, { ca: testAuthority, clientCertificate: cert, clientKey: key });
      expect(withOne.ended).toEqual({ how: 'complete' });
    },
  );

  test('TLS spoken to a plain port, and plain HTTP to a TLS port, are told', async () => {
    const plain = await server(undefined, [{ send: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, { do: 'end' }]);
    const answering = await startRawServer({
      scripts: [[{ send: 'HTTP/1.1 400 Bad Request\r\n\r\n' }]],
      on: 'connection',
    });
    cleanups.push(answering.stop);
    const overTls = await send(`https://127.0.0.1:${answering.port}/`);
    expect(overTls.ended).toMatchObject({ how: 'tls', explained: expect.stringContaining('plain HTTP') });
    expect(plain.requests).toHaveLength(0);
    // What OpenSSL and most TLS servers say to plain HTTP before they hang up: a fatal alert.
    const alert = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
    const secure = await server(undefined, [{ send: alert }, { do: 'end' }]);
    const overPlain = await send(`http://127.0.0.1:${secure.port}/`);
    expect(overPlain.ended).toMatchObject({ how: 'tls', code: 'HTTP_TO_TLS_PORT' });
  });

  test('a partner that hangs up in the handshake is told', async () => {
    const closing = await startRawServer({ scripts: [[{ wait: 20 }, { do: 'end' }]], on: 'connection' });
    cleanups.push(closing.stop);
    const { ended } = await send(`https://127.0.0.1:${closing.port}/`);
    expect(ended).toMatchObject({ how: 'tls', code: 'CLOSED_IN_HANDSHAKE' });
  });

  test('certificates of the link that cannot be used are told, not thrown', async () => {
    const { url } = await server('server');
    const { cert } = testCertificate('client');
    const otherKey = testCertificate('server').key;
    for (const settings of [
      { clientCertificate: cert, clientKey: otherKey },
      { clientCertificate: 'rubbish', clientKey: 'x' },
    ]) {
      const { ended } = await send(url, { ca: testAuthority, ...settings });
      expect(ended).toMatchObject({ how: 'tls', code: 'BAD_TLS_SETTINGS' });
    }
  });
});

describe('a proxy', () => {
  async function proxy(options: ConnectProxyOptions = {}) {
    const started = await startConnectProxy(options);
    cleanups.push(started.stop);
    return started;
  }

  test('https goes through a tunnel, with the login nowhere in what is recorded', async () => {
    const { url, port, requests } = await server('server');
    const through = await proxy({ login: 'me:s3cret word' });
    const settings = { ca: testAuthority, proxy: `http://me:s3cret%20word@127.0.0.1:${through.port}` };
    const sent = await send(`${url}/ocpi`, settings);
    expect(sent.ended).toEqual({ how: 'complete' });
    expect(through.asked).toEqual([`CONNECT 127.0.0.1:${port}`]);
    expect(through.headers[0]).toContain('Proxy-Authorization');
    expect(requests[0]).toContain('GET /ocpi HTTP/1.1');
    expect(requests[0]).not.toMatch(/proxy/i);
    expect(JSON.stringify(sent.request)).not.toMatch(/proxy/i);
  });

  test('plain http is relayed, with the login nowhere in what is recorded', async () => {
    const { url, requests } = await server();
    const through = await proxy({ login: 'me:100%s3cret' });
    const sent = await send(`${url}/ocpi?a=b`, { proxy: `http://me:100%s3cret@127.0.0.1:${through.port}` });
    expect(sent.ended).toEqual({ how: 'complete' });
    expect(through.asked).toEqual([`GET ${url}/ocpi?a=b`]);
    expect(requests[0]).toContain('GET /ocpi?a=b HTTP/1.1');
    expect(JSON.stringify(sent.request)).not.toMatch(/proxy/i);
  });

  test.each(['http', 'https'])('a login that is wrong is told: %s', async scheme => {
    const { port } = await server(scheme === 'https' ? 'server' : undefined);
    const through = await proxy({ login: 'me:s3cret' });
    const { ended } = await send(`${scheme}://127.0.0.1:${port}/`, {
      proxy: `http://me:wrong@127.0.0.1:${through.port}`,
    });
    expect(ended).toMatchObject({ how: 'proxy', detail: expect.stringContaining('407') });
    expect(JSON.stringify(ended)).not.toContain('wrong');
  });

  test('a proxy that refuses, is not there, or is none', async () => {
    const { url } = await server('server');
    const refusing = await proxy({ refuseWith: 403 });
    expect((await send(url, { proxy: `http://127.0.0.1:${refusing.port}` })).ended).toMatchObject({
      how: 'proxy',
      detail: expect.stringContaining('403 Forbidden'),
    });
    await refusing.stop();
    cleanups.splice(cleanups.length - 2, 1);
    const gone = (await send(url, { proxy: `http://127.0.0.1:${refusing.port}` })).ended;
    expect(gone).toMatchObject({ how: 'proxy', detail: expect.stringContaining('cannot be reached') });
    expect((await send(url, { proxy: 'socks5://127.0.0.1:1' })).ended).toMatchObject({ how: 'proxy' });
    const noProxy = await startRawServer({ scripts: [[{ send: 'SSH-2.0\r\n' }]] });
    cleanups.push(noProxy.stop);
    expect((await send(url, { proxy: `http://127.0.0.1:${noProxy.port}` })).ended).toMatchObject({ how: 'proxy' });
  });
});
