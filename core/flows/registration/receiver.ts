import type { LedgerToken, Link } from '../../contract/link.ts';
import type { CredentialsView } from '../../ocpi/credentials.ts';
import { finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import { converse } from './conversation.ts';
import { type PartnerReading, type ReadingRefused, readPartner } from './partner-reading.ts';
import { endpointList, partiesOf, versionsUrlTold } from './partner-shape.ts';
import type { FlowResult, RegistrationPorts, RunContext, TokenStep } from './ports.ts';

export interface ReceiveOptions {
  readonly linkId: number;
  /** The version whose credentials endpoint was called (T8b). */
  readonly version: Version;
  readonly credentials: CredentialsView;
  readonly method: 'POST' | 'PUT';
  /** The exchange in which the partner sent its credentials. */
  readonly exchangeId: number;
}

export type ReceiverAnswer = {
  /** What the run comes to, once the answer's fate is known. */
  readonly result: FlowResult;
} & (
  | {
      readonly kind: 'credentials';
      readonly credentials: CredentialsView;
    }
  | { readonly kind: 'refused'; readonly ocpi: number; readonly message: string }
);

/**
 * Is registered with (POST) or updated (PUT) by a partner: reads its versions and details with token B, makes token C
 * (digest 3.2, steps 6 and 7). Refuses with 3001, 3002 or 3003. Unless credentials are answered and the answer reaches the
 * partner, what was changed has to be taken back: with the snapshot made before.
 */
export async function receiveCredentials(
  ports: RegistrationPorts,
  run: RunContext,
  options: ReceiveOptions,
): Promise<ReceiverAnswer> {
  const { linkId, credentials, method } = options;
  const link = ports.link(linkId);
  tellReceived(ports, run, options);
  // Known to the sealed table before the first call with it, so that it is told apart everywhere from now on.
  ports.commit({
    linkId,
    tokens: [
      { do: 'add', direction: 'outgoing', kind: 'B', state: 'pending', issuedBy: 'them', value: credentials.token },
    ],
  });
  const conversation = converse({
    ports,
    run,
    link,
    token: { words: 'token B', value: credentials.token },
    likelyVersion: options.version,
  });
  const read = await readPartner({
    conversation,
    run,
    link,
    versionsUrl: credentials.url,
    ownVersions: [options.version],
    asked: options.version,
  });
  if (!read.ok) return refusal(run, options, read);
  const tokenC = ports.newToken();
  ports.commit({
    linkId,
    link: {
      ...receivedPatch(link, read.reading, credentials),
      toldVersionsUrl: ports.platform.versionsUrl,
      learnedForm: conversation.learnedForm(options.version),
    },
    tokens: receivedTokens(method, { tokenB: credentials.token, tokenC }),
  });
  run.tell({
    step: 'credentials',
    ok: true,
    exchangeIds: [options.exchangeId],
    reason: `${method === 'POST' ? 'registered' : 'updated'}; answered with token C`,
  });
  return {
    kind: 'credentials',
    credentials: ports.platform.credentials(ports.link(linkId), options.version, tokenC),
    result: {
      ok: true,
      summary: `${link.name} ${method === 'POST' ? 'registered' : 'updated its registration'} over OCPI ${options.version}`,
      version: options.version,
      modules: endpointList(read.reading.endpoints),
    },
  };
}

function refusal(
  run: RunContext,
  { credentials, exchangeId }: ReceiveOptions,
  { ocpi, reason }: ReadingRefused,
): ReceiverAnswer {
  // What was stopped here says nothing about the partner's API.
  const stopped = run.signal?.aborted === true;
  const code = stopped ? 3000 : ocpi;
  const summary = `answered ${code}: ${reason} (called with token B at ${credentials.url})`;
  run.tell({ step: 'credentials', ok: false, exchangeIds: [exchangeId], reason: summary });
  const message = stopped
    ? 'The registration was stopped on this side; nothing was changed. Please try again.'
    : `${reason.replaceAll('the partner', 'your platform')} (called with your token B at ${credentials.url})`;
  return { kind: 'refused', ocpi: code, message, result: { ok: false, summary } };
}

function tellReceived(
  ports: RegistrationPorts,
  run: RunContext,
  { linkId, credentials, method, exchangeId }: ReceiveOptions,
) {
  const same = credentials.token === ports.outgoingToken(linkId)?.value;
  run.tell({
    step: 'received',
    ok: true,
    exchangeIds: [exchangeId],
    reason: `the partner sent its credentials with ${method === 'POST' ? 'token A' : 'its current token'}`,
    findings: same
      ? [
          finding('credentials.token.not-new', {
            pointer: '/token',
            met: 'the token that was in use before',
            expected: 'a new token with every POST and PUT',
            severity: 'warning',
          }),
        ]
      : [],
  });
}

function receivedPatch(link: Link, reading: PartnerReading, credentials: CredentialsView) {
  return {
    state: 'registered' as const,
    version: reading.version,
    offeredVersions: [...reading.offered],
    endpoints: endpointList(reading.endpoints),
    parties: partiesOf(credentials),
    hubPartyId: credentials.hubPartyId,
    versionsUrl: versionsUrlTold(credentials.url, { reading, known: link.versionsUrl }),
    // What an operator set to look only stays so until the operator unlocks it.
    readOnly: link.readOnly,
  };
}

function receivedTokens(method: 'POST' | 'PUT', { tokenB, tokenC }: { tokenB: string; tokenC: string }): TokenStep[] {
  const old = method === 'POST' ? 'retired' : 'previous';
  return [
    { do: 'move', direction: 'incoming', from: ['previous'], to: 'retired' },
    { do: 'move', direction: 'outgoing', from: ['previous'], to: 'retired' },
    // Token A dies with success; after a PUT the old pair lives until the new one was used (T8).
    { do: 'move', direction: 'incoming', kind: 'A', from: ['pending', 'active'], to: 'retired' },
    { do: 'move', direction: 'incoming', from: ['active', 'pending'], to: old },
    { do: 'move', direction: 'outgoing', from: ['active'], to: old },
    { do: 'move-value', direction: 'outgoing', value: tokenB, to: 'active' },
    { do: 'add', direction: 'incoming', kind: 'C', state: 'active', issuedBy: 'us', value: tokenC },
  ];
}

export type CredentialsMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Whether the method fits the register state: 405 for POST while registered, for PUT and DELETE while not (digest 3.2).
 * A fresh token A on a registered link is a new registration, let in by the operator (T8a).
 */
export function allowedMethods(link: Link, token: Pick<LedgerToken, 'kind' | 'state'>): readonly CredentialsMethod[] {
  if (token.kind === 'A') return ['GET', 'POST'];
  const registered = link.state === 'registered' || link.state === 'adopted';
  return registered && token.state !== 'pending' ? ['GET', 'PUT', 'DELETE'] : ['GET'];
}

/** The partner unregistered (DELETE): the tokens of both sides are dead, automated traffic ends. */
export function receiveUnregistration(
  ports: RegistrationPorts,
  run: RunContext,
  { linkId, exchangeId }: { linkId: number; exchangeId: number },
): FlowResult {
  const link = ports.link(linkId);
  ports.commit({ linkId, link: { state: 'unregistered', endpoints: [] }, tokens: deadTokens() });
  run.tell({
    step: 'credentials',
    ok: true,
    exchangeIds: [exchangeId],
    reason: 'the partner unregistered; the tokens of both sides are dead',
  });
  return { ok: true, summary: `${link.name} unregistered` };
}

/** Every token of a link dies. */
export function deadTokens(): TokenStep[] {
  const from = ['pending', 'active', 'previous'] as const;
  return [
    { do: 'move', direction: 'incoming', from, to: 'retired' },
    { do: 'move', direction: 'outgoing', from, to: 'retired' },
  ];
}
