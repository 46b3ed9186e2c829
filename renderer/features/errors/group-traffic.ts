import type { ExchangeConditions, ExchangeSummary } from '../../../core/contract/exchange.ts';
import { failedLayer } from '../../../core/ocpi/failed-layer.ts';
import { type FilterToken, printFilter } from '../../ui/filter-text.ts';
import { conditionsOf, type ErrorFilter } from './filter.ts';
import type { FailureGroup } from './groups.ts';
import type { GroupName } from './search.ts';

type Narrowed = Pick<ErrorFilter, 'since' | 'words'>;

/** Endings before any byte of an answer: these exchanges have no HTTP status. */
const WITHOUT_ANSWER: readonly string[] = ['refused', 'dns', 'tls', 'unreachable', 'proxy'];

/**
 * What a table of traffic can be narrowed by to show a group. Others that failed may be among them: an ending is no
 * condition, nor is it that no link could be told, and with an HTTP status there may be OCPI's, which says more.
 */
function narrowing({ link, layer, code, direction }: GroupName): ExchangeConditions {
  const status = layer === 'http' ? code : WITHOUT_ANSWER.includes(code) ? 'none' : undefined;
  return {
    ...(link !== null && { link }),
    ...(status !== undefined && /^([45]\d\d|none)$/.test(status) && { status }),
    ...(layer === 'ocpi' && /^[1-4]\d\d\d$/.test(code) && { ocpi: code }),
    errors: true,
    direction,
  };
}

/** For the filter bar of the traffic. */
export function trafficFilter(group: GroupName, { since, words }: Narrowed): string {
  const { link, status, ocpi, direction } = narrowing(group);
  const tokens: readonly (FilterToken | undefined)[] = [
    token('link', link),
    token('status', status),
    token('ocpi', ocpi),
    token('is', 'error'),
    token('dir', direction),
    token('since', since),
  ];
  return printFilter({ tokens: tokens.filter(one => one !== undefined), words });
}

function token(name: string, value: string | undefined): FilterToken | undefined {
  return value === undefined ? undefined : { name, value };
}

/** The same for the core: what that filter shows. */
export function trafficConditions(group: GroupName, filter: Narrowed, now: number): ExchangeConditions {
  return { ...conditionsOf(filter, now), ...narrowing(group) };
}

/**
 * What to ask for to find the newest of a group among. It ends with the newest one of the group: that one is found
 * whatever else there is.
 */
export function exampleConditions(group: FailureGroup, filter: Narrowed, now: number): ExchangeConditions {
  return { ...trafficConditions(group, filter, now), until: Date.parse(group.last) + 1 };
}

/** Whether a failed exchange is one of the group, as the core puts them together. */
export function isOf(row: ExchangeSummary, { link, layer, code, direction }: GroupName): boolean {
  const failed = failedLayer({ ended: row.ended, http: row.httpStatus, ocpi: row.ocpiStatus });
  return row.link === link && row.direction === direction && failed.layer === layer && failed.code === code;
}
