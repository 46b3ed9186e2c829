import { beforeAll, describe, expect, it } from 'vitest';
import { findingCodes } from '../../support/platform.ts';
import { ACCEPTED, accepted, commanded, foundOn, post, START } from './commanding.ts';
import { meetAll, partnerOf, says } from './meeting.ts';

beforeAll(meetAll);

describe('a result', () => {
  const wrapped: readonly [string, unknown, string][] = [
    ['in an envelope', { data: { result: 'ACCEPTED' }, status_code: 1000 }, 'command.enveloped'],
    ['in an object named after its type', { CommandResult: { result: 'ACCEPTED' } }, 'command.nested'],
    ['that is a CommandResponse', ACCEPTED, 'result.is-response'],
  ];
  it.each(wrapped)('%s is understood, and found', async (_, body, code) => {
    const partner = partnerOf('2.3.0');
    const { run } = await commanded(partner, START, {
      answer: accepted('2.3.0'),
      after: async url => expect(await post(partner, url, body)).toEqual([200, 1000]),
    });
    expect(run.state).toBe('done');
    expect(findingCodes(run)).toContain(code);
    expect(await foundOn(partner)).toContain(code);
  });

  it('without an Authorization header is told by its URL; with a wrong token it is refused', async () => {
    const partner = partnerOf('2.2.1');
    const { run } = await commanded(partner, START, {
      answer: accepted('2.2.1'),
      after: async url => {
        expect(await post(partner, url, { result: 'ACCEPTED' }, 'wrong')).toEqual([401, 2000]);
        expect(await post(partner, url.slice(0, -1), { result: 'ACCEPTED' }, '')).toEqual([401, 2000]);
        expect(await post(partner, url, { result: 'ACCEPTED' }, '')).toEqual([200, 1000]);
      },
    });
    expect(run.state).toBe('done');
    expect(await foundOn(partner)).toEqual(['result.unauthenticated']);
  });

  it('before the answer is kept and counts, and is found; after a rejection it is told at least', async () => {
    const partner = partnerOf('2.2.1');
    const before = async (url: string) => expect(await post(partner, url, { result: 'ACCEPTED' })).toEqual([200, 1000]);
    const { run } = await commanded(partner, START, { answer: accepted('2.2.1'), before });
    expect(run).toMatchObject({ state: 'done', result: { asked: { results: [{ result: 'ACCEPTED' }] } } });
    expect(findingCodes(run)).toContain('result.before-answer');
    expect(await foundOn(partner)).toEqual(['result.before-answer']);
    const rejected = await commanded(partner, START, {
      answer: says(200, 1000, { result: 'REJECTED', timeout: 0 }),
      before,
    });
    expect(rejected.run).toMatchObject({ state: 'failed', result: { asked: { results: [{ result: 'ACCEPTED' }] } } });
    expect(rejected.run.result?.summary).toContain('REJECTED; a result came all the same: ACCEPTED');
  });

  it('that never comes is an error once the time of the answer is over; one that comes late is kept and found', async () => {
    const partner = partnerOf('2.2.1');
    const { us } = partner;
    const { run, url } = await commanded(partner, START, {
      answer: says(200, 1000, { result: 'ACCEPTED', timeout: 0 }),
    });
    expect(run.state).toBe('failed');
    expect(run.result).toMatchObject({
      summary: expect.stringContaining('no result within 0 s'),
      asked: { results: [] },
    });
    expect(findingCodes(run)).toContain('result.never');
    expect(await post(partner, url, { result: 'ACCEPTED' })).toEqual([200, 1000]);
    expect(await foundOn(partner)).toEqual(['result.late']);
    const amended = await us.client.runs.get({ runId: run.id });
    expect(amended.result?.asked?.results).toMatchObject([{ result: 'ACCEPTED', afterMs: expect.any(Number) }]);
    expect(amended.steps.at(-1)).toMatchObject({ step: 'result', reason: expect.stringContaining('nobody waited') });
  });

  it('that comes twice, or after a rejection, is answered, kept and found', async () => {
    const partner = partnerOf('2.2.1');
    const { us } = partner;
    const twice = await commanded(partner, START, {
      answer: accepted('2.2.1'),
      after: url => post(partner, url, { result: 'ACCEPTED' }),
    });
    expect(await post(partner, twice.url, { result: 'FAILED' })).toEqual([200, 1000]);
    expect(await foundOn(partner)).toEqual(['result.twice']);
    const run = await us.client.runs.get({ runId: twice.run.id });
    expect(run.result?.asked?.results.map(({ result }) => result)).toEqual(['ACCEPTED', 'FAILED']);
    const rejected = await commanded(partner, START, { answer: says(200, 1000, { result: 'REJECTED', timeout: 0 }) });
    expect(await post(partner, rejected.url, { result: 'ACCEPTED' })).toEqual([200, 1000]);
    expect(await foundOn(partner)).toEqual(['result.after-rejection']);
    const lost = await commanded(partner, START, { answer: says(500, 3000) });
    await post(partner, lost.url, { result: 'ACCEPTED' });
    expect(await foundOn(partner)).toEqual(['result.without-answer']);
  });

  it('CANCELED_RESERVATION may follow a reservation at any time, once', async () => {
    const partner = partnerOf('2.2.1');
    const { url } = await commanded(
      partner,
      { command: 'RESERVE_NOW', location: 'L1' },
      { answer: accepted('2.2.1'), after: to => post(partner, to, { result: 'ACCEPTED' }) },
    );
    await post(partner, url, { result: 'CANCELED_RESERVATION' });
    expect(await foundOn(partner)).toEqual([]);
    await post(partner, url, { result: 'CANCELED_RESERVATION' });
    expect(await foundOn(partner)).toEqual(['result.twice']);
  });

  it('that cannot be read is refused, and the waiting goes on', async () => {
    const partner = partnerOf('2.2.1');
    const { run } = await commanded(partner, START, {
      answer: accepted('2.2.1'),
      after: async url => {
        expect(await post(partner, url, '{"result":')).toEqual([400, 2001]);
        expect(await post(partner, url, { message: 'hello' })).toEqual([200, 2001]);
        expect(await post(partner, url, { result: 'ACCEPTED' })).toEqual([200, 1000]);
      },
    });
    expect(run.state).toBe('done');
    expect(run.steps.filter(({ step }) => step === 'result').map(({ ok }) => ok)).toEqual([false, true]);
    expect(run.result?.asked?.results).toHaveLength(1);
  });

  it('from another partner, or at a URL nobody was given, is refused', async () => {
    const [partner, other] = [partnerOf('2.2.1'), partnerOf('2.3.0')];
    const { url } = await commanded(partner, START, { answer: says(200, 1000, { result: 'REJECTED', timeout: 0 }) });
    expect(await post(other, url, { result: 'ACCEPTED' })).toEqual([404, 2001]);
    expect(await foundOn(other)).toContain('result.other-partner');
    expect(await post(partner, `${url}0`, { result: 'ACCEPTED' })).toEqual([404, 2001]);
    expect(await foundOn(partner)).toContain('result.unknown-url');
    expect(await post(partner, url.replace('/START_SESSION/', '/STOP_SESSION/'), { result: 'ACCEPTED' })).toEqual([
      404, 2001,
    ]);
  });
});
