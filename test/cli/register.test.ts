import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShell, type Shell } from '../support/command-line.ts';
import { startPartner } from '../support/partner/partner.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('wb register', () => {
  it('registers without a server running, serving the call back for the time it needs', async () => {
    const partner = await startPartner({ versions: ['2.2.1'] });
    await shell.wb('link', 'add', 'Acme', '--versions-url', partner.versionsUrl, '--token', partner.tokenA ?? '');
    const { code, document } = await shell.json('register', 'Acme');
    const outcome = document as { steps: { step: string; exchangeIds: number[] }[]; modules: { identifier: string }[] };
    expect(code).toBe(0);
    expect(document).toMatchObject({ ok: true, version: '2.2.1', runId: expect.any(Number) });
    expect(outcome.steps.map(({ step }) => step)).toEqual([
      'versions',
      'version',
      'version details',
      'token B',
      'call back',
      'credentials',
    ]);
    expect(outcome.modules.map(({ identifier }) => identifier)).toContain('credentials');
    expect(partner.complaints).toEqual([]);

    const ids = outcome.steps.flatMap(({ exchangeIds }) => exchangeIds);
    const listed = await shell.json('exchanges', '--link', 'Acme');
    const exchanges = listed.document as Record<string, unknown>[];
    expect(exchanges.map(({ id }) => id)).toEqual([...ids].sort((left, right) => right - left));
    expect(Object.keys(exchanges[0] ?? {})).toEqual([
      'id',
      'at',
      'direction',
      'link',
      'operation',
      'method',
      'url',
      'httpStatus',
      'ocpiStatus',
      'ended',
      'durationMs',
      'requestId',
      'correlationId',
      'module',
      'version',
      'runId',
      'fromParty',
      'toParty',
      'note',
      'pinned',
      'findings',
      'faults',
    ]);

    const post = exchanges.find(({ operation }) => operation === 'credentials.post');
    const whole = await shell.json('exchange', String(post?.['id']));
    expect(whole.document).toMatchObject({
      method: 'POST',
      httpStatus: 200,
      request: { headers: expect.arrayContaining([['Content-Type', 'application/json']]) },
      response: { status: 200, body: { text: expect.stringContaining('{token:') } },
    });
    await partner.stop();
  });

  it('says which step failed and why, with exit code 1', async () => {
    const partner = await startPartner({ versions: ['2.2.1'] });
    await shell.wb('link', 'add', 'Acme', '--versions-url', partner.versionsUrl, '--token', 'wrong-token');
    const { code, document } = await shell.json('register', 'Acme');
    expect(code).toBe(1);
    expect(document).toMatchObject({ ok: false, version: null, modules: [], steps: [{ step: 'versions', ok: false }] });
    const errors = await shell.json('exchanges', '--errors');
    expect((errors.document as unknown[]).length).toBe(2);
    await partner.stop();
  });

  it('rotates, examines and unregisters', async () => {
    const partner = await startPartner({ versions: ['2.3.0'] });
    const serving = await shell.serve();
    await shell.wb('link', 'add', 'Acme', '--versions-url', partner.versionsUrl, '--token', partner.tokenA ?? '');
    expect((await shell.json('register', 'Acme')).code).toBe(0);
    expect(await shell.json('rotate', 'Acme')).toMatchObject({ code: 0, document: { ok: true, version: '2.3.0' } });
    const doctor = await shell.json('doctor', 'Acme');
    expect(doctor).toMatchObject({ code: 0, document: { ok: true } });
    expect(await shell.json('unregister', 'Acme')).toMatchObject({ code: 0, document: { ok: true } });
    expect(partner.complaints).toEqual([]);
    await serving.stop();
    await partner.stop();
  });
});

describe('wb tour', () => {
  it('goes through every scene as it should', async () => {
    const { code, document } = await shell.json('tour');
    expect(code).toBe(0);
    const { scenes, findings } = document as { scenes: { title: string; ok: boolean }[]; findings: object };
    expect(scenes.filter(({ ok }) => !ok)).toEqual([]);
    expect(scenes.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('200 locations'),
        expect.stringContaining('what changed'),
        expect.stringContaining('what is stated is what is due'),
        expect.stringContaining('one step_size more'),
        expect.stringContaining('401'),
        expect.stringContaining('3001'),
        expect.stringContaining('3002'),
        expect.stringContaining('405'),
        expect.stringContaining('meets the same partner, and the same refusal'),
      ]),
    );
    expect(findings).toMatchObject({ 'registration.post-while-registered': 1 });
  }, 60_000);
});
