import { afterEach, describe, expect, it } from 'vitest';
import type { OwnParty, VersionName } from '../../core/contract/platform.ts';
import type { TransactionView } from '../../core/contract/transaction.ts';
import { openObservedFile } from '../../core/history/insight/observed-file.ts';
import { CASES } from '../../core/insight/cases.ts';
import { detect } from '../../core/insight/detect/detect.ts';
import { merge } from '../../core/insight/detect/merge.ts';
import { createFlowDetection } from '../../core/insight/flows/flow-detection.ts';
import type { Observed } from '../../core/insight/observed.ts';
import { endOf, openPlatform, register, type TestPlatform } from '../support/platform.ts';
import { type HeldPlatforms, holdPlatforms } from './held-platforms.ts';

const BEGIN = Date.UTC(2026, 10, 23, 6);
const HOUR = 3_600_000;
/** Simulated seconds in one of the clock. */
const SPEED = 8;
const OF_CASES: ReadonlySet<string> = new Set(CASES.flatMap(({ findings }) => findings));

const party = (partyId: string, role: OwnParty['role']): OwnParty => ({
  countryCode: 'NL',
  partyId,
  role,
  name: partyId,
});

let held: HeldPlatforms | undefined;
afterEach(() => held?.stop());

interface Pair {
  readonly cpo: TestPlatform;
  readonly emsp: TestPlatform;
  readonly time: HeldPlatforms;
}

/** A workbench with chargers and one with customers, registered with each other, on one clock. */
async function pairOf(version: VersionName): Promise<Pair> {
  const time = holdPlatforms(BEGIN);
  held = time;
  const { clock } = time;
  const cpo = await openPlatform({ parties: [party('CPO', 'CPO')], versions: [version], clock });
  const emsp = await openPlatform({ parties: [party('EMP', 'EMSP')], versions: [version], clock });
  for (const module of ['locations', 'tariffs'] as const) {
    await time.until(cpo.client.own.generate({ module, version, count: module === 'tariffs' ? 416 : 25, seed: 'day' }));
  }
  await time.until(emsp.client.own.generate({ module: 'tokens', version, count: 20, seed: 'day' }));
  const { token, versionsUrl } = await cpo.client.links.invite({ name: 'emsp' });
  await emsp.client.links.add({ name: 'cpo', versionsUrl, token });
  expect(await time.until(register(emsp, { name: 'cpo' }))).toMatchObject({ state: 'done' });
  return { cpo, emsp, time };
}

async function pull({ emsp, cpo, time }: Pair): Promise<void> {
  for (const module of ['locations', 'tariffs', 'sessions', 'cdrs'] as const) {
    const run = await emsp.client.pulls.start({ name: 'cpo', module });
    expect(await time.until(endOf(emsp, run))).toMatchObject({ state: 'done' });
  }
  const tokens = await cpo.client.pulls.start({ name: 'emsp', module: 'tokens' });
  expect(await time.until(endOf(cpo, tokens))).toMatchObject({ state: 'done' });
}

/** Told by waiting alone: what looks at exchanges in the background lives in real time, and here a day takes seconds. */
const BY_WAITING: ReadonlySet<string> = new Set(['result.never', 'registration.token-c-refused']);

/** Everything recorded on one side, in the order in which it began. */
function recorded({ file }: TestPlatform): Observed[] {
  const opened = openObservedFile(file);
  try {
    return opened.rows.after(0, 100_000).map(({ observed: { findings, ...one } }) => ({
      ...one,
      findings: findings.filter(({ code }) => !BY_WAITING.has(code)),
    }));
  } finally {
    opened.close();
  }
}

/** What is told of cases, worse than a note, by all detectors over all exchanges. */
function troubles(exchanges: readonly Observed[]): string[] {
  const flows = createFlowDetection();
  const operations = new Map(exchanges.map(({ id, operation, direction }) => [id, `${direction} ${operation}`]));
  const found = exchanges.flatMap(one => [
    ...merge(one, detect(one)).map(finding => ({ exchangeId: one.id, finding })),
    ...flows.see(one),
  ]);
  found.push(...flows.tick(BEGIN + 48 * HOUR));
  return found
    .filter(({ finding }) => finding.severity !== 'note' && OF_CASES.has(finding.code))
    .map(
      ({ exchangeId, finding }) =>
        `${exchangeId} ${operations.get(exchangeId)} ${finding.code} ${finding.pointer} ${finding.met} / ${finding.expected}`,
    );
}

/** All transactions of one side, once everything recorded is in them. */
async function transactionsOf({ client }: TestPlatform): Promise<TransactionView[]> {
  for (;;) {
    const { rows, behind } = await client.transactions.page({ limit: 500 });
    if (behind === 0) return Promise.all(rows.map(({ id }) => client.transactions.get({ id })));
  }
}

describe('a correct partner', () => {
  it.each([
    ['2.2.1', 24],
    ['2.1.1', 6],
    ['2.3.0', 6],
  ] as const)(
    'shows none of the 35 cases in OCPI %s over %i hours of simulated traffic, from either side',
    async (version, hours) => {
      const pair = await pairOf(version);
      const { cpo, emsp, time } = pair;
      await pull(pair);
      await cpo.client.life.set({ speed: SPEED, arrivals: 0.8 / hours });
      for (let hour = 0; hour < hours; hour++) {
        if (hour % 6 === 1) await emsp.client.life.start({ as: 'app', link: 'cpo' });
        await time.pass(HOUR / SPEED);
        if (hour % 12 === 11) await pull(pair);
      }
      const sides = [recorded(cpo), recorded(emsp)];
      const told = new Set(sides.flat().map(({ operation }) => operation));
      const due = ['sessions.put', 'cdrs.post', 'locations.patch-evse', 'commands.start-session', 'commands.result'];
      expect(due.filter(operation => !told.has(operation))).toEqual([]);
      expect(sides.map(troubles)).toEqual([[], []]);

      const made = [await transactionsOf(cpo), await transactionsOf(emsp)];
      const wrong = made
        .flat()
        .flatMap(({ id, problems }) =>
          problems.filter(({ code }) => code.startsWith('transaction.')).map(problem => ({ id, problem })),
        );
      expect(wrong).toEqual([]);
      // What was begun from the app goes on in the same transaction on either side.
      for (const side of made) {
        const begun = side.filter(({ points }) =>
          points.some(({ kind, said }) => kind === 'result' && said === 'ACCEPTED'),
        );
        expect(begun.filter(({ points }) => !points.some(({ kind }) => kind === 'session'))).toEqual([]);
      }
      for (const side of made) {
        const ids = side.flatMap(({ session }) => session ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        const cdrs = side.flatMap(({ cdr }) => cdr ?? []);
        expect(new Set(cdrs).size).toBe(cdrs.length);
      }
    },
    120_000,
  );
});
