import { expect, it } from 'vitest';
import type { LogDetails } from '../../core/history/logs.ts';
import { newFile, openAt } from './folder.ts';

const details: LogDetails = {
  about: {
    format: 1,
    workbench: '0.1.0',
    writtenAt: '2026-11-22T12:00:00.000Z',
    title: 'a charge',
    scope: { link: 'acme' },
    redacted: ['personal'],
    keptPersonal: null,
    platform: { parties: ['NL-WBX'], versions: ['2.2.1'], versionsUrl: null },
    exchanges: 2,
  },
  condition: 'whole',
  counts: { links: 1, rules: 0, runs: 0, exchanges: 2, findings: 0, notes: 0, objects: 0, revisions: 0 },
  rules: [{ name: 'no data', kind: 'envelope.data-null', details: { seed: '1' } }],
  from: '2026-11-22T11:00:00.000Z',
  to: null,
};

it('an imported log is kept with its links, in a state, until it is removed', async () => {
  const file = newFile();
  const first = await openAt(file);
  const log = first.logs.insert({ name: 'acme.ocpilog', ...details });
  expect(log).toMatchObject({ logId: 1, state: 'importing', linkIds: [] });
  first.logs.addLink(log.logId, { linkId: 7, was: 'acme' });
  first.logs.update(log.logId, { state: 'stored', details: { ...details, condition: 'cut' } });
  await first.close();

  const { logs } = await openAt(file);
  expect(logs.list()).toEqual([
    {
      ...details,
      condition: 'cut',
      logId: 1,
      name: 'acme.ocpilog',
      state: 'stored',
      importedAt: log.importedAt,
      links: [{ linkId: 7, was: 'acme' }],
      linkIds: [7],
    },
  ]);
  expect([logs.ofLink(7), logs.ofLink(8), logs.get(2)]).toEqual([1, undefined, undefined]);
  logs.remove(1);
  expect([logs.list(), logs.ofLink(7)]).toEqual([[], undefined]);
  // A number that was given once means that log for ever.
  expect(logs.insert({ name: 'next.ocpilog', ...details }).logId).toBe(2);
  expect(() => logs.update(1, { state: 'stored' })).toThrow('there is no log 1');
});
