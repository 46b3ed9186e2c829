import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnRole } from '../../contract/platform.ts';
import type { Run } from '../../contract/run.ts';
import { type Joined, ownDatabase } from '../../loopback/own.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { CommandFailure } from '../terminal.ts';

/** One of the two platforms of the tour: its own database, its own port, real HTTP. */
export interface Platform extends Required<Joined> {
  readonly name: string;
  readonly file: string;
  readonly versionsUrl: string;
}

export interface Stage {
  readonly us: Platform;
  readonly partner: Platform & Sandbox;
  readonly folder: string;
  close(): Promise<void>;
}

/** A workbench and a sandbox on this machine, each the partner of the other. */
export async function setStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-tour-'));
  const us = await openPlatform({
    name: 'workbench',
    file: join(folder, 'workbench.db'),
    party: ['NL', 'WBX'],
    roles: ['EMSP', 'CPO', 'PTP'],
  });
  const partner = await openPartner(join(folder, 'partner.db'));
  return {
    us,
    partner,
    folder,
    close: async () => {
      await us.close();
      await partner.close();
    },
  };
}

/** A platform with locations of its own. */
async function openPartner(file: string): Promise<Platform & Sandbox> {
  const opened = await openSandbox({
    file,
    keyStore: 'file',
    seed: 'tour',
    locations: 200,
    countries: ['SE'],
    roles: ['CPO', 'EMSP'],
  });
  if (!opened.ok) throw new CommandFailure(opened.failure);
  return { ...opened.value, name: 'partner', file };
}

interface PlatformOptions {
  readonly name: string;
  readonly file: string;
  readonly party: readonly [countryCode: string, partyId: string];
  readonly roles: readonly OwnRole[];
}

export async function openPlatform({ name, file, party, roles }: PlatformOptions): Promise<Platform> {
  // The tour leaves nothing in anybody's keychain.
  const owned = await ownDatabase({ file, keyStore: 'file' });
  if (!owned.ok) throw new CommandFailure(owned.failure);
  const { workbench } = owned.value;
  const [countryCode, partyId] = party;
  const parties = roles.map(role => ({ countryCode, partyId, role, name: `The ${name} of the tour` }));
  const configured = workbench.platform.configure({ parties });
  if (!configured.ok) throw new CommandFailure(configured.failure);
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new CommandFailure(serving.failure);
  return { ...owned.value, name, file, versionsUrl: serving.value.versionsUrl };
}

/** The run once it has ended. */
export async function endOf({ client }: Platform, { runId }: { runId: number }): Promise<Run> {
  for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') return run;
  return client.runs.get({ runId });
}
