import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { FaultPreview } from '../../contract/fault.ts';
import type { CheckedRule } from '../../faults/check-rule.ts';
import { notItsTurn } from '../../faults/choose.ts';
import type { Facts } from '../../faults/kind.ts';
import type { Rule } from '../../faults/rule.ts';
import { type Sample, sampleFor } from '../../faults/sample.ts';
import { holds, idleAt, idleAtSort, unfit } from '../../faults/scope.ts';
import { tryRule } from '../../faults/trial.ts';
import type { History } from '../../history/history.ts';
import type { ExchangeRecord } from '../../http/exchange.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { readRouting } from '../../ocpi/routing.ts';
import { recordedParams } from './recorded-params.ts';

export interface PreviewParts {
  readonly history: History;
  readonly ownVersionsUrl: () => string | undefined;
}

export type Previewing = (checked: CheckedRule, exchangeId: number | undefined) => Outcome<FaultPreview>;

/** What a rule does to a recorded exchange, or to the sample of its kind. */
export function createPreviewing({ history, ownVersionsUrl }: PreviewParts): Previewing {
  const linkOf = (linkId: number | undefined) => (linkId === undefined ? undefined : history.links.get(linkId));

  /** As it would be at its next turn; one that is kept already goes on counting. */
  const turnOf = (rule: Rule, linkId: number | undefined) => {
    const kept = history.faults.rules().find(({ name }) => ciEqual(name, rule.name));
    const tally = kept && history.faults.tally({ ruleId: kept.id, linkId: linkId ?? 0 });
    return { hit: (tally?.met ?? 0) + 1, fired: tally?.fired ?? 0 };
  };

  const idleOn = (rule: Rule, { facts, message, record }: Recorded): string | null => {
    const link = linkOf(record.linkId);
    const sort = {
      direction: facts.direction,
      link: link && { name: link.name, isProduction: link.environment === 'production' },
      version: facts.version,
      operation: facts.operation,
      entry: facts.entry,
    };
    const party = record.direction === 'in' ? record.fromParty : record.toParty;
    const idle = idleAt(rule, { facts, party });
    const { object } = rule.scope;
    const inAnswer = idle?.later === true && object !== undefined && holds(message.body, object);
    return (
      (rule.armed ? undefined : 'it is disarmed') ??
      unfit(rule.kind, sort) ??
      idleAtSort(rule, sort) ??
      (inAnswer ? undefined : idle?.why) ??
      notItsTurn({ rule, link: link?.name ?? '', ...turnOf(rule, record.linkId) }) ??
      null
    );
  };

  return (checked, exchangeId) => {
    const rule = ruleOf(checked);
    if (exchangeId === undefined) {
      const sample = sampleFor(rule.kind.sample);
      const { draft: _, firings, ...shown } = tryRule(sample, { rule, hit: 1, link: rule.scope.link ?? '' });
      return done({ exchangeId: null, ...whereOf(sample.facts), ...shown, firings: [...firings], idle: null });
    }
    const record = history.exchanges.record(exchangeId);
    if (record === undefined) {
      return failed('NOT_FOUND', `there is no exchange ${exchangeId}`, 'wb exchanges lists the newest.');
    }
    const met = recorded(record, ownVersionsUrl() ?? 'http://127.0.0.1/ocpi/versions');
    if (met === undefined) {
      return failed(
        'WRONG_STATE',
        `exchange ${exchangeId} has no message of ours: ${record.direction === 'in' ? 'it was not answered' : 'nothing was sent'}`,
        'Choose another exchange, or none.',
      );
    }
    const idle = idleOn(rule, met);
    const { hit } = turnOf(rule, record.linkId);
    const link = linkOf(record.linkId)?.name ?? '';
    const { draft: _, ...shown } = tryRule(met, { rule, hit, link });
    return done({ exchangeId, ...whereOf(met.facts), ...shown, firings: [...shown.firings], idle });
  };
}

function whereOf({ direction, operation, version }: Facts): Pick<FaultPreview, 'direction' | 'operation' | 'version'> {
  return { direction, operation, version: version ?? null };
}

/** A rule that is kept nowhere. */
export function ruleOf({ text, kind, parameters }: CheckedRule): Rule {
  const { name = kind.kind, scope, when, seed, armed, reachesRegistration } = text;
  return {
    id: 0,
    name,
    kind,
    position: 0,
    parameters,
    scope,
    when,
    seed,
    armed,
    reachesRegistration,
    reachesProduction: true,
  };
}

interface Recorded extends Sample {
  readonly record: ExchangeRecord;
}

/** The message of ours as it was to cross, and what was known then; undefined where there is none. */
function recorded(record: ExchangeRecord, ownVersionsUrl: string): Recorded | undefined {
  const message = messageOf(record);
  if (message === undefined) return undefined;
  const { operation, version, request, startedAt } = record;
  const entry = entryById(operation);
  const functional = entry?.functional ?? true;
  const routing = version && readRouting(request.headers, { version, functional });
  const facts: Facts = {
    direction: record.direction === 'in' ? 'answer' : 'send',
    operation,
    ...(entry && { entry }),
    ...(version && { version }),
    request,
    params: entry === undefined ? {} : recordedParams(entry, request.url),
    ownVersionsUrl,
    ...(routing && partiesOf(record)),
    now: startedAt,
  };
  return { facts, message, record };
}

/** As they stood in our message: an answer has them the other way round. */
function partiesOf({ direction, fromParty, toParty }: ExchangeRecord): Pick<Facts, 'from' | 'to'> {
  const [from, to] = direction === 'in' ? [toParty, fromParty] : [fromParty, toParty];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** What would have crossed, where faults had a hand in it. */
function messageOf({ direction, request, response, faults }: ExchangeRecord): Sample['message'] | undefined {
  const { intended } = faults ?? {};
  if (direction === 'out') {
    if (request.method === '') return undefined;
    return { side: 'send', ...request, ...(intended && { headers: intended.headers, body: intended.body }) };
  }
  if (intended !== undefined) {
    const [, status = '200', statusText = ''] = /^HTTP\/1\.1 (\d{3}) ?(.*)$/.exec(intended.start) ?? [];
    return { side: 'answer', status: Number(status), statusText, headers: intended.headers, body: intended.body };
  }
  if (response === undefined) return undefined;
  const { status, statusText, headers, body } = response;
  return { side: 'answer', status, statusText, headers, body };
}
