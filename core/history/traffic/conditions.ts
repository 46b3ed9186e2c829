import { ciKey } from '../../ocpi/ci-string.ts';
import { GENERIC, TELLING, WHOLE } from '../../ocpi/failed-layer.ts';
import { correlationCode, type NameKind, partyName, severityRank } from './facet.ts';
import type { TrafficConditions } from './messages.ts';

/** Numbers for names, as they stand in facets now. */
export interface Naming {
  /** Undefined: no exchange has it. */
  lookUp(kind: NameKind, name: string): number | undefined;
  /** Codes of all sets of findings in which one stands. */
  findingSets(findingCode: string): readonly number[];
  nameOf(code: number): string;
}

/** Conditions as SQL over a facet named `f`. */
export interface FacetConditions {
  readonly where: string;
  readonly values: readonly (number | string)[];
}

/** Where there are no conditions. */
export const EVERYTHING = '1';
const NEVER = '0';

/** Everything but the words. */
export function facetConditions(wanted: TrafficConditions, naming: Naming): FacetConditions {
  const parts: string[] = [];
  const values: (number | string)[] = [];
  const add = (part: string, ...more: readonly (number | string)[]) => {
    parts.push(part);
    values.push(...more);
  };
  /** A name nobody has fits nothing. */
  const named = (part: string, code: number | undefined) => {
    if (code === undefined) add(NEVER);
    else add(part, ...Array<number>(part.split('?').length - 1).fill(code));
  };

  const { linkIds, hiddenLinkIds, party, module, direction, status, ocpi, finding, findingCode } = wanted;
  if (linkIds !== undefined) add(`f.link_id IN (${linkIds.map(Number).join(', ')})`);
  if (hiddenLinkIds !== undefined) {
    add(`(f.link_id IS NULL OR f.link_id NOT IN (${hiddenLinkIds.map(Number).join(', ')}))`);
  }
  if (wanted.runId !== undefined) add('f.run_id = ?', wanted.runId);
  if (onlyFailures(wanted)) add('f.failed = 1');
  if (wanted.failedWith !== undefined) addFailure(wanted.failedWith, naming, add);
  if (wanted.well) add('f.failed = 0');
  if (wanted.unlinked) add('f.link_id IS NULL');
  if (wanted.open) add('f.open = 1');
  if (direction !== undefined) add('f.incoming = ?', direction === 'in' ? 1 : 0);
  if (status !== undefined) addNumber('f.http', status, add);
  if (ocpi !== undefined) addNumber('f.ocpi', ocpi, add);
  if (module !== undefined) named('f.module = ?', naming.lookUp('module', ciKey(module)));
  if (party !== undefined) named('(f.from_party = ? OR f.to_party = ?)', naming.lookUp('party', partyName(party)));
  if (finding !== undefined) add('f.worst >= ?', finding === 'any' ? 1 : severityRank(finding));
  if (findingCode !== undefined) add(`f.findings IN (${naming.findingSets(findingCode).join(', ')})`);
  if (wanted.noted) add('f.id IN (SELECT exchange_id FROM main.exchange_note)');
  if (wanted.pinned) add('f.id IN (SELECT exchange_id FROM main.exchange_pin)');
  if (wanted.fault !== undefined) addFault(wanted.fault, add);
  if (wanted.since !== undefined) add('f.started_at >= ?', wanted.since);
  if (wanted.until !== undefined) add('f.started_at < ?', wanted.until);
  if (wanted.correlationId !== undefined) add('f.correlation = ?', correlationCode(wanted.correlationId));
  return { where: parts.length === 0 ? EVERYTHING : parts.join(' AND '), values };
}

/**
 * Whether only failed exchanges can fit, be it that they are asked for or that it follows from a status. Said to the
 * facets and to the full text alike: those that failed are few as a rule, and both find them in a stretch of their own.
 */
export function onlyFailures({ errors, failedWith, status, ocpi }: TrafficConditions): boolean {
  return errors === true || failedWith !== undefined || impliesFailure(status, '45') || impliesFailure(ocpi, '234');
}

function impliesFailure(text: string | undefined, digits: string): boolean {
  return text !== undefined && digits.includes(text.charAt(0));
}

/** `any`, a kind (`envelope.data-null`), or a family of kinds. Those that only met an exchange are no fault of it. */
function addFault(fault: string, add: (part: string, ...values: readonly string[]) => void): void {
  const fits = fault === 'any' ? '%' : fault.includes('.') ? `% ${likely(fault)} %` : `% ${likely(fault)}.%`;
  add("f.id IN (SELECT exchange_id FROM main.exchange_fault WHERE kinds <> '  ' AND kinds LIKE ? ESCAPE '!')", fits);
}

function likely(text: string): string {
  return text.replace(/[!%_]/g, wild => `!${wild}`);
}

/** HTTP says more than an OCPI status that is generic, or that stands beside a status that tells. */
const BY_HTTP = `(coalesce(f.http, 0) >= 400 AND (f.ocpi IN (${GENERIC.join(', ')})
  OR (f.http IN (${TELLING.join(', ')}) AND f.ocpi BETWEEN 2000 AND 2999)))`;
const SAID_BY_HTTP = `(f.ocpi IS NULL OR f.ocpi BETWEEN 1000 AND 1999 OR ${BY_HTTP})`;

/** As `failedLayer` tells them apart. */
function addFailure(code: string, naming: Naming, add: (part: string, ...values: readonly number[]) => void): void {
  if (!/^\d{1,9}$/.test(code)) {
    const ended = WHOLE.includes(code) ? undefined : naming.lookUp('ended', code);
    if (ended === undefined) add(NEVER);
    else add('f.ended = ?', ended);
    return;
  }
  const whole = WHOLE.flatMap(ended => naming.lookUp('ended', ended) ?? []).join(', ');
  add(`f.ended IN (${whole})`);
  add(`((f.http = ? AND ${SAID_BY_HTTP}) OR (f.ocpi = ? AND NOT ${SAID_BY_HTTP}))`, Number(code), Number(code));
}

/** `404`, `4xx`, `2xxx`, `none`. */
function addNumber(column: string, text: string, add: (part: string, ...values: readonly number[]) => void): void {
  const [digit = ''] = text;
  if (text === 'none') add(`${column} IS NULL`);
  else if (text.endsWith('x')) {
    const span = 10 ** (text.length - 1);
    add(`${column} BETWEEN ? AND ?`, Number(digit) * span, Number(digit) * span + span - 1);
  } else add(`${column} = ?`, Number(text));
}
