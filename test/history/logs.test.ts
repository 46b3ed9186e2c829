import { expect, it } from 'vitest';
import { newFile, newLink, openAt } from './folder.ts';
import { LOG_DETAILS } from './log-details.ts';

it('an imported log is kept with its links, in a state, until it is removed', async () => {
  const file = newFile();
  const first = await openAt(file);
  const log = first.logs.insert({ name: 'acme.ocpilog', ...LOG_DETAILS });
  expect(log).toMatchObject({ logId: 1, state: 'importing', linkIds: [] });
  first.logs.addLink(log.logId, { linkId: 7, was: 'acme' });
  first.logs.update(log.logId, { state: 'stored', details: { ...LOG_DETAILS, condition: 'cut' } });
  await first.close();

  const { logs } = await openAt(file);
  expect(logs.list()).toEqual([
    {
      ...LOG_DETAILS,
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
  expect(logs.insert({ name: 'next.ocpilog', ...LOG_DETAILS }).logId).toBe(2);
  expect(() => logs.update(1, { state: 'stored' })).toThrow('there is no log 1');
});

it('nothing of a log that is half imported, or half deleted, is shown of its runs', async () => {
  const { logs, links, runs } = await openAt(newFile());
  const link = links.insert(newLink('acme'));
  const { logId } = logs.insert({ name: 'acme.ocpilog', ...LOG_DETAILS });
  logs.addLink(logId, { linkId: link.id, was: 'acme' });
  const { id } = runs.insert({ kind: 'pull', linkId: link.id, initiator: 'us', startedAt: 1 });
  const shown = () => [runs.shown(id)?.id, runs.list().length];
  expect([shown(), runs.get(id)?.id]).toEqual([[undefined, 0], id]);
  logs.update(logId, { state: 'stored' });
  expect(shown()).toEqual([id, 1]);
  logs.update(logId, { state: 'removing' });
  expect(shown()).toEqual([undefined, 0]);
});
