import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { finding } from '../../../core/ocpi/findings.ts';
import { createExplaining, type Explaining } from '../../../core/workbench/explaining/explaining.ts';
import { newFile, openAt } from '../../history/folder.ts';
import { FLAW, flawed } from './stored.ts';

const explainings: Explaining[] = [];
afterEach(async () => {
  for (const explaining of explainings.splice(0)) await explaining.close();
});

async function follow(onlyWhenAsked = false) {
  const history = await openAt(newFile());
  const troubles: unknown[] = [];
  const explaining = createExplaining({
    history,
    clock: systemClock,
    curl: () => ({ ok: true, value: { command: 'curl', variables: [] } }),
    onTrouble: (_, error) => troubles.push(error),
    onlyWhenAsked,
  });
  explainings.push(explaining);
  const codes = (id: number) => history.exchanges.get(id)?.findings.map(({ code }) => code) ?? [];
  const settled = async () => {
    for (let left = 200; left > 0; left--) {
      const groups = await explaining.desk.groups({});
      if (groups.ok && groups.value.behind === 0) return;
      await systemClock.sleep(50);
    }
    throw new Error('the detectors never came to the newest exchange');
  };
  return { history, codes, settled, troubles };
}

const mine = finding('result.late', { met: 'that', expected: 'this' });

describe('findings of others and of the detectors', () => {
  it('stand side by side: what is overwritten later is found again, and nothing of others is lost', async () => {
    const { history, codes, settled, troubles } = await follow();
    const { id } = await history.recorder.record(flawed(1));
    await settled();
    expect(codes(id)).toContain(FLAW);
    // As a run does, which knows of its own findings only.
    await history.recorder.update(id, { findings: [mine] });
    expect(codes(id)).toEqual(['result.late']);
    await settled();
    expect(codes(id)).toEqual(expect.arrayContaining(['result.late', FLAW]));
    expect(troubles).toEqual([]);
  });

  it('of an exchange that is open are looked for when it has ended', async () => {
    const { history, codes, settled } = await follow();
    const { response = undefined, ...plain } = flawed(1, { ended: { how: 'open' } });
    const { id, stored } = history.recorder.open(plain);
    await stored;
    await settled();
    expect(codes(id)).toEqual([]);
    expect(history.findings.state()).toMatchObject({ upTo: id, later: [id] });
    await history.recorder.update(id, { ...(response && { response }), ended: { how: 'complete' }, ocpiStatus: 1000 });
    await settled();
    expect(codes(id)).toContain(FLAW);
    expect(history.findings.state()).toMatchObject({ upTo: id, later: [] });
  });
});

describe('detectors that look only when they are asked', () => {
  it('sleep until then', async () => {
    const { history, settled } = await follow(true);
    await history.recorder.record(flawed(1));
    await systemClock.sleep(1000);
    expect(history.findings.state()).toBeUndefined();
    await settled();
    expect(history.findings.state()).toMatchObject({ upTo: 1 });
  });
});

describe('what detectors found', () => {
  const state = { detector: 1, upTo: 5, later: [] };

  it('is written only over what they have seen', async () => {
    const history = await openAt(newFile());
    const told: unknown[] = [];
    history.onCommit(({ changed, byDetectors, recorded }) => {
      if (byDetectors) told.push({ changed, recorded });
    });
    const { id } = await history.recorder.record(flawed(1, { findings: [mine] }));
    const now = JSON.stringify([finding('result.twice', { met: 'that', expected: 'this' })]);
    expect(await history.findings.write([{ id, before: null, now }], state)).toEqual({ ok: true, missed: [id] });
    expect(history.exchanges.get(id)?.findings.map(({ code }) => code)).toEqual(['result.late']);
    const before = JSON.stringify([mine]);
    expect(await history.findings.write([{ id, before, now }], state)).toEqual({ ok: true, missed: [] });
    expect(history.exchanges.get(id)?.findings.map(({ code }) => code)).toEqual(['result.twice']);
    expect(history.findings.state()).toEqual(state);
    expect(told).toEqual([{ changed: [id], recorded: 0 }]);
  });

  it('of nothing readable is nothing: they begin anew', async () => {
    const history = await openAt(newFile());
    expect(history.findings.state()).toBeUndefined();
    history.settings.set('insight.looked', { upTo: 'far' });
    expect(history.findings.state()).toBeUndefined();
  });

  it('is not written once the history is closed, and says why', async () => {
    const history = await openAt(newFile());
    await history.close();
    expect(await history.findings.write([], state)).toMatchObject({ ok: false, reason: 'the workbench is closing' });
  });
});
