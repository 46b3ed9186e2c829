import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeConditions } from '../../../core/contract/exchange.ts';
import type { History } from '../../../core/history/history.ts';
import type { TroubleFound } from '../../../core/history/traffic/messages.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { failedLayer } from '../../../core/ocpi/failed-layer.ts';
import { finding } from '../../../core/ocpi/findings.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newFile, newLink, openAt } from '../folder.ts';
import { conditions, exchange, failed, fits, type Kept, LINKS } from './model.ts';
import { settled } from './settled.ts';

const START = 1_790_000_000_000;
const LENGTH = 2500;
const RANK = { note: 1, warning: 2, error: 3 } as const;
type Group = TroubleFound['groups'][number];

interface Asked {
  readonly conditions: ExchangeConditions;
  readonly leastRank: number;
  readonly stretches: number;
  readonly now: number;
  readonly freshFrom: number;
}

const purposeOf = (applied: boolean): Pick<ExchangeRecord, 'faults'> => ({
  faults: {
    firings: [{ rule: 'r', ruleId: 1, kind: 'envelope.html', parameters: {}, hit: 1, did: 'did', applied }],
    wire: [],
  },
});

async function recordAll(history: History): Promise<Kept[]> {
  for (const name of LINKS) history.links.insert(newLink(name));
  const records = fc.sample(exchange, { numRuns: LENGTH, seed: 11 }).map((make, number) => ({
    ...make(number),
    ...(number % 7 === 0 ? purposeOf(number % 14 === 0) : {}),
  }));
  const stored = await Promise.all(records.map(record => history.recorder.record(record)));
  return stored.map(({ id }, at) => ({ id, noted: false, record: records[at] ?? versionsExchange(0) }));
}

const ask = async (history: History, { conditions: given, ...more }: Asked): Promise<TroubleFound> => {
  const answer = await history.traffic.troubles({ ...given, ...more });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.found;
};

/** The codes of one exchange, one by one, as anybody would read them off it. */
function codesOf({ record }: Kept, leastRank: number): { readonly layer: Group['layer']; readonly code: string }[] {
  const { ended, response, ocpiStatus, findings } = record;
  if (failed(record)) {
    return [failedLayer({ ended: ended.how, http: response?.status ?? null, ocpi: ocpiStatus ?? null })];
  }
  if (leastRank === 0) return [];
  const codes = findings.filter(({ severity }) => RANK[severity] >= leastRank).map(({ code }) => code);
  return [...new Set<string>(codes)].map(code => ({ layer: 'finding', code }));
}

