import { beforeAll, describe, expect, it } from 'vitest';
import { exchangeLine, linkLine } from '../../session-log/support/lines.ts';
import { failureOf } from '../../support/platform.ts';
import { type Met, meet } from '../sending/meeting.ts';
import { logFile } from '../session-logs/log-files.ts';

let met: Met;
beforeAll(async () => {
  met = await meet('2.2.1');
});

const got = (id: number, link: number) =>
  exchangeLine(id, {
    link,
    direction: 'in',
    operation: 'locations.list',
    request: { method: 'GET', url: '/ocpi/2.2.1/locations?offset=0', headers: [] },
    ended: { how: 'answered' },
  });

const plan = (source: object, play?: 'ours' | 'theirs') =>
  met.us.client.replays.plan({
    to: met.name,
    source: { kind: 'file', name: 'acme.ocpilog', format: 'ocpilog', ...source },
    ...(play === undefined ? {} : { play }),
  });

describe('a session log that is replayed', () => {
  it('is imported first, once, and either side of it can be played', async () => {
    const path = await logFile([linkLine(1), exchangeLine(1), got(2, 1)]);
    const ours = await plan({ path });
    expect(ours.steps.filter(({ kind }) => kind === 'send')).toMatchObject([{ operation: 'sessions.put' }]);
    expect(ours.notes.join()).toContain('acme.ocpilog is imported: the 2 exchanges of it stand under acme-1 - acme');
    const theirs = await plan({ path }, 'theirs');
    expect(theirs.steps.filter(({ kind }) => kind === 'send')).toMatchObject([{ operation: 'locations.list' }]);
    expect(await met.us.client.logs.list()).toHaveLength(1);
  });

  it('that holds several links says so, and takes the one that is named', async () => {
    const path = await logFile([linkLine(1), linkLine(2), exchangeLine(1, { link: 1 }), got(2, 2)], {
      name: 'two.ocpilog',
    });
    expect(await failureOf(plan({ path }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'two.ocpilog holds several links: acme-1, acme-2',
    });
    expect((await plan({ path, link: 'acme-1' })).sends).toBe(1);
    expect(await failureOf(plan({ path, link: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that is none is refused', async () => {
    expect(await failureOf(plan({ path: '/not/there.ocpilog' }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(plan({}))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
