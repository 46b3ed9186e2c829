import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Run } from '../contract/run.ts';
import type { Workbench } from '../workbench.ts';
import type { Sandbox } from './sandbox.ts';

/** What the sandbox is called on our side, and we on its side. */
export const SANDBOX_LINK = 'sandbox';
const OUR_LINK = 'workbench';

/** Has a platform and a sandbox registered with each other; where they are already, nothing is said over the wire. */
export async function pair(ours: Workbench, sandbox: Sandbox): Promise<Outcome<{ readonly link: string }>> {
  const theirs = sandbox.workbench;
  const link = linkNamed(ours, SANDBOX_LINK);
  if (link?.state === 'suspended') {
    return failed('WRONG_STATE', 'the link to the sandbox is suspended', 'wb link set sandbox --resume ends that.');
  }
  const standing = link?.state === 'registered' || link?.state === 'adopted';
  if (link !== undefined && standing && link.versionsUrl !== sandbox.versionsUrl) {
    return failed(
      'NAME_TAKEN',
      `the link "${SANDBOX_LINK}" leads to ${link.versionsUrl ?? 'nobody'}, not to the sandbox`,
      'Give that link another name: wb link set sandbox --name NAME.',
    );
  }
  if (standing && linkNamed(theirs, OUR_LINK)?.state === 'registered') return done({ link: SANDBOX_LINK });

  const invited = await theirs.flows.invite({ name: OUR_LINK });
  if (!invited.ok) return invited;
  const { token, versionsUrl } = invited.value;
  if (standing) {
    // The sandbox began anew and knows nothing of us.
    const forgotten = await ended(ours, ours.flows.unregister({ name: SANDBOX_LINK, localOnly: true }));
    if (!forgotten.ok) return forgotten;
  }
  const named = { name: SANDBOX_LINK, versionsUrl, token };
  const known = link === undefined ? ours.links.add(named) : ours.links.set(named);
  if (!known.ok) return known;
  const registered = await ended(ours, ours.flows.register({ name: SANDBOX_LINK }));
  return registered.ok ? done({ link: SANDBOX_LINK }) : registered;
}

function linkNamed({ links }: Workbench, name: string) {
  const found = links.get(name);
  return found.ok ? found.value : undefined;
}

async function ended({ runs }: Workbench, started: Outcome<number>): Promise<Outcome<Run>> {
  if (!started.ok) return started;
  for await (const run of runs.watch(started.value)) {
    if (run.state === 'running') continue;
    if (run.state === 'done') return done(run);
    const why = run.result?.summary ?? run.state;
    return failed('OPERATION_FAILED', why, `wb exchanges --link ${SANDBOX_LINK} shows what was said.`);
  }
  return failed('OPERATION_FAILED', `run ${started.value} did not end`, 'Try again.');
}
