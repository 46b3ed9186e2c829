import type { Link } from '../../contract/link.ts';
import { defaultForm } from '../../ocpi/authorization.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import type { Routing } from '../../ocpi/routing.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { FlowAnswer, RegistrationPorts, RunContext, SentForm } from './ports.ts';

export interface Ask {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly version?: Version;
  readonly body?: unknown;
  /** Instead of `body`: its text, which leaves byte for byte. */
  readonly text?: string;
  readonly routing?: Routing;
  readonly bodyTo?: 'caller';
  /** Instead of the run's own. */
  readonly signal?: AbortSignal;
}

/** An answer with every exchange it took, and the words for the step. */
export interface Heard extends FlowAnswer {
  /** How the token's form was turned round, where it was; the reason tells it as well. */
  readonly story?: string;
}

/** Calls to one partner with one token, in the form that the partner turns out to want. */
export interface Conversation {
  ask(ask: Ask): Promise<Heard>;
  /** The token that calls are made with now. */
  tokenInUse(): string;
  /** The form that worked last; undefined while none did. */
  workingForm(): SentForm | undefined;
  /** The form this partner wants where it is not the one of the version: what a link remembers. */
  learnedForm(version: Version): SentForm | undefined;
}

export interface ConversationToken {
  /** `token A`. */
  readonly words: string;
  readonly value: string;
  /** Tried where the partner does not know `value`: it may have missed that we switched (T8). */
  readonly before?: string;
}

export interface ConversationOptions {
  readonly ports: Pick<RegistrationPorts, 'call'>;
  /** Of no run where it has no id. */
  readonly run: Partial<Pick<RunContext, 'runId' | 'signal'>>;
  readonly link: Link;
  readonly token: ConversationToken;
  /** The version whose default form is tried first while none is agreed. */
  readonly likelyVersion: Version;
}

/** A refusal that may be about the token's form: some frameworks say 403 where 401 is due (failures.md 1, 19). */
const REFUSED = [401, 403];

/**
 * With the link's form `auto` the version's default (or the remembered form) is tried, and on a refusal the other one
 * once (trap T2). Partners may want different forms on different endpoints, so each call may turn the form round. Where
 * both are refused before anything worked, the predecessor of the token is tried, and stays in use if it is taken (T8).
 */
export function converse({ ports, run, link, token, likelyVersion }: ConversationOptions): Conversation {
  const fixed = link.settings.tokenForm;
  let { value, before } = token;
  let working: SentForm | undefined;
  /** What the partner is known to want, from earlier or because it refused the other form. */
  let wanted = link.learnedForm;
  let turned: { readonly refused: SentForm; readonly accepted: SentForm } | undefined;

  const send = (ask: Ask, form: SentForm) =>
    ports.call({
      ...(run.signal ? { signal: run.signal } : {}),
      ...ask,
      link,
      ...(run.runId === undefined ? {} : { runId: run.runId }),
      token: { value, form },
    });

  /** Which form is right is only known with the version: a list of versions belongs to none yet. */
  const learned = (ask: Ask): Finding[] => {
    const version = ask.version ?? link.version;
    if (turned === undefined || version === undefined) return [];
    const { refused, accepted } = turned;
    turned = undefined;
    return refused === defaultForm(version) ? [learnedFinding(refused, accepted, version)] : [];
  };

  const formFor = (ask: Ask): SentForm =>
    fixed === 'auto' ? (wanted ?? defaultForm(ask.version ?? likelyVersion)) : fixed;

  /** The predecessor is tried once, where the partner knows nothing of the token in use. */
  const askWithPredecessor = async (ask: Ask, refused: Heard): Promise<Heard> => {
    if (!isRefused(refused) || working !== undefined || before === undefined) return refused;
    const successor = value;
    value = before;
    before = undefined;
    const form = formFor(ask);
    const heard = await send(ask, form);
    const exchangeIds = [...refused.exchangeIds, ...heard.exchangeIds];
    if (isRefused(heard)) {
      value = successor;
      return { ...refused, exchangeIds };
    }
    if (!heard.ok) {
      return { ...heard, exchangeIds, reason: `${refused.reason}; with the one before, ${heard.reason}` };
    }
    working = form;
    const story = `${refused.reason}; it takes the one before, so it missed that the tokens were exchanged`;
    const missed = finding('registration.switch-missed', {
      pointer: 'header:Authorization',
      met: `only the token before ${token.words} is accepted`,
      expected: 'the newest token',
    });
    return {
      ...heard,
      exchangeIds,
      story,
      reason: story,
      findings: [...heard.findings, missed],
    };
  };

  const askInBothForms = async (ask: Ask): Promise<Heard> => {
    const form = formFor(ask);
    const first = await send(ask, form);
    if (!isRefused(first)) {
      if (!first.ok) return first;
      working = form;
      return { ...first, findings: [...first.findings, ...learned(ask)] };
    }
    if (fixed !== 'auto') {
      return { ...first, reason: `${first.reason}; the link is set to send ${formWords(form)} only` };
    }
    const other: SentForm = form === 'raw' ? 'base64' : 'raw';
    const second = await send(ask, other);
    const exchangeIds = [...first.exchangeIds, ...second.exchangeIds];
    const refused = `the partner answered ${statusWords(first)} to ${token.words} sent ${formWords(form)}`;
    if (isRefused(second)) {
      // A form that worked before is right, so what is refused is the call: its own answer says more than the other's.
      const why =
        working === undefined
          ? 'it does not know this token'
          : `it took the token sent ${formWords(working)} before, so it refuses this call and not the token`;
      return {
        ...(working === form ? first : second),
        exchangeIds,
        reason: `${refused}, and ${statusWords(second)} to it sent ${formWords(other)}: ${why}`,
        findings: [...first.findings, ...second.findings],
      };
    }
    if (second.ok) {
      working = other;
      wanted = other;
      turned = { refused: form, accepted: other };
    }
    const story = `${refused}, then ${statusWords(second)} to it sent ${formWords(other)}`;
    return {
      ...second,
      exchangeIds,
      story,
      reason: second.ok ? story : `${story}: ${second.reason}`,
      findings: [...second.findings, ...(second.ok ? learned(ask) : [])],
    };
  };

  return {
    tokenInUse: () => value,
    workingForm: () => working,
    learnedForm: version => (fixed === 'auto' && wanted !== defaultForm(version) ? wanted : undefined),
    ask: async ask => askWithPredecessor(ask, await askInBothForms(ask)),
  };
}

function isRefused(answer: FlowAnswer): boolean {
  return answer.httpStatus !== undefined && REFUSED.includes(answer.httpStatus);
}

function statusWords(answer: FlowAnswer): string {
  if (answer.httpStatus === undefined) return `nothing usable (${answer.ended.how})`;
  return answer.ocpiStatus === undefined || answer.ocpiStatus === 1000
    ? String(answer.httpStatus)
    : `${answer.httpStatus} with ${answer.ocpiStatus}`;
}

function formWords(form: SentForm): string {
  return form === 'raw' ? 'raw' : 'as Base64';
}

function learnedFinding(refused: SentForm, accepted: SentForm, version: Version): Finding {
  return finding('authorization.partner-wants-other-form', {
    pointer: 'header:Authorization',
    met: `only the token sent ${formWords(accepted)} is accepted`,
    expected: `the token sent ${formWords(refused)}, as OCPI ${version} has it`,
  });
}
