import { expect, it } from 'vitest';
import { FAULT_KINDS } from '../../../core/faults/catalogue.ts';
import type { AnswerMessage } from '../../../core/faults/draft.ts';
import { envelopeBody, ocpiStatus } from '../../../core/faults/editing/envelope.ts';
import type { FaultKind } from '../../../core/faults/kind.ts';
import { DISCOVERY_KINDS } from '../../../core/faults/kinds/discovery.ts';
import { sampleFor } from '../../../core/faults/sample.ts';
import { tryRule } from '../../../core/faults/trial.ts';
import { CASES } from '../../../core/insight/cases.ts';
import { detect } from '../../../core/insight/detect/detect.ts';
import type { Observed, ObservedMessage } from '../../../core/insight/observed.ts';
import { ruleOf } from '../made.ts';

/** Of cases that one answer shows, the codes of the findings; those of flows take several exchanges. */
function codesOf(kind: FaultKind): readonly string[] {
  return kind.cases.flatMap(number => {
    const known = CASES.find(one => one.number === number);
    return known === undefined || known.layer === 'flow' ? [] : known.findings;
  });
}

function observedMessage({ headers, body }: Pick<AnswerMessage, 'headers' | 'body'>): ObservedMessage {
  return { headers, text: new TextDecoder().decode(body), length: body.length, shortened: false };
}

/** The exchange as whoever asked us records it. */
function askedBy(kind: FaultKind): Observed {
  const sample = sampleFor(kind.sample);
  const { draft } = tryRule(sample, {
    rule: ruleOf({ kind, parameters: kind.parameters.parse({}) as Record<string, unknown> }),
    hit: 1,
    link: '',
  });
  const { message } = draft;
  if (message.side !== 'answer') throw new Error(`${kind.kind} makes no answer`);
  const { request, operation, version, now } = sample.facts;
  const envelope = envelopeBody(message);
  return {
    id: 1,
    direction: 'out',
    linkId: 1,
    link: 'partner',
    runId: null,
    operation,
    version,
    startedAt: now,
    durationMs: 1,
    method: request.method,
    url: `https://workbench.example${request.url}`,
    request: observedMessage(request),
    response: { ...observedMessage(message), status: message.status, statusText: message.statusText },
    ended: { how: 'complete' },
    ocpiStatus: envelope && ocpiStatus(envelope),
    requestId: 'request-1',
    correlationId: 'correlation-1',
    fromParty: undefined,
    toParty: undefined,
    findings: [],
    faults: [],
  };
}

/** Told as any other field that is missing, not by a finding of the case. */
const AS_ANY_FIELD = 'discovery.roles-missing';
/**
 * What one answer does not show: a case is seen in what somebody makes of these, or beside another message; the reader itself
 * tells them as fields that are missing or of another type (everywhere.test.ts).
 */
const SEEN_IN_WHAT_FOLLOWS: readonly string[] = [
  'object.required-missing',
  'object.optional-null',
  'object.number-as-text',
  'object.id-case',
  'object.party-body',
  'object.unusable',
  'push.unknown-until-put',
  'hub.broken-party',
];
const SHOWN = FAULT_KINDS.filter(
  kind =>
    kind.sample.direction === 'answer' &&
    codesOf(kind).length > 0 &&
    kind.kind !== AS_ANY_FIELD &&
    !SEEN_IN_WHAT_FOLLOWS.includes(kind.kind),
);

it('credentials without roles are detected as lacking a required field', () => {
  const [kind] = DISCOVERY_KINDS.filter(one => one.kind === AS_ANY_FIELD);
  expect(kind && detect(askedBy(kind)).map(({ code }) => code)).toContain('field.missing');
});

it.each(SHOWN)('$kind is detected by whoever asked as the case it imitates', kind => {
  const found = detect(askedBy(kind)).map(({ code }) => code as string);
  expect(
    found.filter(code => codesOf(kind).includes(code)),
    found.join(', '),
  ).not.toEqual([]);
});
