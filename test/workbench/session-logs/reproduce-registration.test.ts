import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VersionName } from '../../../core/contract/platform.ts';
import type { Run } from '../../../core/contract/run.ts';
import { type Reproducing, reproduce } from '../../session-log/support/reproducing.ts';
import type { PartnerOptions } from '../../support/partner/options.ts';
import {
  findingCodes,
  newName,
  openPartner,
  register,
  registerWith,
  sharedPlatform,
  verdicts,
} from '../../support/platform.ts';

const recording = sharedPlatform();
const registering = sharedPlatform();

/** What one workbench recorded of a partner. */
async function recordedOf(
  options: PartnerOptions,
  version: VersionName,
): Promise<{ readonly run: Run; readonly path: string }> {
  const partner = await openPartner(options);
  const platform = await recording();
  const name = newName();
  const run = await registerWith(platform, partner, { name, version });
  await partner.stop();
  const path = join(dirname(platform.file), `${name}.ocpilog`);
  for await (const step of await platform.client.logs.export({ scope: { link: name }, path })) {
    expect(step.kind).toMatch(/progress|exported/);
  }
  return { run, path };
}

/** Another workbench, with a database of its own, registers with the reproduction. */
async function registered({ view }: Reproducing, version: VersionName): Promise<Run> {
  const { versionsUrl, token } = view();
  const platform = await registering();
  const name = newName();
  await platform.client.links.add({ name, versionsUrl, token });
  return register(platform, { name, version });
}

/** Addresses and tokens are others. */
const said = (run: Run) =>
  verdicts(run).map(verdict => verdict.replace(/127\.0\.0\.1:\d+/g, 'PARTNER').replace(/\d+ ms/g, 'N ms'));

const FAILURES: readonly { readonly what: string; readonly options: PartnerOptions }[] = [
  {
    what: 'refuses the credentials with 3001',
    options: {
      overrides: {
        'credentials.post': {
          do: 'answer',
          status: 200,
          body: '{"status_code":3001,"status_message":"no way back","timestamp":"2026-03-02T10:00:00Z"}',
        },
      },
    },
  },
  { what: 'has no credentials endpoint', options: { credentialsRoles: [] } },
  { what: 'cuts its version details', options: { overrides: { details: { do: 'cut', at: 20, end: 'close' } } } },
];

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('on %s, a partner from a log', version => {
  it.each(FAILURES)('that $what does so to whoever registers with its reproduction', async ({ options }) => {
    const { run, path } = await recordedOf(options, version);
    expect(run.state).toBe('failed');
    const reproduction = await reproduce(path);
    const again = await registered(reproduction, version);
    expect(again.state).toBe('failed');
    expect(said(again)).toEqual(said(run));
    expect(findingCodes(again)).toEqual(findingCodes(run));
    expect(reproduction.view().unknown).toBe(0);
  });

  it('that nothing is wrong with registers as it did then', async () => {
    const { run, path } = await recordedOf({}, version);
    const reproduction = await reproduce(path);
    const again = await registered(reproduction, version);
    expect(said(again)).toEqual(said(run));
    expect(findingCodes(again)).toEqual(findingCodes(run));
    expect(again.state).toBe('done');
    expect(reproduction.view().unknown).toBe(0);
  });
});
