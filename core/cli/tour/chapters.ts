import type { VersionName } from '../../contract/platform.ts';
import type { Run } from '../../contract/run.ts';
import { billed } from './billed.ts';
import { chargeInEachRole } from './charges.ts';
import { faultsExplained } from './faulty.ts';
import { handedOver } from './handed-over.ts';
import { pullTwice } from './partner-data.ts';
import { replayed } from './replayed.ts';
import type { Scene } from './scene.ts';
import { endOf, type Platform, type Stage } from './stage.ts';

export interface Chapter {
  readonly title: string;
  play(stage: Stage): Promise<Scene[]>;
}

const VERSIONS: readonly VersionName[] = ['2.1.1', '2.2.1', '2.3.0'];

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'We register with a partner, in each version',
    play: stage => each(VERSIONS, version => registerWith(stage.us, stage.partner, version)),
  },
  {
    title: 'A partner registers with us, in each version',
    play: stage => each(VERSIONS, version => registerWith(stage.partner, stage.us, version)),
  },
  { title: 'Both tokens are exchanged anew', play: async stage => [await rotate(stage)] },
  { title: "A partner's data", play: pullTwice },
  { title: 'A whole charge, in each role', play: chargeInEachRole },
  { title: 'What it cost, and what it ought to', play: billed },
  { title: 'One timeline, and replay', play: replayed },
  { title: 'Wrong on purpose, and explained', play: faultsExplained },
  {
    title: 'What goes wrong',
    play: async stage => [
      await wrongToken(stage),
      await unreachable(stage),
      await noCommonVersion(stage),
      await registeredAlready(stage),
    ],
  },
  { title: 'Handed over, and met again', play: handedOver },
];

async function each<T>(items: readonly T[], play: (item: T) => Promise<Scene>): Promise<Scene[]> {
  const scenes: Scene[] = [];
  for (const item of items) scenes.push(await play(item));
  return scenes;
}

const linkName = (other: Platform, version: string) => `${other.name} ${version}`;

/** `from` is invited by `to` and registers with it. */
async function registerWith(from: Platform, to: Platform, version: VersionName): Promise<Scene> {
  const invitation = await to.client.links.invite({ name: `${linkName(from, version)} - invited` });
  const name = `${linkName(to, version)} - added`;
  await from.client.links.add({ name, versionsUrl: invitation.versionsUrl, token: invitation.token });
  const run = await endOf(from, await from.client.runs.register({ name, version }));
  const [link, back] = await Promise.all([
    from.client.links.get({ name }),
    to.client.links.get({ name: `${linkName(from, version)} - invited` }),
  ]);
  const ok =
    run.state === 'done' && link.version === version && link.state === 'registered' && back.state === 'registered';
  return scene(`OCPI ${version}`, ok, run);
}

async function rotate({ us, partner }: Stage): Promise<Scene> {
  const name = `${linkName(partner, '2.2.1')} - added`;
  const before = await us.client.links.get({ name });
  const run = await endOf(us, await us.client.runs.rotate({ name }));
  const after = await us.client.links.get({ name });
  const active = (link: typeof before) => link.tokens.filter(({ state }) => state === 'active').map(({ id }) => id);
  const ok =
    run.state === 'done' && active(after).length === 2 && !active(after).some(id => active(before).includes(id));
  return scene('PUT of credentials', ok, run);
}

async function wrongToken({ us, partner }: Stage): Promise<Scene> {
  const name = 'partner - wrong token';
  await us.client.links.add({ name, versionsUrl: partner.versionsUrl, token: 'not-the-token-that-was-given' });
  const run = await endOf(us, await us.client.runs.register({ name }));
  return scene('401: a token the partner does not know', run.state === 'failed' && says(run, '401'), run);
}

/** Our advertised address leads nowhere, as behind a forgotten port forwarding: the partner cannot call back. */
async function unreachable({ us, partner }: Stage): Promise<Scene> {
  const invitation = await partner.client.links.invite({ name: 'workbench - unreachable' });
  const name = 'partner - calls back in vain';
  await us.client.links.add({ name, versionsUrl: invitation.versionsUrl, token: invitation.token });
  us.workbench.platform.configure({ publicUrl: 'http://127.0.0.1:9' });
  const run = await endOf(us, await us.client.runs.register({ name }));
  us.workbench.platform.configure({ publicUrl: undefined });
  return scene('3001: the partner cannot call us back', run.state === 'failed' && says(run, '3001'), run);
}

/** A partner that offers 2.1.1 alone posts its credentials to our 2.3.0 endpoint. */
async function noCommonVersion({ us, partner }: Stage): Promise<Scene> {
  const ours = await us.client.links.invite({ name: 'partner - wrong version' });
  const theirs = await partner.client.links.invite({ name: 'workbench - wrong version' });
  partner.workbench.platform.configure({ versions: ['2.1.1'] });
  const answer = await post(`${us.versionsUrl.replace(/versions$/, '2.3.0')}/credentials`, ours.token, {
    token: theirs.token,
    url: partner.versionsUrl,
    roles: [
      { role: 'CPO', country_code: 'SE', party_id: 'PTN', business_details: { name: 'The partner of the tour' } },
    ],
  });
  partner.workbench.platform.configure({ versions: [...VERSIONS] });
  return {
    title: '3002: credentials for a version the partner itself does not offer',
    ok: answer.status === 200 && answer.code === 3002,
    lines: [`answered ${answer.status} with ${answer.code}: ${answer.message}`],
  };
}

async function registeredAlready({ us, partner }: Stage): Promise<Scene> {
  const link = await partner.client.links.get({ name: `${linkName(us, '2.3.0')} - added` });
  const token = link.tokens.find(({ direction, state }) => direction === 'outgoing' && state === 'active');
  const { token: value } = await partner.client.links.reveal({ name: link.name, tokenId: token?.id ?? '' });
  const answer = await post(`${us.versionsUrl.replace(/versions$/, '2.3.0')}/credentials`, value, {
    token: 'a-fresh-token-of-the-partner',
    url: partner.versionsUrl,
    roles: [
      { role: 'CPO', country_code: 'SE', party_id: 'PTN', business_details: { name: 'The partner of the tour' } },
    ],
  });
  return {
    title: '405: a partner that is registered already posts again',
    ok: answer.status === 405,
    lines: [`answered ${answer.status}, allowed: ${answer.allow}: ${answer.message}`],
  };
}

function scene(title: string, ok: boolean, run: Run): Scene {
  const lines = run.steps.map(
    ({ step, reason, exchangeIds }) =>
      `${step}: ${reason}${exchangeIds.length > 0 ? `  [${exchangeIds.map(id => `#${id}`).join(' ')}]` : ''}`,
  );
  return { title, ok, lines: [...lines, `=> ${run.result?.summary ?? run.state}`] };
}

function says(run: Run, text: string): boolean {
  return run.steps.some(({ ok, reason }) => !ok && reason.includes(text));
}

/** A call the workbench itself would not make: the partner's part, played by hand. */
async function post(url: string, token: string, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Token ${Buffer.from(token).toString('base64')}`,
      'content-type': 'application/json',
      'x-request-id': crypto.randomUUID(),
      'x-correlation-id': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  const envelope = (await response.json()) as { readonly status_code?: number; readonly status_message?: string };
  return {
    status: response.status,
    code: envelope.status_code,
    message: envelope.status_message ?? '',
    allow: response.headers.get('allow') ?? '',
  };
}
