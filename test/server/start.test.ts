import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { ServerOptions } from '../../core/server/options.ts';
import { startServer } from '../../core/server/server.ts';
import { memoryRecorder } from '../support/memory-recorder.ts';
import { ask, connectRaw, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house } from './house.ts';

const VERSIONS = request('GET /ocpi/versions', [AUTHORIZATION]);

function pem(name: string): Promise<string> {
  return readFile(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
}

function start(options: Partial<ServerOptions>) {
  return startServer({
    port: 0,
    versions: () => ['2.2.1'],
    authenticate: () => undefined,
    callersRevision: () => 0,
    responders: [],
    recorder: memoryRecorder(),
    clock: systemClock,
    newId: () => 'id',
    ...options,
  });
}

describe('starting', () => {
  it('a port that is taken is named, with advice', async () => {
    const { port } = await house();
    expect(await start({ port })).toMatchObject({
      ok: false,
      code: 'PORT_TAKEN',
      message: `Port ${port} of 127.0.0.1 is in use by another program.`,
    });
  });

  it.each([
    ['an address of another machine', { host: '192.0.2.1' }],
    ['a port that is none', { port: 70_000 }],
    ['a public URL that is relative', { publicUrl: '/ocpi' }],
    ['a public URL that is no http', { publicUrl: 'ftp://example.com' }],
    ['a public URL with a query', { publicUrl: 'https://example.com/?a=b' }],
    ['a public URL with a password', { publicUrl: 'https://me:secret@example.com' }],
  ])('%s is named as the reason', async (_, options) => {
    const started = await start(options);
    expect(started).toMatchObject({ ok: false, code: 'ADDRESS' });
    expect(JSON.stringify(started)).not.toContain('secret');
  });

  it('a certificate that is none is named as the reason', async () => {
    expect(await start({ tls: { cert: 'nonsense', key: 'nonsense' } })).toMatchObject({ ok: false, code: 'TLS' });
  });

  it('a key of another certificate is named as the reason', async () => {
    const tls = { cert: await pem('server'), key: await pem('client-key') };
    expect(await start({ tls })).toMatchObject({ ok: false, code: 'TLS' });
  });
});

describe('addresses', () => {
  const advertised = async (port: number, target: string) => {
    const answer = await ask({ port }, request(`GET ${target}`, [AUTHORIZATION]));
    return JSON.parse(answer.body).data;
  };

  it('without a public URL the local one is advertised', async () => {
    const { port, server } = await house();
    expect(server.versionsUrl).toBe(`http://127.0.0.1:${port}/ocpi/versions`);
    expect(server.localUrl).toBe(`http://127.0.0.1:${port}`);
    expect((await advertised(port, '/ocpi/versions'))[0].url).toBe(`http://127.0.0.1:${port}/ocpi/2.1.1`);
  });

  it.each(['https://ocpi.example.com/tools/bench', 'https://ocpi.example.com/tools/bench/'])(
    'the public URL %s is advertised and served with and without its prefix',
    async publicUrl => {
      const { port, server } = await house({ publicUrl });
      expect(server.versionsUrl).toBe('https://ocpi.example.com/tools/bench/ocpi/versions');
      for (const prefix of ['', '/tools/bench']) {
        const [first] = await advertised(port, `${prefix}/ocpi/versions`);
        expect(first.url).toBe('https://ocpi.example.com/tools/bench/ocpi/2.1.1');
        const { endpoints } = await advertised(port, `${prefix}/ocpi/2.1.1`);
        expect(endpoints[0].url).toBe('https://ocpi.example.com/tools/bench/ocpi/2.1.1/credentials');
      }
      expect((await ask({ port }, request('GET /tools/ocpi/versions', [AUTHORIZATION]))).status).toBe(404);
    },
  );

  it('a prefix that needs encoding is served', async () => {
    const { port } = await house({ publicUrl: 'https://example.com/büro eins' });
    expect((await ask({ port }, request('GET /b%C3%BCro%20eins/ocpi/versions', [AUTHORIZATION]))).status).toBe(200);
  });

  it('Host and X-Forwarded headers decide nothing', async () => {
    const { port } = await house();
    const forged = `GET /ocpi/versions HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil\r\nForwarded: host=evil.example\r\n${AUTHORIZATION}\r\n\r\n`;
    const answer = await ask({ port }, forged);
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain('evil');
  });

  it('IPv6 addresses are written in brackets', async () => {
    const started = await start({ host: '::1' });
    if (!started.ok) throw new Error(started.message);
    expect(started.server.versionsUrl).toMatch(/^http:\/\/\[::1\]:\d+\/ocpi\/versions$/);
    expect((await ask({ port: started.server.port, host: '::1' }, VERSIONS)).status).toBe(401);
    await started.server.close();
  });
});

describe('TLS', () => {
  it('answers over TLS, advertises https and records the protocol', async () => {
    const { port, server, recorder } = await house({
      tls: { cert: await pem('server'), key: await pem('server-key') },
    });
    expect(server.versionsUrl).toBe(`https://127.0.0.1:${port}/ocpi/versions`);
    const client = { port, tls: { ca: await pem('ca'), servername: 'localhost' } };
    expect((await ask(client, VERSIONS)).status).toBe(200);
    expect((await ask(client, 'nonsense\r\n\r\n')).status).toBe(400);
    expect(recorder.exchanges[0]?.connection?.tls?.protocol).toMatch(/^TLSv1\.[23]$/);
    expect(Buffer.from(recorder.exchanges[1]?.request.body ?? []).toString()).toBe('nonsense\r\n\r\n');
  });

  it('with a client CA a peer without a certificate is refused before HTTP, and one with it is served', async () => {
    const [cert, key, clientCa] = await Promise.all([pem('server'), pem('server-key'), pem('ca')]);
    const { port, recorder, events } = await house({ tls: { cert, key, clientCa } });
    const tls = { ca: clientCa, servername: 'localhost' };
    await expect(ask({ port, tls }, VERSIONS)).rejects.toThrow();
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]).toMatchObject({ kind: 'tls', code: 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE' });
    const stranger = { ...tls, cert: await pem('self-signed'), key: await pem('self-signed-key') };
    await expect(ask({ port, tls: stranger }, VERSIONS)).rejects.toThrow();
    const known = { ...tls, cert: await pem('client'), key: await pem('client-key') };
    expect((await ask({ port, tls: known }, VERSIONS)).status).toBe(200);
    expect(recorder.exchanges).toHaveLength(1);
  });

  it('plain HTTP on the TLS port is refused and told', async () => {
    const { port, events } = await house({ tls: { cert: await pem('server'), key: await pem('server-key') } });
    const client = await connectRaw({ port });
    await client.send(VERSIONS);
    await client.closed();
    await expect.poll(() => events).toMatchObject([{ kind: 'tls', code: 'ERR_SSL_HTTP_REQUEST' }]);
  });

  it('closing does not wait for a handshake that never ends', async () => {
    const { port, server } = await house({ tls: { cert: await pem('server'), key: await pem('server-key') } });
    const client = await connectRaw({ port });
    const before = performance.now();
    await server.close(50);
    expect(performance.now() - before).toBeLessThan(1_000);
    client.destroy();
  });
});
