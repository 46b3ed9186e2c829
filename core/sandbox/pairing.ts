import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Run } from '../contract/run.ts';
import { type ContractClient, outcomeOf } from '../loopback/client.ts';
import type { Workbench } from '../workbench.ts';

/** What the sandbox is called on our side, and we on its side. */
const SANDBOX_LINK = 'sandbox';
const OUR_LINK = 'workbench';

/** What pairing needs of our side. */
export type OurSide = Pick<Workbench, 'links' | 'flows' | 'runs'>;

/** The sandbox's side: it may live in another thread or process, so that all is asked over its contract. */
export interface TheirSide {
  readonly client: ContractClient;
  readonly versionsUrl: string;
}

/** Has a platform and a sandbox registered with each other; where they are already, nothing is said over the wire. */
export async function pair(ours: OurSide, sandbox: TheirSide): Promise<Outcome<{ readonly link: string }>> {
  const theirs = sandbox.client.links;
  const link = linkTo(ours, sandbox.versionsUrl);
  if (link?.state === 'suspended') {
    return failed(
      'WRONG_STATE',
      'the link to the sandbox is suspended',
      `wb link set ${link.name} --resume ends that.`,
    );
  }
  const standing = link?.state === 'registered' || link?.state === 'adopted';
  if (link !== undefined && standing && link.versionsUrl !== sandbox.versionsUrl) {
    return failed(
      'NAME_TAKEN',
      `the link "${SANDBOX_LINK}" leads to ${link.versionsUrl ?? 'nobody'}, not to the sandbox`,
      'Give that link another name: wb link set sandbox --name NAME.',
    );
  }
  const name = link?.name ?? SANDBOX_LINK;
  const known = await outcomeOf(theirs.list());
  if (!known.ok) return known;
  const theyKnowUs = known.value.some(({ name, state }) => name === OUR_LINK && state === 'registered');
  if (standing && theyKnowUs) return done({ link: name });

  const invited = await outcomeOf(theirs.invite({ name: OUR_LINK }));
  if (!invited.ok) return invited;
  const { token, versionsUrl } = invited.value;
  if (standing) {
    // The sandbox began anew and knows nothing of us.
    const forgotten = await ended(ours, ours.flows.unregister({ name, localOnly: true }));
    if (!forgotten.ok) return forgotten;
  }
  const wanted = { name, versionsUrl, token };
  const set = link === undefined ? ours.links.add(wanted) : ours.links.set(wanted);
  if (!set.ok) return set;
  const registered = await ended(ours, ours.flows.register({ name }));
  return registered.ok ? done({ link: name }) : registered;
}

/** The link that leads there, whatever it is called by now; else the one that has its name. */
function linkTo({ links }: OurSide, versionsUrl: string) {
  const all = links.list();
  return all.find(link => link.versionsUrl === versionsUrl) ?? all.find(({ name }) => name === SANDBOX_LINK);
}

async function ended({ runs }: OurSide, started: Outcome<number>): Promise<Outcome<Run>> {
  if (!started.ok) return started;
  for await (const run of runs.watch(started.value)) {
    if (run.state === 'running') continue;
    if (run.state === 'done') return done(run);
    const why = run.result?.summary ?? run.state;
    return failed('OPERATION_FAILED', why, 'The exchanges with the sandbox show what was said.');
  }
  return failed('OPERATION_FAILED', `run ${started.value} did not end`, 'Try again.');
}
