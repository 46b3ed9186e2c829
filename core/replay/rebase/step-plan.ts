import type { ReplayStepPlan } from '../../contract/replay.ts';
import { type CatalogueEntry, entryById } from '../../ocpi/catalogue.ts';
import type { Plan } from '../plan.ts';
import type { FlowStep, RequestStep, Step } from '../recording.ts';
import { expectedRequest } from './expected.ts';
import type { Mark } from './marks.ts';
import { marksOf } from './message-marks.ts';
import { halfValue, isWritten } from './ready-request.ts';
import { requestUrl } from './request-url.ts';
import { valueNow, withValues } from './value-now.ts';

/** What a step looks like with all that is known by now; what is not stands as `{session}`. */
export function stepPlanOf(plan: Plan, step: Step): ReplayStepPlan {
  const { no, at } = step;
  if (step.kind === 'flow') {
    const { flow, exchangeIds } = step;
    return {
      ...{ no, kind: 'flow', operation: flow, words: FLOWS[flow], method: '', url: '', body: null, at },
      ...{ expected: 'it succeeds', prompt: null, repeats: null, exchangeId: exchangeIds[0] ?? null },
    };
  }
  const { spoken, by, prompt = null, repeats, exchangeId = null } = step;
  const marks = marksOf(spoken, plan.recording.version);
  const { text } = spoken.request;
  return {
    no,
    kind: by === 'us' ? 'send' : 'await',
    operation: spoken.operation,
    words: wordsOf(spoken.operation, spoken.method),
    method: spoken.method,
    url: by === 'us' ? urlOf(plan, step) : expectedRequest(plan, step).url,
    body: text === undefined ? null : withValues(text, marks.request, mark => shown(plan, mark), isWritten(plan)),
    at,
    expected: by === 'us' ? answerExpected(step) : requestExpected(step),
    prompt,
    repeats: repeats === undefined ? null : { ...repeats },
    exchangeId,
  };
}

const FLOWS: Readonly<Record<FlowStep['flow'], string>> = {
  register: 'registration',
  rotate: 'tokens, rotate',
  look: 'credentials, look',
  unregister: 'credentials, unregister',
};

/** For people: `session, put`. */
export function wordsOf(operation: string, method: string): string {
  return entryById(operation)?.words ?? `${method}, unknown operation`;
}

function shown(plan: Plan, mark: Mark): string {
  const value = valueNow(plan, mark);
  return value ?? (mark.half === undefined ? `{${mark.kind}}` : halfValue(mark, undefined));
}

function urlOf(plan: Plan, step: RequestStep): string {
  const url = requestUrl({ plan, step, said: mark => shown(plan, mark) });
  if (url.ok) return url.value.replace(/%7B([a-z_]+)%7D/g, '{$1}');
  const entry: CatalogueEntry | undefined = entryById(step.spoken.operation);
  return entry?.base !== 'given-url' ? step.spoken.url : entry.module === 'cdrs' ? '{url}' : '{response_url}';
}

function answerExpected({ expectation, spoken: { answer, ended } }: RequestStep): string {
  if (expectation !== undefined) {
    const http = expectation.http === undefined ? 'HTTP 2xx' : `HTTP ${expectation.http}`;
    const more = ['equals', 'oneOf', 'present', 'absent'].some(name => name in expectation)
      ? ' and what is said of it'
      : '';
    return `${http}, ${expectation.ocpi ?? '1xxx'}${more}`;
  }
  if (answer === undefined) return `no answer (${ended.how})`;
  const status = statusIn(answer.text);
  return `HTTP ${answer.status}${status === undefined ? '' : `, ${status}`}`;
}

function requestExpected({ withinMs, repeats }: RequestStep): string {
  const seconds = `within ${Math.max(1, Math.round(withinMs / 1000))} s`;
  return repeats?.least === 0 ? `may come, ${seconds}` : `comes ${seconds}`;
}

/** The OCPI status of an answer, without reading all of it: lists are long. */
function statusIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /"status_code"\s*:\s*(\d{4})\b/.exec(text)?.[1];
}
