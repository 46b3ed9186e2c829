import { converse } from './conversation.ts';
import { likelyVersion } from './partner-shape.ts';
import type { FlowResult, RegistrationPorts, RunContext } from './ports.ts';
import { deadTokens } from './receiver.ts';

export interface UnregisterOptions {
  readonly linkId: number;
  /** Forgets the registration on our side only, for a partner that is gone. */
  readonly localOnly?: boolean;
}

/**
 * Ends a registration with DELETE (digest 3.2). Our side ends when the partner agreed, or when it says that it does not
 * hold us registered (405) or does not know our token in any form (401): then there is nothing left to end.
 */
export async function unregister(
  ports: RegistrationPorts,
  run: RunContext,
  { linkId, localOnly }: UnregisterOptions,
): Promise<FlowResult> {
  const link = ports.link(linkId);
  const end = () => ports.commit({ linkId, link: { state: 'unregistered', endpoints: [] }, tokens: deadTokens() });
  if (localOnly) {
    end();
    const reason = 'forgotten on our side only: the partner was not told';
    run.tell({ step: 'credentials', ok: true, exchangeIds: [], reason });
    return { ok: true, summary: `${link.name}: ${reason}` };
  }
  const credentials = link.endpoints.find(({ identifier }) => identifier === 'credentials');
  const token = ports.outgoingToken(linkId);
  if (credentials === undefined || token === undefined) {
    const reason = `${credentials === undefined ? 'its credentials endpoint' : 'a token to call it with'} is not known; end it on our side only`;
    run.tell({ step: 'credentials', ok: false, exchangeIds: [], reason });
    return { ok: false, summary: `${link.name}: ${reason}` };
  }
  const version = likelyVersion(link, ports.platform.versions);
  const conversation = converse({
    ports,
    run,
    link,
    token: { words: `token ${token.kind}`, ...token },
    likelyVersion: version,
  });
  const answer = await conversation.ask({
    operation: 'credentials.delete',
    method: 'DELETE',
    url: credentials.url,
    version,
  });
  // With a form set by hand, 401 may be about the form and not about the token.
  const unknown = answer.httpStatus === 401 && link.settings.tokenForm === 'auto';
  const nothingLeft = answer.httpStatus === 405 || unknown;
  if (!answer.ok && !nothingLeft) {
    const reason = `${answer.reason}; still registered on our side. Try again, or end it on our side only`;
    run.tell({
      step: 'credentials',
      ok: false,
      exchangeIds: [...answer.exchangeIds],
      reason,
      findings: answer.findings,
    });
    return { ok: false, summary: reason };
  }
  end();
  const reason = nothingLeft
    ? `the partner answered ${answer.httpStatus}: it did not hold us registered any more`
    : 'the partner agreed; the tokens of both sides are dead';
  run.tell({ step: 'credentials', ok: true, exchangeIds: [...answer.exchangeIds], reason, findings: answer.findings });
  return { ok: true, summary: `unregistered from ${link.name}` };
}
