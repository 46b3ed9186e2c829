import { type CredentialsView, readCredentials } from '../../ocpi/credentials.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import type { PartnerReading } from './partner-reading.ts';
import type { FlowAnswer } from './ports.ts';

export interface CredentialsAnswerContext {
  readonly method: 'POST' | 'PUT';
  readonly reading: PartnerReading;
  readonly tokenB: string;
  /** The token the call was made with. */
  readonly tokenInUse: string;
  /** Whether the partner called us while its answer was due. */
  readonly calledBack: boolean;
  /** What the partner was told as ours. */
  readonly versionsUrl: string;
}

/** The partner's credentials out of its answer to POST or PUT, or why there are none that can be worked with. */
export type CredentialsAnswer =
  | { readonly ok: true; readonly credentials: CredentialsView; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly reason: string; readonly findings: readonly Finding[] };

/** Judges the answer to our credentials (digest 3.2, step 7). The reason is a sentence without a full stop. */
export function readCredentialsAnswer(answer: FlowAnswer, context: CredentialsAnswerContext): CredentialsAnswer {
  if (!answer.ok) return { ok: false, reason: refusalReason(answer, context), findings: answer.findings };
  const read = readCredentials(answer.data, context.reading.version, '/data');
  const findings = [...answer.findings, ...read.findings];
  const { view } = read;
  if (view === undefined) {
    const what =
      answer.data === undefined
        ? `the partner answered HTTP ${answer.httpStatus} without credentials`
        : `the partner's credentials cannot be used${faultWords(read.findings)}`;
    const reason = `${what}; ${maybeChanged(context)}`;
    return { ok: false, reason, findings };
  }
  const mistake = tokenMistake(view.token, context);
  if (mistake !== undefined) {
    return { ok: false, reason: `${mistake.met}; ${maybeChanged(context)}`, findings: [...findings, mistake] };
  }
  const isDetails = view.url === context.reading.detailsUrl;
  return { ok: true, credentials: view, findings: isDetails ? [...findings, detailsUrlFinding(view.url)] : findings };
}

/** Endings that leave no doubt that the request never reached the partner. */
const NEVER_SENT: ReadonlySet<string> = new Set(['refused', 'dns', 'unreachable', 'tls', 'unsendable']);

/** Whether an answer says that nothing changed at the partner; everything less may hide a change that was made (T8). */
export function isClearRefusal({ ended, httpStatus, ocpiStatus, ok }: FlowAnswer): boolean {
  if (ok) return false;
  if (NEVER_SENT.has(ended.how) || (ended.how === 'timeout' && ended.phase === 'connect')) return true;
  if (ended.how !== 'complete' || httpStatus === undefined) return false;
  if (ocpiStatus !== undefined) return ocpiStatus < 1000 || ocpiStatus >= 2000 || httpStatus < 500;
  return httpStatus >= 300 && httpStatus < 500;
}

function refusalReason(answer: FlowAnswer, context: CredentialsAnswerContext): string {
  const { method, calledBack, versionsUrl, reading } = context;
  if (answer.httpStatus === 405) {
    return method === 'POST'
      ? 'the partner answered 405: it holds us registered already. Ask it to drop the old registration or to send a new token A'
      : 'the partner answered 405: it does not hold us registered. Register anew with a new token A';
  }
  if (answer.ocpiStatus === 3001) {
    return `${answer.reason}: ${calledBack ? 'it called us, and could not use what it read' : `it never reached our versions URL ${versionsUrl}`}`;
  }
  if (answer.ocpiStatus === 3002 && reading.number !== reading.version) {
    return `${answer.reason}: it speaks ${reading.number} and looks for that among our versions; ${reading.version} is what we offer`;
  }
  return isClearRefusal(answer) ? answer.reason : `${answer.reason}; ${maybeChanged(context)}`;
}

/** What an operator has to reckon with when the answer does not say whether it was done. */
function maybeChanged({ method }: CredentialsAnswerContext): string {
  return method === 'POST'
    ? 'the partner may hold us registered now: if it refuses the next try, ask it to drop that'
    : 'the partner may have switched: the old and the new token stay valid for its calls';
}

function tokenMistake(token: string, { tokenB, tokenInUse }: CredentialsAnswerContext): Finding | undefined {
  const mistaken =
    token === tokenB ? 'the token B that we sent' : token === tokenInUse ? 'the token we called with' : undefined;
  if (mistaken === undefined) return undefined;
  return finding('credentials.token.not-new', {
    pointer: '/data/token',
    met: `the answer’s token is ${mistaken}`,
    expected: 'a new token, made by the partner, for our calls to it',
  });
}

function detailsUrlFinding(url: string): Finding {
  return finding('credentials.url.details', {
    pointer: '/data/url',
    met: url,
    expected: 'the versions URL',
  });
}

/** `: /data/token is missing, expected ...`, from the first error among the findings. */
function faultWords(findings: readonly Finding[]): string {
  const fault = findings.find(({ severity }) => severity === 'error');
  if (fault === undefined) return '';
  if (fault.code === 'field.missing') return `: ${fault.pointer} is missing`;
  return `: ${fault.pointer === '' ? '' : `${fault.pointer} is `}${fault.met}, expected ${fault.expected}`;
}
