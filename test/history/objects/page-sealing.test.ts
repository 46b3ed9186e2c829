import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newFile, newLink, openAt } from '../folder.ts';
import { answer, location, pageOf } from './pages.ts';

describe('a credentials token that a partner echoes inside an object', () => {
  it('is not kept, in whatever form it was written; everything around it is', async () => {
    const file = newFile();
    const history = await openAt(file);
    const { id: linkId } = history.links.insert(newLink('Acme'));
    const token = 'echoed-credentials-token-7f3a';
    const { id } = history.tokens.add({
      linkId,
      direction: 'incoming',
      kind: 'C',
      state: 'active',
      issuedBy: 'us',
      token,
    });
    const base64 = Buffer.from(token).toString('base64');
    const name = `Göteborg ${token} and ${base64}`;
    await history.objects.ingest.store(pageOf(answer([location(1, { name }), location(2)])));
    const listed = await history.objects.list({ linkId, module: 'locations', limit: 10 });
    if (!listed.ok) throw new Error(listed.reason);
    const [one, two] = listed.objects;
    expect(one?.object).toMatchObject({
      id: 'LOC1',
      name: `Göteborg {token:${id}:raw:${token.length}} and {token:${id}:base64:${base64.length}}`,
    });
    expect(two?.object).toEqual(location(2));
    await history.close();
    for (const end of ['', '.search'].filter(name => existsSync(file + name))) {
      const bytes = readFileSync(file + end, 'latin1');
      for (const form of [token, base64]) expect(bytes).not.toContain(form);
    }
  });
});
