import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { VersionName } from '../../../../core/contract/platform.ts';
import type { Run, RunStep } from '../../../../core/contract/run.ts';
import { spokenAs } from '../../../../core/ocpi/versions.ts';
import { failedExchange } from './swim-lane.ts';

/** What went wrong, so far as the advice differs. The sentences are texts of the page, under these names. */
export type FailureKind =
  | 'unknown-token'
  | 'token-form'
  | 'token-missing'
  | 'refused'
  | 'timeout'
  | 'dns'
  | 'unreachable'
  | 'tls'
  | 'reset'
  | 'cut'
  | 'malformed'
  | 'proxy'
  | 'ocpi-3001'
  | 'ocpi-3002'
  | 'ocpi-3003'
  | 'ocpi-2xxx'
  | 'ocpi-3xxx'
  | 'no-common-version'
  | 'no-versions'
  | 'unusable-details'
  | 'already-registered'
  | 'not-registered'
  | 'not-found'
  | 'redirect'
  | 'http-4xx'
  | 'http-5xx'
  | 'unusable-credentials'
  | 'token-c-refused'
  | 'our-server'
  | 'cancelled'
  | 'interrupted'
  | 'other';

/** One thing to try, as a button. */
export type Retry =
  | { readonly kind: 'again' }
  | { readonly kind: 'form'; readonly form: 'auto' | 'raw' | 'base64' }
  | { readonly kind: 'version'; readonly version: VersionName }
  | { readonly kind: 'token' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'invite' };

export interface FailureAdvice {
  readonly kind: FailureKind;
  /** The first step that failed; undefined where the run ended before any. */
  readonly step: RunStep | undefined;
  /** The exchange that tells it. */
  readonly exchange: ExchangeSummary | undefined;
  readonly retries: readonly Retry[];
}

export interface FailureInput {
  readonly run: Run;
  readonly exchanges: readonly ExchangeSummary[];
  readonly link: Pick<LinkView, 'settings' | 'version' | 'offeredVersions' | 'versionsUrl' | 'state'>;
  /** Versions we offer. */
  readonly ownVersions: readonly VersionName[];
  /** Version numbers the partner listed in this run; undefined where that is not known. */
  readonly offered?: readonly string[] | undefined;
}

/** What a run failed of and what can be tried from there; undefined while it runs and where it did not fail. */
export function failureAdvice(input: FailureInput): FailureAdvice | undefined {
  const { run, exchanges } = input;
  if (run.state === 'running' || run.state === 'done') return undefined;
  const step = run.steps.findLast(({ ok }) => !ok);
  const named = exchanges.filter(({ id }) => step?.exchangeIds.includes(id));
  const failing = named.filter(exchange => failedExchange(exchange) !== false);
  const exchange = failing.at(-1) ?? named.at(-1);
  const kind = kindOf({ run, step, exchange, link: input.link });
  return { kind, step, exchange, retries: retriesFor(kind, input, step) };
}

interface Facts {
  readonly run: Run;
  readonly step: RunStep | undefined;
  readonly exchange: ExchangeSummary | undefined;
  readonly link: FailureInput['link'];
}

const ENDINGS: Readonly<Record<string, FailureKind>> = {
  refused: 'refused',
  timeout: 'timeout',
  dns: 'dns',
  unreachable: 'unreachable',
  tls: 'tls',
  reset: 'reset',
  cut: 'cut',
  malformed: 'malformed',
  proxy: 'proxy',
  'too-large': 'cut',
};

function kindOf({ run, step, exchange, link }: Facts): FailureKind {
  if (run.state === 'cancelled') return 'cancelled';
  if (run.state === 'interrupted') return 'interrupted';
  if (step?.step === 'our server') return 'our-server';
  const codes = step?.findings.map(({ code }) => code) ?? [];
  if (codes.includes('registration.token-c-refused') || codes.includes('registration.tokens-swapped'))
    return 'token-c-refused';
  if (exchange === undefined) return withoutExchange(step);
  if (failedExchange(exchange) === false) return unusableAnswer(step);
  return answerKind(exchange, link) ?? ENDINGS[exchange.ended] ?? 'other';
}

