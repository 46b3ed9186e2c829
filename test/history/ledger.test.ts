import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { newFile, newLink, openAt } from './folder.ts';

describe('runs', () => {
  it('keep their steps and result, newest first, of a link or of all', async () => {
    const file = newFile();
    const before = await openAt(file);
    const first = before.runs.insert({ kind: 'registration', linkId: 1, initiator: 'us', startedAt: 5 });
    const second = before.runs.insert({ kind: 'doctor', initiator: 'us', startedAt: 6 });
    expect(first).toEqual({
      id: 1,
      kind: 'registration',
      linkId: 1,
      initiator: 'us',
      state: 'running',
      startedAt: 5,
      steps: [],
    });
    const step = { step: 'versions', ok: true, exchangeIds: [1], reason: 'the partner offers 2.2.1', findings: [] };
    const result = { summary: 'registered', version: '2.2.1', modules: [] };
    before.runs.update(first.id, { state: 'done', endedAt: 9, steps: [step], result });
    before.runs.update(second.id, { state: 'failed', endedAt: 9 });
    await before.close();
    const { runs } = await openAt(file);
    expect(runs.get(first.id)).toEqual({ ...first, state: 'done', endedAt: 9, steps: [step], result });
    expect(runs.list().map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(runs.list({ linkId: 1 }).map(({ id }) => id)).toEqual([first.id]);
    expect(runs.list({ limit: 1 }).map(({ id }) => id)).toEqual([second.id]);
    expect(runs.get(99)).toBeUndefined();
    expect(() => runs.update(99, { state: 'done' })).toThrow();
  });

  it('of some kinds are found behind any number of others', async () => {
    const { runs } = await openAt(newFile());
    const registration = runs.insert({ kind: 'registration', linkId: 1, initiator: 'us', startedAt: 1 });
    const rotation = runs.insert({ kind: 'rotation', linkId: 2, initiator: 'us', startedAt: 2 });
    for (let at = 3; at < 13; at++) runs.insert({ kind: 'pull', linkId: 1, initiator: 'us', startedAt: at });
    const kinds = ['registration', 'rotation'] as const;
    expect(runs.list({ kinds, limit: 5 }).map(({ id }) => id)).toEqual([rotation.id, registration.id]);
    expect(runs.list({ kinds, linkId: 1, limit: 5 }).map(({ id }) => id)).toEqual([registration.id]);
    expect(runs.list({ kinds: [] })).toEqual([]);
  });
});

describe('settings', () => {
  it('come back in the shape asked for, or not at all', async () => {
    const file = newFile();
    const before = await openAt(file);
    before.settings.set('platform', { port: 4711, parties: ['NL-WBX'] });
    await before.close();
    const { settings } = await openAt(file);
    const shape = z.object({ port: z.int(), parties: z.array(z.string()) });
    expect(settings.get('platform', shape)).toEqual({ port: 4711, parties: ['NL-WBX'] });
    expect(settings.get('platform', z.string())).toBeUndefined();
    expect(settings.get('nothing', shape)).toBeUndefined();
    settings.set('platform', undefined);
    expect(settings.get('platform', shape)).toBeUndefined();
  });
});

describe('a transaction', () => {
  it('stores links, tokens, runs and settings together', async () => {
    const { links, tokens, runs, settings, transaction } = await openAt(newFile());
    const outcome = transaction(() => {
      const link = links.insert(newLink('Acme'));
      tokens.add({
        linkId: link.id,
        direction: 'incoming',
        kind: 'A',
        state: 'active',
        issuedBy: 'us',
        token: 'token-of-acme',
      });
      settings.set('port', 1);
      return runs.insert({ kind: 'registration', linkId: link.id, initiator: 'us', startedAt: 1 }).id;
    });
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(tokens.find([{ token: 'token-of-acme' }])?.entry.linkId).toBe(links.byName('acme')?.id);
  });

  it('that breaks off leaves everything as it was, in the file and in memory', async () => {
    const file = newFile();
    const before = await openAt(file);
    const link = before.links.insert(newLink('Acme'));
    const told = { direction: 'incoming', kind: 'A', issuedBy: 'us', linkId: link.id } as const;
    const kept = before.tokens.add({ ...told, state: 'active', token: 'token-a' });
    const known = before.tokens.known();
    expect(() =>
      before.transaction(() => {
        before.links.update(link.id, { state: 'registered' });
        before.links.insert(newLink('Volt'));
        before.tokens.setState(kept.row, 'retired');
        before.tokens.add({ ...told, state: 'active', token: 'token-b' });
        before.settings.set('port', 1);
        throw new Error('broken off');
      }),
    ).toThrow('broken off');
    const check = ({ links, tokens, settings }: typeof before) => {
      expect(links.list()).toEqual([link]);
      expect(tokens.find([{ token: 'token-a' }])?.entry.state).toBe('active');
      expect(tokens.find([{ token: 'token-b' }])).toBeUndefined();
      expect(tokens.known()).toEqual(known);
      expect(settings.get('port', z.int())).toBeUndefined();
    };
    check(before);
    await before.close();
    check(await openAt(file));
  });
});
