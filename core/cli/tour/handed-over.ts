import { join } from 'node:path';
import type { Run } from '../../contract/run.ts';
import type { LogExported } from '../../contract/session-log.ts';
import type { Scene } from './scene.ts';
import { endOf, openPlatform, type Platform, type Stage } from './stage.ts';

const RECORDED = 'partner - refuses';
const REPRODUCED = 'partner - reproduced';

/** A registration that fails, handed over as a file; elsewhere the partner is met again from the file alone. */
export async function handedOver({ us, partner, folder }: Stage): Promise<Scene[]> {
  const failing = await failingRegistration({ us, partner });
  const path = join(folder, 'refused.ocpilog');
  const exported = await exportRun(us, failing.id, path);
  const colleague = await openPlatform({
    name: 'colleague',
    file: join(folder, 'colleague.db'),
    party: ['NL', 'COL'],
    roles: ['EMSP', 'CPO'],
  });
  try {
    return [
      {
        title: 'the partner refuses a registration, which is exported as a session log',
        ok: failing.state === 'failed' && exported !== undefined,
        lines: [...linesOf(failing), ...exportLines(exported)],
      },
      await metAgain({ colleague, path, failing }),
    ];
  } finally {
    await colleague.close();
  }
}

async function failingRegistration({ us, partner }: Pick<Stage, 'us' | 'partner'>): Promise<Run> {
  const invitation = await partner.client.links.invite({ name: 'workbench - refused' });
  await us.client.links.add({ name: RECORDED, versionsUrl: invitation.versionsUrl, token: invitation.token });
  const rule = await partner.client.faults.add({
    kind: 'envelope.ocpi-status',
    name: 'refuses credentials',
    parameters: { code: 2001 },
    scope: { module: 'credentials', operation: 'credentials.post', direction: 'answer' },
    reachesRegistration: true,
  });
  const run = await endOf(us, await us.client.runs.register({ name: RECORDED }));
  await partner.client.faults.remove({ ids: [rule.id] });
  return run;
}

async function exportRun({ client }: Platform, runId: number, path: string): Promise<LogExported | undefined> {
  for await (const step of await client.logs.export({ scope: { runId }, path, title: 'refused in the tour' })) {
    if (step.kind === 'exported') return step;
  }
  return undefined;
}

interface Handed {
  readonly colleague: Platform;
  readonly path: string;
  readonly failing: Run;
}

/** The file answers in the partner's place, to somebody who never met it. */
async function metAgain({ colleague, path, failing }: Handed): Promise<Scene> {
  const { client } = colleague;
  const { condition, counts } = await client.logs.inspect({ path });
  const { id, versionsUrl, token } = await client.logs.reproductions.start({ source: { path }, timing: 'at-once' });
  await client.links.add({ name: REPRODUCED, versionsUrl, token });
  const run = await endOf(colleague, await client.runs.register({ name: REPRODUCED }));
  const { asked, known } = await client.logs.reproductions.stop({ id });
  const [then, now] = [failureOf(failing), failureOf(run)];
  return {
    title: 'a colleague with the file alone meets the same partner, and the same refusal',
    ok: condition === 'whole' && run.state === 'failed' && now === then,
    lines: [
      `the file is ${condition}: ${counts.exchanges} exchanges, ${counts.runs} run, ${counts.rules} rules`,
      ...linesOf(run),
      `${asked} of ${known} recorded requests were asked for again`,
    ],
  };
}

/** What the step that failed says. */
function failureOf({ steps }: Run): string | undefined {
  return steps.find(({ ok }) => !ok)?.reason;
}

function linesOf({ steps, state, result }: Run): string[] {
  return [...steps.map(({ step, reason }) => `${step}: ${reason}`), `=> ${result?.summary ?? state}`];
}

function exportLines(exported: LogExported | undefined): string[] {
  if (exported === undefined) return [];
  const { bytes, counts, redacted, path } = exported;
  const hidden = redacted.map(({ kind, values }) => `${values} ${kind}`).join(', ');
  return [
    `${path ?? ''}: ${counts.exchanges} exchanges in ${bytes} bytes`,
    ...(hidden === '' ? [] : [`replaced in it: ${hidden}`]),
  ];
}
