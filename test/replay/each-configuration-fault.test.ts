import { describe, expect, it } from 'vitest';
import type { ExchangeView } from '../../core/contract/exchange.ts';
import { FAULT_KINDS } from '../../core/faults/catalogue.ts';
import { compareStep } from '../../core/replay/compare/compare-step.ts';
import { newFindings } from '../../core/replay/compare/new-findings.ts';
import type { SpokenExchange, SpokenMessage } from '../../core/replay/recording.ts';
import { sharedPlatform } from '../support/platform.ts';
import { inRoles } from '../support/registered-partner.ts';
import { planOf, stepOf } from './compare/made.ts';
import { isConfiguration } from './fault-scenes.ts';
import { type FaultWorld, meetIn, type Sent, send } from './fault-world.ts';

const ours = sharedPlatform({ parties: inRoles('WBX', ['CPO', 'EMSP']) });
const theirs = sharedPlatform({ parties: inRoles('VLT', ['CPO', 'EMSP']) });
let opened: Promise<FaultWorld> | undefined;

/** Kinds of which the answer says nothing, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  'discovery.http-url': 'there is no URL of https here that it could spoil',
  'auth.tokens-swapped': 'both tokens are sealed alike: only their use tells, which is a finding of the registration',
};

/** Shown by sending credentials only. A good PUT ends the tokens: each has a link of its own. */
const WRITES = /client-unreachable|unsupported-version|no-matching|method-not|second-post|put-without|tokens-swapped/;

/** What shows a kind; what has to be written is read where that shows it as well. */
async function sentFor(kind: string, operation: string, world: FaultWorld): Promise<Sent> {
  const { us, partner } = world;
  if (operation === 'versions.details') return { operation, url: new URL('2.2.1', partner.versionsUrl).href };
  if (!/^credentials\.p/.test(operation)) return { operation };
  const refusals =
    /client-unreachable|unsupported-version|no-matching|method-not|second-post|put-without|tokens-swapped/;
  if (!refusals.test(kind)) return { operation: 'credentials.get' };
  const roles = ['CPO', 'EMSP'].map(role => ({
    role,
    party_id: 'WBX',
    country_code: 'NL',
    business_details: { name: 'WBX' },
  }));
  const body = JSON.stringify({ token: await theirToken(world), url: us.versionsUrl, roles });
  return { operation: kind.includes('second-post') ? 'credentials.post' : 'credentials.put', body, confirmed: true };
}

/** The token that the partner calls us with: it can still do so while it answers. */
async function theirToken({ us: { client }, name }: FaultWorld): Promise<string> {
  const { tokens } = await client.links.get({ name });
  const active = tokens.findLast(({ direction, state }) => direction === 'incoming' && state === 'active');
  return (await client.links.reveal({ name, tokenId: active?.id ?? '' })).token;
}

async function exchange({ us, name }: FaultWorld, sent: Sent): Promise<ExchangeView> {
  const made = await Promise.all((await send(us, name, sent)).map(id => us.client.exchanges.get({ id })));
  const own = made.find(({ direction }) => direction === 'out');
  if (own === undefined) throw new Error(`${sent.operation} was not sent`);
  return own;
}

function spokenOf(view: ExchangeView): SpokenExchange {
  const message = ({ headers, body }: ExchangeView['request']): SpokenMessage => ({
    headers,
    text: body.text ?? undefined,
    length: body.length,
    shortened: body.shortened,
  });
  return {
    operation: view.operation,
    method: view.method,
    url: view.url,
    startedAt: Date.parse(view.at),
    durationMs: view.durationMs,
    request: message(view.request),
    answer: view.response === null ? undefined : { ...message(view.response), ...view.response },
    ended: { ...view.endedDetails, how: view.ended },
    fromParty: undefined,
    toParty: undefined,
    requestId: view.requestId ?? undefined,
    correlationId: view.correlationId ?? undefined,
    findings: view.findings.map(({ code }) => code),
  };
}

/** Where today's exchange differs from the recorded one. */
function compared(recorded: SpokenExchange, met: SpokenExchange): string[] {
  const step = stepOf(recorded);
  const found = compareStep({ plan: planOf([step]), step, met, strict: false });
  const findings = newFindings({ before: recorded.findings, now: met.findings });
  return [...found, ...findings].map(({ layer, where, meaning }) => `${layer} ${where}: ${meaning}`);
}

const KINDS = FAULT_KINDS.filter(isConfiguration);

describe('one fault of the partner in versions and credentials', () => {
  it.each(KINDS.map(kind => ({ name: kind.kind, kind })))('$name is told', async ({ name, kind }) => {
    const fresh = async () => meetIn(await ours(), await theirs(), '2.2.1');
    opened ??= fresh();
    const world = WRITES.test(name) ? await fresh() : await opened;
    const sent = await sentFor(name, kind.sample.operation, world);
    const { client } = world.partner;
    await client.faults.add({
      kind: name,
      scope: { direction: 'answer', link: world.name },
      reachesRegistration: true,
    });
    const armed = await exchange(world, sent).finally(() => client.faults.remove({ all: true }));
    const made = await client.exchanges.list({ link: world.name, direction: 'in', limit: 20 });
    const hit = made.some(({ requestId, faults }) => requestId === armed.requestId && faults.includes(name));
    expect(hit).toBe(name !== 'discovery.http-url');
    const healthy = await exchange(world, sent);
    const again = WRITES.test(name) ? healthy : await exchange(world, sent);
    expect(compared(spokenOf(healthy), spokenOf(again))).toEqual([]);
    const told = compared(spokenOf(healthy), spokenOf(armed));
    if (UNSEEN[name] === undefined) expect(told).not.toEqual([]);
    else expect(told).toEqual([]);
  });
});
