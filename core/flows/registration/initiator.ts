import { writeCredentials } from '../../ocpi/credentials.ts';
import { finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import { converse } from './conversation.ts';
import { isClearRefusal, readCredentialsAnswer } from './credentials-answer.ts';
import { endTokenB, keep, type Talk } from './keeping.ts';
import { type PartnerReading, readPartner } from './partner-reading.ts';
import { likelyVersion } from './partner-shape.ts';
import type { FlowAnswer, FlowResult, RegistrationPorts, RunContext } from './ports.ts';

export interface RegisterOptions {
  readonly linkId: number;
  readonly version?: Version;
}

/**
 * Registers with a partner as the sender of the handshake (digest 3.2, steps 2 to 8). On any failure the link is as it
 * was before, and token B is dead.
 */
export function register(ports: RegistrationPorts, run: RunContext, options: RegisterOptions): Promise<FlowResult> {
  return exchangeCredentials(ports, run, { ...options, method: 'POST' });
}

/**
 * Updates a registration with PUT: new tokens, the current versions URL, and the version asked for. The partner's
 * versions and details are always read anew. The old tokens stay valid until the first call with the new ones (T8).
 */
export function update(ports: RegistrationPorts, run: RunContext, options: RegisterOptions): Promise<FlowResult> {
  return exchangeCredentials(ports, run, { ...options, method: 'PUT' });
}

interface ExchangeOptions extends RegisterOptions {
  readonly method: 'POST' | 'PUT';
}

async function exchangeCredentials(
  ports: RegistrationPorts,
  run: RunContext,
  options: ExchangeOptions,
): Promise<FlowResult> {
  const link = ports.link(options.linkId);
  const token = ports.outgoingToken(link.id);
  if (link.versionsUrl === undefined || token === undefined) {
    const what = token === undefined ? `a token to call ${link.name} with` : `${link.name}'s versions URL`;
    const reason = `${what} is missing`;
    run.tell({ step: 'versions', ok: false, exchangeIds: [], reason });
    return { ok: false, summary: reason };
  }
  const conversation = converse({
    ports,
    run,
    link,
    token: { words: `token ${token.kind}`, ...token },
    likelyVersion: likelyVersion(link, ports.platform.versions, options.version),
  });
  const wanted = options.version ?? (options.method === 'PUT' ? link.version : undefined);
  const read = await readPartner({
    conversation,
    run,
    link,
    versionsUrl: link.versionsUrl,
    ownVersions: ports.platform.versions,
    ...(wanted === undefined ? {} : { asked: wanted }),
  });
  if (!read.ok) return { ok: false, summary: read.reason };
  const { method } = options;
  const { versionsUrl } = link;
  return handOver({ ports, run, link, method, conversation, versionsUrl }, read.reading);
}

/** Steps 4 to 8: token B, the POST or PUT with the partner calling back meanwhile, token C. */
async function handOver(talk: Talk, reading: PartnerReading): Promise<FlowResult> {
  const { ports, run, link, method, conversation } = talk;
  const tokenB = ports.newToken();
  ports.commit({
    linkId: link.id,
    tokens: [
      // One that an earlier failure could not take back.
      { do: 'move', direction: 'incoming', kind: 'B', from: ['pending'], to: 'retired' },
      { do: 'add', direction: 'incoming', kind: 'B', state: 'pending', issuedBy: 'us', value: tokenB },
    ],
  });
  run.tell({ step: 'token B', ok: true, exchangeIds: [], reason: 'made, and valid for calls to us from now on' });
  const answer = await conversation.ask({
    operation: method === 'POST' ? 'credentials.post' : 'credentials.put',
    method,
    url: reading.credentialsUrl,
    version: reading.version,
    body: writeCredentials(ports.platform.credentials(link, reading.version, tokenB), reading.version),
  });
  tellCallBack(talk, answer);
  const read = readCredentialsAnswer(answer, {
    method,
    reading,
    tokenB,
    tokenInUse: conversation.tokenInUse(),
    calledBack: ports.calledBack(run.runId).length > 0,
    versionsUrl: ports.platform.versionsUrl,
  });
  const exchangeIds = [...answer.exchangeIds];
  if (!read.ok) {
    run.tell({ step: 'credentials', ok: false, exchangeIds, reason: read.reason, findings: read.findings });
    await giveUp(talk, { tokenB, answer });
    return { ok: false, summary: read.reason };
  }
  return keep(talk, reading, { tokenB, exchangeIds, ...read });
}

/** After a failure: token B dies, unless a PUT may have been carried out all the same; then old and new stay (T8). */
function giveUp(talk: Talk, { tokenB, answer }: { tokenB: string; answer: FlowAnswer }): Promise<unknown> {
  return endTokenB(talk, { tokenB, to: talk.method === 'PUT' && !isClearRefusal(answer) ? 'previous' : 'retired' });
}

/** Whether the partner fetched our versions and details while the call was open, as it must (digest 3.2, step 6). */
function tellCallBack({ ports, run, method }: Talk, answer: FlowAnswer) {
  const calls = ports.calledBack(run.runId);
  const missing = missingCalls(calls);
  if (missing.length > 0 && !answer.ok && calls.length === 0) return;
  const skipped = missing.length > 0 && answer.ok;
  run.tell({
    step: 'call back',
    ok: true,
    exchangeIds: calls.map(({ id }) => id),
    reason:
      missing.length === 0
        ? 'the partner read our versions and version details with token B'
        : `the partner did not read our ${missing.join(' and ')} before it answered`,
    findings: skipped
      ? [
          finding(method === 'PUT' ? 'registration.no-refetch-on-put' : 'registration.no-call-back', {
            met: `no call for our ${missing.join(' and ')}`,
            expected: 'the receiver reads the sender’s versions and details before it answers',
          }),
        ]
      : [],
  });
}

function missingCalls(calls: readonly { readonly operation: string }[]): string[] {
  const has = (operation: string) => calls.some(call => call.operation === operation);
  return [...(has('versions.list') ? [] : ['versions']), ...(has('versions.details') ? [] : ['version details'])];
}