function keyed(kept: readonly Kept[], leastRank: number): Map<string, Kept[]> {
  const groups = new Map<string, Kept[]>();
  for (const one of kept) {
    for (const { layer, code } of codesOf(one, leastRank)) {
      const { linkId, operation, direction } = one.record;
      const link = linkId === undefined ? null : (LINKS[linkId - 1] ?? null);
      const module = operation === 'unknown' ? null : operation.split('.', 1)[0];
      const key = JSON.stringify([link, module, layer, code, failed(one.record), direction]);
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  }
  return groups;
}

/** The slow and obvious way. */
function counted(kept: readonly Kept[], asked: Asked, { from, to }: TroubleFound): unknown[] {
  const { since: _, ...always } = asked.conditions;
  const ever = keyed(
    kept.filter(one => fits(one, always)),
    asked.leastRank,
  );
  const groups = keyed(
    kept.filter(one => fits(one, asked.conditions)),
    asked.leastRank,
  );
  const width = Math.max(1, (to - from) / asked.stretches);
  return [...groups]
    .map(([key, members]) => {
      const [link, module, layer, code, isFailed, direction] = JSON.parse(key) as unknown[];
      const starts = members.map(({ record }) => record.startedAt);
      const overTime = Array<number>(asked.stretches).fill(0);
      for (const start of starts) {
        const stretch = Math.max(0, Math.min(asked.stretches - 1, Math.trunc((start - from) / width)));
        overTime[stretch] = (overTime[stretch] ?? 0) + 1;
      }
      const oldest = Math.min(...(ever.get(key) ?? []).map(({ record }) => record.startedAt));
      return {
        ...{ link, module, layer, code, failed: isFailed, direction },
        versions: [...new Set(members.map(({ record }) => record.version ?? null))].sort(),
        count: members.length,
        onPurpose: members.filter(({ record }) => record.faults?.firings.some(({ applied }) => applied)).length,
        first: Math.min(...starts),
        last: Math.max(...starts),
        newestId: Math.max(...members.map(({ id }) => id)),
        fresh: oldest >= asked.freshFrom,
        overTime,
      };
    })
    .sort((left, right) => right.newestId - left.newestId);
}

const inOrder = (groups: readonly unknown[]) => groups.map(group => JSON.stringify(sorted(group))).sort();
const sorted = (group: unknown) => Object.fromEntries(Object.entries(group as object).sort());

describe('what went wrong, in groups', () => {
  it('is what a count of one after the other gives, whatever the filter', { timeout: 60_000 }, async () => {
    const history = await openAt(newFile());
    const kept = await recordAll(history);
    await settled(history);
    const time = fc.integer({ min: START - 5, max: START + LENGTH + 30 });
    const any = fc.record({
      conditions: conditions(LENGTH),
      leastRank: fc.integer({ min: 0, max: 3 }),
      stretches: fc.integer({ min: 1, max: 30 }),
      now: fc.constant(START + LENGTH + 100),
      freshFrom: time,
    });
    await fc.assert(
      fc.asyncProperty(any, async asked => {
        const found = await ask(history, asked);
        expect(inOrder(found.groups)).toEqual(inOrder(counted(kept, asked, found)));
        expect(found.groups.map(({ newestId }) => newestId)).toEqual(
          found.groups.map(({ newestId }) => newestId).sort((left, right) => right - left),
        );
        expect(found.to).toBe(asked.conditions.until ?? asked.now);
      }),
      { numRuns: 60 },
    );
  });

  it('spans from the oldest that fits, or from the moment asked for, to now', async () => {
    const history = await openAt(newFile());
    const { ocpiStatus: _, ...plain } = versionsExchange(1000, { ended: { how: 'interrupted' } });
    await history.recorder.record(plain);
    await history.recorder.record({ ...plain, startedAt: START + 3000 });
    const asked = { leastRank: 3, stretches: 4, now: START + 5000, freshFrom: START };
    const all = await ask(history, { ...asked, conditions: {} });
    expect(all).toMatchObject({ from: START + 1000, to: START + 5000, groups: [{ overTime: [1, 0, 1, 0], count: 2 }] });
    const some = await ask(history, { ...asked, conditions: { since: START + 2000 } });
    expect(some).toMatchObject({ from: START + 2000, groups: [{ overTime: [0, 1, 0, 0], count: 1, fresh: true }] });
    const old = await ask(history, { ...asked, freshFrom: START + 2000, conditions: { since: START + 2000 } });
    expect(old.groups).toMatchObject([{ count: 1, fresh: false }]);
    expect(await ask(history, { ...asked, conditions: { link: 'nobody' } })).toMatchObject({ groups: [] });
  });

  it('holds what changed a moment ago', async () => {
    const history = await openAt(newFile());
    const { id } = await history.recorder.record(versionsExchange(1));
    const asked: Asked = { leastRank: 2, stretches: 1, now: START + 10, freshFrom: START, conditions: {} };
    expect((await ask(history, asked)).groups).toEqual([]);
    const findings = [finding('registration.dead-token', { met: 'that', expected: 'this' })];
    await history.recorder.update(id, { findings });
    expect((await ask(history, asked)).groups).toMatchObject([{ code: 'registration.dead-token', failed: false }]);
    await history.recorder.update(id, { ocpiStatus: 2001 });
    expect((await ask(history, asked)).groups).toMatchObject([{ code: '2001', failed: true, count: 1 }]);
  });
});
