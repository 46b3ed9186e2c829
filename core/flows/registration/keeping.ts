import type { Failure } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { CredentialsView } from '../../ocpi/credentials.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Conversation } from './conversation.ts';
import type { PartnerReading } from './partner-reading.ts';
import { endpointList, partiesOf, versionsUrlTold } from './partner-shape.ts';
import { patiently } from './patience.ts';
import type { FlowResult, LinkPatch, RegistrationPorts, RunContext, TokenStep } from './ports.ts';
import { tryTokenC } from './token-trial.ts';

/** How long success is tried to be stored: the partner has agreed already. Milliseconds. */
const STORING_PATIENCE_MS = 5000;

/** One exchange of credentials that we began. */
export interface Talk {
  readonly ports: RegistrationPorts;
  readonly run: RunContext;
  readonly link: Link;
  readonly method: 'POST' | 'PUT';
  readonly conversation: Conversation;
  readonly versionsUrl: string;
}

interface Agreed {
  readonly tokenB: string;
  readonly credentials: CredentialsView;
  readonly exchangeIds: readonly number[];
  readonly findings: readonly Finding[];
}

/**
 * The partner agreed (digest 3.2, step 8): token C is tried where nothing hangs on an older one, then everything is stored
 * at once. Where it cannot be stored, a new registration is ended at the partner again.
 */
export async function keep(talk: Talk, reading: PartnerReading, agreed: Agreed): Promise<FlowResult> {
  const { ports, run, link, method, conversation } = talk;
  const { tokenB, credentials } = agreed;
  const trial =
    method === 'PUT'
      ? // The old pair lives until the new one is used (T8): that is for the first call with a purpose.
        undefined
      : await tryTokenC({
          ...{ ports, run, link, tokenB },
          form: conversation.workingForm(),
          learnedForm: conversation.learnedForm(reading.version),
          version: reading.version,
          versionsUrl: talk.versionsUrl,
          tokenC: credentials.token,
        });
  const exchangeIds = [...agreed.exchangeIds, ...(trial?.exchangeIds ?? [])];
  const findings = [...agreed.findings, ...(trial?.findings ?? [])];
  const answered = `${partyWords(credentials.roles)} answered with token C${trial === undefined ? '' : `${trial.ok ? ', ' : ' '}${trial.reason}`}`;
  if (trial?.ok === false) {
    run.tell({ step: 'credentials', ok: false, exchangeIds, reason: answered, findings });
    await endTokenB(talk, { tokenB, to: 'retired' });
    return { ok: false, summary: `${answered}. Ask it to drop the registration before you try again` };
  }
  const stored = await patiently(
    () =>
      ports.tryCommit({
        linkId: link.id,
        link: registeredPatch(talk, reading, credentials),
        tokens: successTokens(method, { tokenB, tokenC: credentials.token }),
      }),
    { clock: ports.clock, signal: run.signal, forMs: STORING_PATIENCE_MS },
  );
  if (!stored.ok) return backOut(talk, reading, { tokenC: credentials.token, failure: stored.failure, exchangeIds });
  run.tell({
    step: 'credentials',
    ok: true,
    exchangeIds,
    reason: `${method === 'POST' ? 'registered' : 'updated'}; ${answered}`,
    findings,
  });
  return {
    ok: true,
    summary: `${method === 'POST' ? 'registered with' : 'updated the registration with'} ${link.name} over OCPI ${reading.version}`,
    version: reading.version,
    modules: endpointList(reading.endpoints),
  };
}

function registeredPatch(talk: Talk, reading: PartnerReading, credentials: CredentialsView): LinkPatch {
  return {
    state: 'registered',
    readOnly: false,
    version: reading.version,
    offeredVersions: [...reading.offered],
    endpoints: endpointList(reading.endpoints),
    parties: partiesOf(credentials),
    hubPartyId: credentials.hubPartyId,
    versionsUrl: versionsUrlTold(credentials.url, { reading, known: talk.link.versionsUrl }),
    toldVersionsUrl: talk.ports.platform.versionsUrl,
    learnedForm: talk.conversation.learnedForm(reading.version),
  };
}

function successTokens(method: 'POST' | 'PUT', { tokenB, tokenC }: { tokenB: string; tokenC: string }): TokenStep[] {
  // A first registration leaves nothing older alive; an update keeps the old pair until the new one was used (T8).
  const old = method === 'POST' ? 'retired' : 'previous';
  return [
    { do: 'move', direction: 'incoming', from: ['previous'], to: 'retired' },
    { do: 'move', direction: 'outgoing', from: ['previous'], to: 'retired' },
    { do: 'move', direction: 'incoming', from: ['active'], to: old },
    { do: 'move', direction: 'outgoing', from: ['active', 'pending'], to: old },
    { do: 'move-value', direction: 'incoming', value: tokenB, to: 'active' },
    { do: 'add', direction: 'outgoing', kind: 'C', state: 'active', issuedBy: 'them', value: tokenC },
  ];
}

/** Takes token B out of use; tried for a while, because it would go on being valid. */
export function endTokenB({ ports, run, link }: Talk, { tokenB, to }: { tokenB: string; to: 'previous' | 'retired' }) {
  const tokens: TokenStep[] = [{ do: 'move-value', direction: 'incoming', value: tokenB, to }];
  return patiently(() => ports.tryCommit({ linkId: link.id, tokens }), {
    clock: ports.clock,
    signal: run.signal,
    forMs: STORING_PATIENCE_MS,
  });
}

interface Unstored {
  readonly tokenC: string;
  readonly failure: Failure;
  readonly exchangeIds: readonly number[];
}

/** The partner agreed and we cannot keep it: a new registration is ended there again, an update is left as it is. */
async function backOut(talk: Talk, reading: PartnerReading, unstored: Unstored): Promise<FlowResult> {
  const { ports, run, link, method, conversation } = talk;
  const { tokenC, failure } = unstored;
  const why = `the partner agreed, but its answer could not be stored: ${failure.message} ${failure.advice}`;
  const tell = (reason: string, exchangeIds: readonly number[]): FlowResult => {
    run.tell({ step: 'credentials', ok: false, exchangeIds: [...exchangeIds], reason });
    return { ok: false, summary: reason };
  };
  if (method === 'PUT') return tell(`${why} The old tokens are still in use; rotate again`, unstored.exchangeIds);
  const ended = await ports.call({
    operation: 'credentials.delete',
    method: 'DELETE',
    url: reading.credentialsUrl,
    version: reading.version,
    link,
    runId: run.runId,
    token: { value: tokenC, form: conversation.workingForm() ?? 'base64' },
  });
  const exchangeIds = [...unstored.exchangeIds, ...ended.exchangeIds];
  if (ended.ok) return tell(`${why} The registration was ended again at the partner`, exchangeIds);
  return tell(`${why} The partner holds us registered (${ended.reason}): ask it to drop that`, exchangeIds);
}

function partyWords(
  roles: readonly { readonly countryCode: string; readonly partyId: string; readonly role?: string | undefined }[],
): string {
  return roles
    .map(({ countryCode, partyId, role }) => `${countryCode}-${partyId}${role ? ` (${role})` : ''}`)
    .join(', ');
}