function withoutExchange(step: RunStep | undefined): FailureKind {
  if (step?.step === 'version') return 'no-common-version';
  return step?.step === 'versions' ? 'token-missing' : 'other';
}

/** The answer came and said success, yet it cannot be worked with. */
function unusableAnswer(step: RunStep | undefined): FailureKind {
  if (step?.step === 'versions') return 'no-versions';
  if (step?.step === 'version details') return 'unusable-details';
  return step?.step === 'credentials' ? 'unusable-credentials' : 'other';
}

function answerKind(exchange: ExchangeSummary, link: FailureInput['link']): FailureKind | undefined {
  const { httpStatus: http, ocpiStatus: ocpi, method } = exchange;
  if (http === null) return undefined;
  if (ocpi === 3001 || ocpi === 3002 || ocpi === 3003) return `ocpi-${ocpi}`;
  if (http === 401 || http === 403) return link.settings.tokenForm === 'auto' ? 'unknown-token' : 'token-form';
  if (http === 405) return method === 'POST' ? 'already-registered' : 'not-registered';
  if (ocpi !== null && ocpi >= 3000) return 'ocpi-3xxx';
  if (ocpi !== null && ocpi >= 2000) return 'ocpi-2xxx';
  if (exchange.ended !== 'complete' && exchange.ended !== 'answered') return undefined;
  if (http === 404) return 'not-found';
  if (http >= 500) return 'http-5xx';
  if (http >= 400) return 'http-4xx';
  return http >= 300 ? 'redirect' : undefined;
}

/** What has another chance: the other token form, another version both have, a token, settings; the same again. */
function retriesFor(kind: FailureKind, input: FailureInput, step: RunStep | undefined): Retry[] {
  const { run, link } = input;
  if (run.initiator === 'them') return [{ kind: 'invite' }];
  const again: Retry = { kind: 'again' };
  const { tokenForm } = link.settings;
  const forms = (['auto', 'base64', 'raw'] as const)
    .filter(form => form !== tokenForm)
    .map((form): Retry => ({ kind: 'form', form }));
  // The list of versions is the same whichever is wanted.
  const others = step?.step === 'versions' ? [] : otherVersions(input);
  const versions = others.map((version): Retry => ({ kind: 'version', version }));
  switch (kind) {
    case 'unknown-token':
      return [{ kind: 'token' }, ...forms, again];
    case 'token-form':
      return [...forms, { kind: 'token' }, again];
    case 'token-missing':
    case 'already-registered':
    case 'not-registered':
      return [{ kind: 'token' }, again];
    case 'tls':
    case 'proxy':
      return [{ kind: 'settings' }, again];
    case 'timeout':
      return [again, { kind: 'settings' }];
    case 'refused':
    case 'dns':
    case 'unreachable':
    case 'not-found':
    case 'redirect':
    case 'no-versions':
    case 'malformed':
      return [{ kind: 'settings' }, again];
    case 'ocpi-3002':
    case 'ocpi-3003':
    case 'no-common-version':
    case 'unusable-details':
    case 'unusable-credentials':
      return [...versions, again];
    case 'ocpi-2xxx':
    case 'ocpi-3001':
    case 'ocpi-3xxx':
    case 'http-4xx':
    case 'http-5xx':
      return [again, ...versions];
    case 'token-c-refused':
      return [{ kind: 'token' }, ...forms, again];
    default:
      return [again];
  }
}

/** Versions both sides have but the one tried, highest first; all of ours where the partner's are not known. */
function otherVersions({ link, ownVersions, exchanges, offered }: FailureInput): VersionName[] {
  const tried = exchanges.findLast(({ operation }) => operation === 'versions.details')?.version;
  const theirs = offered ?? link.offeredVersions;
  const spoken = theirs.flatMap(number => spokenAs(number) ?? []);
  return ownVersions
    .filter(version => version !== tried && (theirs.length === 0 || spoken.includes(version)))
    .toReversed();
}
