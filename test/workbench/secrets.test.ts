import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOf, openPartner, openPlatform, registerWith, type TestPlatform, tokenOf } from '../support/platform.ts';

/** Every spelling in which a token could have been kept. */
function spellings(token: string): string[] {
  const encoded = [token, `${token}\n`, `${token}\r\n`].map(text => Buffer.from(text).toString('base64'));
  return [
    token,
    ...encoded,
    ...encoded.map(text => text.replace(/=+$/, '')),
    ...encoded.map(text => Buffer.from(text).toString('base64')),
    encodeURIComponent(token),
    Buffer.from(token).toString('hex'),
  ];
}

/** Every file beside the database, the write-ahead log included, as bytes. */
function files({ file }: TestPlatform): { readonly name: string; readonly bytes: Buffer }[] {
  const folder = dirname(file);
  return readdirSync(folder).map(name => ({ name, bytes: readFileSync(join(folder, name)) }));
}

describe('the tokens of a full registration', () => {
  it('stand in no file and in no answer of the contract, in no spelling, known or not', async () => {
    const platform = await openPlatform();
    const { client, file } = platform;
    const secrets = new Set(['the-wrong-token-of-somebody', 'a-token-in-a-query-string']);

    for (const [version, form] of [
      ['2.1.1', 'raw'],
      ['2.2.1', 'base64'],
      ['2.3.0', 'base64+lf'],
    ] as const) {
      const partner = await openPartner({ wants: 'any', sends: form });
      secrets.add(partner.tokenA ?? '');
      await registerWith(platform, partner, { name: version, version });
      await endOf(platform, await client.runs.rotate({ name: version }));
      const invited = await openPartner({ wants: 'any', sends: form });
      const invitation = await client.links.invite({ name: `${version} invited` });
      secrets.add(invitation.token);
      await invited.register({ ...invitation, version });
      await invited.update();
      await invited.getCredentials();
      await invited.call({
        operation: 'versions',
        method: 'GET',
        url: platform.versionsUrl,
        token: 'the-wrong-token-of-somebody',
      });
      await invited.call({
        operation: 'versions',
        method: 'GET',
        url: `${platform.versionsUrl}?token=a-token-in-a-query-string`,
        token: 'the-wrong-token-of-somebody',
      });
      for (const { relation } of [partner, invited]) {
        for (const token of [...relation.incoming, relation.outgoing ?? '']) secrets.add(token);
      }
    }
    for (const link of await client.links.list()) {
      for (const at of link.tokens.keys()) secrets.add(await tokenOf(platform, link, at));
    }
    expect(secrets.size).toBeGreaterThanOrEqual(2 + 3 * 10);

    const exchanges = await client.exchanges.list({ limit: 1000 });
    const whole = await Promise.all(exchanges.map(({ id }) => client.exchanges.get({ id })));
    const outputs = JSON.stringify([
      exchanges,
      whole,
      await client.links.list(),
      await client.runs.list({ limit: 1000 }),
      await client.platform.get(),
    ]);
    const decoded = whole
      .flatMap(({ request, response }) => [request.body.base64, response?.body.base64])
      .map(body => Buffer.from(body ?? '', 'base64').toString('latin1'));
    // The index is at most a second behind.
    await client.exchanges.list({ search: 'credentials', limit: 10 });
    const open = files(platform);
    expect(open.map(({ name }) => name)).toEqual(expect.arrayContaining([basename(file), `${basename(file)}-wal`]));
    await platform.close();
    const closed = files(platform);

    const texts = [
      { name: 'outputs', text: outputs },
      { name: 'bodies', text: decoded.join('\n') },
      ...[...open, ...closed].flatMap(({ name, bytes }) => [
        { name, text: bytes.toString('latin1') },
        { name: `${name} as UTF-16`, text: bytes.toString('utf16le') },
      ]),
    ];
    const found = [...secrets].flatMap(secret =>
      spellings(secret).flatMap(spelling =>
        texts.filter(({ text }) => text.includes(spelling)).map(({ name }) => `${spelling} in ${name}`),
      ),
    );
    expect(found).toEqual([]);
    // The places are there, sealed: the search would have seen them.
    expect(outputs.match(/\{token:[0-9a-f]{12}:/g)?.length ?? 0).toBeGreaterThan(100);
    expect(outputs).toMatch(/\{token:[0-9a-f]{12}:base64\+lf:/);
  });
});
