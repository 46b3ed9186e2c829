import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { ExchangeSummary } from '../../core/contract/exchange.ts';
import { Failure, type Outcome } from '../../core/contract/failure.ts';
import type { LinkView } from '../../core/contract/links.ts';
import type { OwnParty, VersionName } from '../../core/contract/platform.ts';
import type { Run } from '../../core/contract/run.ts';
import { type Joined, ownDatabase } from '../../core/loopback/own.ts';
import type { PartnerOptions } from './partner/options.ts';
import { type Partner, startPartner } from './partner/partner.ts';

/** A whole workbench over a real database, as `wb serve` opens it. */
export interface TestPlatform extends Required<Joined> {
  readonly file: string;
  /** What partners are told; empty while it does not listen. */
  readonly versionsUrl: string;
}

export interface TestPlatformOptions {
  /** A database to open again; a new one unless given. */
  readonly file?: string;
  readonly parties?: readonly OwnParty[];
  readonly versions?: readonly VersionName[];
  /** Whether it listens from the start; true unless said. */
  readonly serve?: boolean;
  readonly clock?: Parameters<typeof ownDatabase>[0]['clock'];
}

const platforms = new Set<TestPlatform>();
const partners = new Set<Partner>();
const folders: string[] = [];

afterEach(async () => {
  await Promise.all([...platforms].map(platform => platform.close()));
  await Promise.all([...partners].map(partner => partner.stop()));
  partners.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** One workbench for every test of a suite, for large tables: each test takes a link name of its own. */
export function sharedPlatform(options: TestPlatformOptions = {}): () => Promise<TestPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-flows-'));
  let opened: Promise<TestPlatform> | undefined;
  afterAll(async () => {
    await (await opened)?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    opened ??= openKept({ file: join(folder, 'workbench.db'), ...options });
    return opened;
  };
}

let names = 0;

/** A link name that no other test of this file has. */
export function newName(): string {
  return `link ${++names}`;
}

/** A path for a database in a folder that goes when the test ends. */
export function newDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-flows-'));
  folders.push(folder);
  return join(folder, 'workbench.db');
}

/** Opens a workbench that is closed when the test ends. */
export async function openPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const opened = await openKept(options);
  const platform: TestPlatform = {
    ...opened,
    close: async () => {
      if (platforms.delete(platform)) await opened.close();
    },
  };
  platforms.add(platform);
  return platform;
}

async function openKept(options: TestPlatformOptions): Promise<TestPlatform> {
  const { file = newDatabase(), parties, versions, serve = true, clock } = options;
  const owned = must(await ownDatabase({ file, keyStore: 'file', ...(clock === undefined ? {} : { clock }) }));
  if (parties !== undefined || versions !== undefined) {
    must(
      owned.workbench.platform.configure({
        ...(parties === undefined ? {} : { parties: [...parties] }),
        ...(versions === undefined ? {} : { versions: [...versions] }),
      }),
    );
  }
  const versionsUrl = serve ? must(await owned.workbench.serving.start()).versionsUrl : '';
  return { ...owned, file, versionsUrl };
}

/** A raw partner that is stopped when the test ends. */
export async function openPartner(options: PartnerOptions = {}): Promise<Partner> {
  const partner = await startPartner(options);
  partners.add(partner);
  return partner;
}

export interface Meeting {
  /** `partner` unless said. */
  readonly name?: string;
  readonly version?: VersionName;
  readonly settings?: NonNullable<Parameters<TestPlatform['client']['links']['add']>[0]['settings']>;
}

/** Adds the partner as a link with its token A. */
export function addPartner({ client }: TestPlatform, partner: Partner, { name = 'partner', settings }: Meeting = {}) {
  const token = partner.tokenA ?? partner.invite().token;
  return client.links.add({
    name,
    versionsUrl: partner.versionsUrl,
    token,
    ...(settings === undefined ? {} : { settings }),
  });
}

/** Adds the partner and registers with it; the run once it has ended. */
export async function registerWith(platform: TestPlatform, partner: Partner, meeting: Meeting = {}): Promise<Run> {
  await addPartner(platform, partner, meeting);
  return register(platform, meeting);
}

/** Registers with a link that is there. */
export async function register(platform: TestPlatform, { name = 'partner', version }: Meeting = {}): Promise<Run> {
  return endOf(platform, await platform.client.runs.register({ name, ...(version === undefined ? {} : { version }) }));
}

/** The run once it has ended. */
export async function endOf({ client }: Pick<TestPlatform, 'client'>, { runId }: { runId: number }): Promise<Run> {
  for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') return run;
  return client.runs.get({ runId });
}

/** The newest run that a partner began with this link, once it has ended. */
export async function theirRun(platform: TestPlatform, name = 'partner'): Promise<Run> {
  const run = (await platform.client.runs.list({ name, limit: 20 })).find(({ initiator }) => initiator === 'them');
  if (run === undefined) throw new Error(`${name} began no run`);
  return run.state === 'running' ? endOf(platform, { runId: run.id }) : run;
}

/** `outgoing A retired`, oldest first. */
export async function ledger({ client }: TestPlatform, name = 'partner'): Promise<string[]> {
  const { tokens } = await client.links.get({ name });
  return tokens.map(({ direction, kind, state }) => `${direction} ${kind} ${state}`);
}

/** `ok versions: ...` or `FAIL versions: ...`, one a step. */
export function verdicts(run: Run): string[] {
  return run.steps.map(({ ok, step, reason }) => `${ok ? 'ok' : 'FAIL'} ${step}: ${reason}`);
}

/** The reason of the last step of this name; empty when there is none. */
export function reasonOf(run: Run, step: string): string {
  return run.steps.findLast(one => one.step === step)?.reason ?? '';
}

export function findingCodes(run: Run): string[] {
  return run.steps.flatMap(({ findings }) => findings.map(({ code }) => code));
}

/** The exchanges of a run, oldest first. */
export async function exchangesOf({ client }: TestPlatform, runId: number): Promise<ExchangeSummary[]> {
  return (await client.exchanges.list({ runId, limit: 1000 })).toReversed();
}

/** The token itself of a line of the ledger. */
export async function tokenOf({ client }: TestPlatform, link: LinkView, at: number): Promise<string> {
  const tokenId = link.tokens.at(at)?.id ?? '';
  return (await client.links.reveal({ name: link.name, tokenId })).token;
}

/** The failure of a contract call that is expected to fail. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const told = error instanceof Error && 'data' in error ? { ...(error.data as object), ...error } : {};
  const { success, data } = Failure.safeParse({ ...told, message: error instanceof Error ? error.message : undefined });
  if (!success) throw new Error(`it did not fail as the contract says: ${String(error)}`);
  return data;
}

/** The value of an outcome that has to be good. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return outcome.value;
}
