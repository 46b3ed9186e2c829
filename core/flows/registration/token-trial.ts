import type { Link } from '../../contract/link.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import { converse } from './conversation.ts';
import type { RegistrationPorts, RunContext, SentForm } from './ports.ts';

export interface TokenTrial {
  readonly ports: RegistrationPorts;
  readonly run: RunContext;
  readonly link: Link;
  readonly version: Version;
  readonly versionsUrl: string;
  /** The form in which the partner took token A last. */
  readonly form: SentForm | undefined;
  readonly learnedForm: SentForm | undefined;
  readonly tokenB: string;
  readonly tokenC: string;
}

export interface TrialOutcome {
  /** False only when the partner refuses the token that it has just given. */
  readonly ok: boolean;
  /** Goes on after "token C": what became of the trial. */
  readonly reason: string;
  readonly exchangeIds: readonly number[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the partner's versions once with token C: some answer a registration and do not take the token they gave, or take
 * token B in its place (failures.md 4-8). Whatever else goes wrong says nothing about the token.
 */
export async function tryTokenC(trial: TokenTrial): Promise<TrialOutcome> {
  const { ports, run, link, version, versionsUrl: url, tokenB, tokenC } = trial;
  const { learnedForm: _, ...rest } = link;
  const learned = trial.learnedForm === undefined ? {} : { learnedForm: trial.learnedForm };
  const conversation = converse({
    ports,
    run,
    link: { ...rest, version, ...learned },
    token: { words: 'token C', value: tokenC },
    likelyVersion: version,
  });
  const heard = await conversation.ask({ operation: 'versions.list', method: 'GET', url });
  const refused = heard.httpStatus === 401 || heard.httpStatus === 403;
  if (!refused) {
    const tried = heard.ok ? 'which it takes' : `which could not be tried: ${heard.reason}`;
    const reason = heard.story === undefined ? tried : `which it takes: ${heard.story}`;
    return { ok: true, reason, exchangeIds: heard.exchangeIds, findings: heard.ok ? heard.findings : [] };
  }
  const swapped = await ports.call({
    operation: 'versions.list',
    method: 'GET',
    url,
    link,
    runId: run.runId,
    token: { value: tokenB, form: trial.form ?? 'base64' },
    ...(run.signal ? { signal: run.signal } : {}),
  });
  const exchangeIds = [...heard.exchangeIds, ...swapped.exchangeIds];
  const mixed = swapped.ok
    ? '. It takes token B instead, which we gave it for its calls to us: it has mixed up the two'
    : '';
  const met = `token C is refused${swapped.ok ? ' and token B is taken' : ''}`;
  return {
    ok: false,
    reason: `and does not take it: ${heard.reason}${mixed}`,
    exchangeIds,
    findings: [
      finding(swapped.ok ? 'registration.tokens-swapped' : 'registration.token-c-refused', {
        pointer: 'header:Authorization',
        met,
        expected: 'token C is valid as soon as it is answered',
      }),
    ],
  };
}
