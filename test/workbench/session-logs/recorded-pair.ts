import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { LogExported, LogProgress } from '../../../core/contract/session-log.ts';
import type { ContractClient } from '../../../core/loopback/client.ts';
import type { LogRecord } from '../../../core/session-log/format/records.ts';
import { type ReadLine, readLog } from '../../../core/session-log/read/read-log.ts';
import { endOf, register, sharedPlatform, type TestPlatform } from '../../support/platform.ts';

/** Two workbenches that registered, pulled and pushed over sockets; `emsp` is the one that is looked at. */
export interface RecordedPair {
  readonly cpo: TestPlatform;
  readonly emsp: TestPlatform;
  /** Uids of drivers' tokens that crossed the wire. */
  readonly personal: readonly string[];
  /** Id of the exchange with a note, which is pinned too. */
  readonly noted: number;
}

const folder = mkdtempSync(join(tmpdir(), 'workbench-exports-'));
let files = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A path for a file that goes after the tests. */
export function newFile(ending = 'ocpilog'): string {
  return join(folder, `${++files}.${ending}`);
}

/** Ends with what was exported; all progress before it. */
export async function exportLog(
  client: ContractClient,
  input: Parameters<ContractClient['logs']['export']>[0],
): Promise<{ readonly exported: LogExported; readonly progress: readonly LogProgress[] }> {
  const progress: LogProgress[] = [];
  for await (const step of await client.logs.export(input)) {
    if (step.kind === 'exported') return { exported: step, progress };
    progress.push(step);
  }
  throw new Error('an export ends with what was exported, or a failure');
}

/** All lines of a whole log, but for the header. */
export async function recordsOf(path: string): Promise<LogRecord[]> {
  const lines: LogRecord[] = [];
  const reading = readLog({ path });
  for (;;) {
    const { done, value } = await reading.next();
    if (done) {
      if (!value.ok) throw new Error(value.failure.message);
      if (value.value.condition !== 'whole') throw new Error(value.value.problem);
      return lines;
    }
    if (value.type === 'odd') throw new Error(`line ${value.line}: ${value.reason}`);
    if (value.type !== 'ocpilog') lines.push(value);
  }
}

export async function headerOf(path: string): Promise<Extract<ReadLine, { type: 'ocpilog' }>> {
  for await (const line of readLog({ path })) if (line.type === 'ocpilog') return line;
  throw new Error('it has no header');
}

export function ofType<Type extends LogRecord['type']>(records: readonly LogRecord[], type: Type) {
  return records.filter((record): record is Extract<LogRecord, { type: Type }> => record.type === type);
}

const VERSION = '2.2.1' as const;

/**
 * One pair for all tests of a file: a registration, a pull of locations, a fault that fires on tokens, a pull of tokens that
 * goes well, a note and a pin.
 */
export function sharedPair(): () => Promise<RecordedPair> {
  const openCpo = sharedPlatform({
    parties: [{ countryCode: 'NL', partyId: 'CPO', role: 'CPO', name: 'Acme Charging' }],
    versions: [VERSION],
  });
  const openEmsp = sharedPlatform({
    parties: [{ countryCode: 'NL', partyId: 'EMP', role: 'EMSP', name: 'Emma Mobility' }],
    versions: [VERSION],
  });
  let recorded: Promise<RecordedPair> | undefined;
  return () => {
    recorded ??= Promise.all([openCpo(), openEmsp()]).then(recordPair);
    return recorded;
  };
}

async function recordPair([cpo, emsp]: readonly [TestPlatform, TestPlatform]): Promise<RecordedPair> {
  await cpo.client.own.generate({ module: 'locations', version: VERSION, count: 3, seed: 'log' });
  await emsp.client.own.generate({ module: 'tokens', version: VERSION, count: 3, seed: 'log' });
  const { token, versionsUrl } = await cpo.client.links.invite({ name: 'emsp' });
  await emsp.client.links.add({ name: 'cpo', versionsUrl, token });
  await register(emsp, { name: 'cpo' });
  await endOf(emsp, await emsp.client.pulls.start({ name: 'cpo', module: 'locations' }));
  await emsp.client.faults.add({
    name: 'no data',
    kind: 'envelope.data-null',
    scope: { module: 'tokens' },
    when: { nth: 1 },
  });
  await endOf(cpo, await cpo.client.pulls.start({ name: 'emsp', module: 'tokens' }));
  await endOf(cpo, await cpo.client.pulls.start({ name: 'emsp', module: 'tokens' }));
  const { objects } = await cpo.client.objects.list({ name: 'emsp', module: 'tokens' });
  const personal = objects.map(({ id }) => id);
  const [newest] = await emsp.client.exchanges.list({ module: 'tokens', limit: 1 });
  const id = newest?.id ?? 0;
  await emsp.client.exchanges.note({ id, text: `Here ${personal[0]} was refused.` });
  await emsp.client.storage.pin({ ids: [id], on: true });
  return { cpo, emsp, personal, noted: id };
}
