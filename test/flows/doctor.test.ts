import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { testAuthority, testCertificate } from '../support/certificates.ts';
import {
  endOf,
  exchangesOf,
  openPartner,
  openPlatform,
  registerWith,
  type TestPlatform,
  verdicts,
} from '../support/platform.ts';
import { connectRaw } from '../support/raw-client.ts';

const examine = async (platform: TestPlatform, name?: string) =>
  endOf(platform, await platform.client.runs.doctor(name === undefined ? {} : { name }));

const ROLE = { role: 'EMSP', country_code: 'NL', party_id: 'TNM', business_details: { name: 'Stranger' } };

const strangers = new Set<Server>();
afterEach(async () => {
  for (const stranger of strangers) await new Promise(resolve => stranger.close(resolve));
  strangers.clear();
});

/** Somebody else's web server, in the place where partners were told to find us. */
async function openStranger(
  answer: RequestListener = (_, response) => response.writeHead(200, { connection: 'close' }).end('Welcome'),
): Promise<number> {
  const stranger = createServer(answer);
  strangers.add(stranger);
  await new Promise<void>(resolve => stranger.listen(0, '127.0.0.1', resolve));
  return (stranger.address() as AddressInfo).port;
}

describe('the doctor on our own address', () => {
  it('proves by a call of its own that it leads here, and says when only this machine can use it', async () => {
    const platform = await openPlatform();
    const run = await examine(platform);
    expect(run).toMatchObject({ kind: 'doctor', state: 'done' });
    expect(verdicts(run)).toEqual([
      `ok our address: a call to ${platform.versionsUrl} arrives here; only this machine can use this address: set a public URL for partners elsewhere`,
      'ok refused before HTTP: no connection to us failed before it became an HTTP request',
    ]);
    expect(run.result?.summary).toBe('nothing found that keeps the partners apart');
    expect(await exchangesOf(platform, run.id)).toMatchObject([{ direction: 'out', httpStatus: 200 }]);
  });

  it('leaves no failure and no finding behind', async () => {
    const platform = await openPlatform();
    await examine(platform);
    await examine(platform);
    const { exchanges, errors } = platform.client;
    expect(await exchanges.list({})).toMatchObject(
      ['in', 'out', 'in', 'out'].map(direction => ({ direction, httpStatus: 200, ocpiStatus: 1000, findings: [] })),
    );
    expect(await exchanges.count({})).toMatchObject({ count: 4, errors: 0 });
    expect(await exchanges.count({ status: '401' })).toMatchObject({ count: 0 });
    expect((await errors.groups({})).groups).toEqual([]);
  });

  it('says when what stands before us keeps back the Authorization header', async () => {
    const platform = await openPlatform();
    const inside = platform.versionsUrl;
    const publicUrl = `http://127.0.0.1:${await openStranger(async ({ headers }, response) => {
      const passed = await fetch(inside, { headers: { 'x-request-id': String(headers['x-request-id']) } });
      response.writeHead(passed.status, { connection: 'close' }).end(await passed.text());
    })}`;
    platform.workbench.platform.configure({ publicUrl });
    const run = await examine(platform);
    expect(verdicts(run)[0]).toMatch(
      new RegExp(
        `^FAIL our address: a call to ${publicUrl}/ocpi/versions arrives here, but not as it was sent, or its answer does not get back: the partner answered HTTP 401`,
      ),
    );
  });

  it('hands whoever stands in our place a token that opens the versions, once, and nothing else', async () => {
    const platform = await openPlatform();
    const at = (path: string) => platform.versionsUrl.replace('versions', path);
    const tried: (readonly [string, number])[] = [];
    const attempts = [
      ['GET', 'versions'],
      ['GET', '2.2.1/credentials'],
      ['POST', '2.2.1/credentials'],
      ['PUT', '2.2.1/credentials'],
      ['DELETE', '2.2.1/credentials'],
      ['GET', '2.2.1/sender/locations'],
    ] as const;
    const stolen = { token: 'theirs', url: 'http://127.0.0.1:9/ocpi/versions', roles: [ROLE] };
    const port = await openStranger(async ({ headers }, response) => {
      const authorization = headers.authorization ?? '';
      const [method, path] = attempts[tried.length / 2] ?? attempts[0];
      for (let time = 0; time < 2; time++) {
        const answer = await fetch(at(path), {
          method,
          headers: { authorization, 'content-type': 'application/json' },
          ...(method === 'POST' || method === 'PUT' ? { body: JSON.stringify(stolen) } : {}),
        });
        tried.push([`${method} ${path}`, answer.status]);
        await answer.text();
      }
      response.writeHead(200, { connection: 'close' }).end();
    });
    platform.workbench.platform.configure({ publicUrl: `http://127.0.0.1:${port}` });
    for (const _ of attempts) await examine(platform);
    expect(tried).toEqual([
      ['GET versions', 200],
      ['GET versions', 401],
      ...attempts.slice(1, 5).flatMap(([method, path]) => [
        [`${method} ${path}`, 405],
        [`${method} ${path}`, 401],
      ]),
      ['GET 2.2.1/sender/locations', 401],
      ['GET 2.2.1/sender/locations', 401],
    ]);
    expect(await platform.client.links.list()).toEqual([]);
  });

  it('says that it cannot be reached, with the reason', async () => {
    const platform = await openPlatform();
    platform.workbench.platform.configure({ publicUrl: 'http://127.0.0.1:9' });
    const run = await examine(platform);
    expect(run.state).toBe('failed');
    expect(verdicts(run)[0]).toBe(
      'FAIL our address: http://127.0.0.1:9/ocpi/versions cannot be reached: connection refused at 127.0.0.1:9: nothing listens there, or a firewall refuses; only this machine can use this address: set a public URL for partners elsewhere',
    );
    expect(run.result?.summary).toBe('1 of 2 checks failed');
  });

  it('says that somebody else answers there', async () => {
    const platform = await openPlatform();
    const publicUrl = `http://127.0.0.1:${await openStranger()}`;
    platform.workbench.platform.configure({ publicUrl });
    expect(verdicts(await examine(platform))[0]).toMatch(
      new RegExp(
        `^FAIL our address: ${publicUrl}/ocpi/versions is answered by somebody else \\(HTTP 200\\): the call did not arrive here`,
      ),
    );
  });

  it('serves for the time it takes where nothing listened, and says so when even that is impossible', async () => {
    const platform = await openPlatform({ serve: false });
    expect((await examine(platform)).state).toBe('done');
    expect(platform.workbench.serving.isOn()).toBe(false);
    platform.workbench.platform.configure({ port: await openStranger() });
    const run = await examine(platform);
    expect(run.state).toBe('failed');
    expect(verdicts(run)[0]).toMatch(/^FAIL our server: /);
    expect(verdicts(run)[1]).toMatch(/^FAIL our address: nothing listens: start serving; partners are told http/);
  });

  it('tells connections that failed before they became requests', async () => {
    const { cert, key } = testCertificate('server');
    const platform = await openPlatform({ serve: false });
    const { workbench, file } = platform;
    writeFileSync(`${file}.cert`, cert);
    writeFileSync(`${file}.certkey`, key);
    workbench.platform.configure({ tls: { certificate: `${file}.cert`, key: `${file}.certkey` } });
    await workbench.serving.start();
    const { port } = workbench.platform.config();
    const client = await connectRaw({ port });
    await client.send('GET /ocpi/versions HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await client.closed();
    client.destroy();
    const refused = verdicts(await examine(platform)).find(line => line.includes('refused before HTTP'));
    expect(refused).toMatch(
      /^FAIL refused before HTTP: (a connection|\d+ connections) to us failed before becoming an HTTP request; the newest /,
    );
    expect(refused).toContain('from 127.0.0.1');
  });
});

describe('the doctor on a link', () => {
  it('finds a registered partner in order: name, versions, clock, and the URL it was told', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    await platform.client.links.invite({ name: 'waiting' });
    const run = await examine(platform);
    expect(run.state).toBe('done');
    expect(verdicts(run).slice(2)).toEqual([
      'ok partner: DNS: 127.0.0.1 is 127.0.0.1',
      'ok partner: versions: the partner answered HTTP 200 and OCPI 1000 (success): "Success"',
      expect.stringMatching(/^ok partner: clock: its clock and ours are \d s apart$/),
      `ok partner: our versions URL: the partner was told ${platform.versionsUrl}`,
      'ok waiting: versions URL: not known yet: the partner has not registered',
    ]);
    expect(partner.complaints).toEqual([]);
    expect(verdicts(await examine(platform, 'waiting'))).toHaveLength(3);
  });

  it('finds a clock that is apart, and in which direction', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const dated = (ms: number) => ({
      do: 'alter' as const,
      change: <A extends { headers: readonly (readonly [string, string])[] }>(answer: A) => ({
        ...answer,
        headers: [...answer.headers, ['Date', new Date(Date.now() + ms).toUTCString()] as const],
      }),
    });
    partner.override('versions', [dated(600_000), dated(-7_200_000)]);
    const clockOf = async () => verdicts(await examine(platform)).find(line => line.includes('clock'));
    expect(await clockOf()).toMatch(
      /^FAIL partner: clock: its clock is (599|600) s ahead of ours: date filters and last_updated will mislead; check both clocks$/,
    );
    expect(await clockOf()).toMatch(/^FAIL partner: clock: its clock is 7(199|200) s behind ours/);
  });

  it('finds a name that does not resolve, and tries nothing further', async () => {
    const platform = await openPlatform();
    await platform.client.links.add({
      name: 'lost',
      versionsUrl: 'https://does-not-exist.invalid/ocpi/versions',
      token: 'a-token',
    });
    const run = await examine(platform, 'lost');
    expect(verdicts(run).slice(2)).toEqual([
      expect.stringMatching(
        /^FAIL lost: DNS: the name does-not-exist\.invalid does not resolve \(\w+\): check the URL and this machine's DNS$/,
      ),
    ]);
  });

  it('finds what is wrong with certificates, and the chain of a good one', async () => {
    const platform = await openPlatform();
    const addTls = async (certificate: 'server' | 'expired' | 'wrong-host' | 'self-signed', ca?: string) => {
      const partner = await openPartner({ tls: testCertificate(certificate) });
      await platform.client.links.add({
        name: certificate,
        versionsUrl: partner.versionsUrl,
        token: partner.tokenA ?? '',
        ...(ca === undefined ? {} : { settings: { ca } }),
      });
      return verdicts(await examine(platform, certificate)).find(line => line.includes(': TLS'));
    };
    expect(await addTls('server', testAuthority)).toMatch(
      /^ok server: TLS: TLSv1\.3, .+ <- .+, valid until .* 2126 GMT$/,
    );
    expect(await addTls('expired', testAuthority)).toMatch(/^FAIL expired: TLS: .*(expired|ended)/i);
    expect(await addTls('wrong-host', testAuthority)).toMatch(/^FAIL wrong-host: TLS: .*another host name/);
    expect(await addTls('self-signed')).toMatch(/^FAIL self-signed: TLS: .*(self-signed|signed by itself)/i);
  });

  it('finds a partner that still holds an old URL of ours, and what tells it the new one', async () => {
    const partner = await openPartner();
    const platform = await openPlatform();
    await registerWith(platform, partner);
    const { workbench } = platform;
    await workbench.serving.stop();
    const { port } = workbench.platform.config();
    workbench.platform.configure({ publicUrl: `http://localhost:${port}` });
    await workbench.serving.start();
    const step = async () => (await examine(platform)).steps.find(one => one.step === 'partner: our versions URL');
    expect(await step()).toMatchObject({
      ok: false,
      reason: `the partner was told http://127.0.0.1:${port}/ocpi/versions; now it is http://localhost:${port}/ocpi/versions: rotate the tokens to tell it`,
      findings: [{ code: 'registration.old-public-url' }],
    });
    await endOf(platform, await platform.client.runs.rotate({ name: 'partner' }));
    expect(await step()).toMatchObject({ ok: true });
  });

  it('runs beside a registration, and says when a link has no token to call with', async () => {
    const partner = await openPartner({ overrides: { 'credentials.post': { do: 'delay', ms: 400, when: 'before' } } });
    const platform = await openPlatform();
    await platform.client.links.add({ name: 'partner', versionsUrl: partner.versionsUrl, token: partner.tokenA ?? '' });
    const registering = await platform.client.runs.register({ name: 'partner' });
    await partner.arrival('credentials.post');
    const run = await examine(platform, 'partner');
    expect(run.steps.find(({ step }) => step === 'partner: versions')?.ok).toBe(true);
    expect((await endOf(platform, registering)).state).toBe('done');
    await endOf(platform, await platform.client.runs.unregister({ name: 'partner' }));
    const after = verdicts(await examine(platform, 'partner'));
    expect(after).toContain('FAIL partner: versions: no readable token to call it with: enter it anew');
  });
});
