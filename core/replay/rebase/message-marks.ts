import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { answerTypeOf } from '../../ocpi/answer-types.ts';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { type CatalogueEntry, entryById } from '../../ocpi/catalogue.ts';
import { pathParams } from '../../ocpi/path-params.ts';
import type { OcpiType } from '../../ocpi/types.ts';
import { decodeSegment, splitPath } from '../../ocpi/urls.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { SpokenExchange } from '../recording.ts';
import { paramKind } from './field-kinds.ts';
import { type Group, type Mark, marksIn } from './marks.ts';
import { isPlainTime } from './shift-time.ts';

/** A parameter of a query that has a meaning. */
export interface QueryPart {
  /** As it stands there: `date_from=2026-01-01T00:00:00Z`. */
  readonly raw: string;
  /** Absent where nothing in it is to be rewritten. */
  readonly mark?: Mark;
  readonly name: string;
}

/** Everything in an exchange that has a meaning of its own. */
export interface ExchangeMarks {
  readonly entry: CatalogueEntry | undefined;
  /** Placeholders of the path by name, with what they hold. */
  readonly path: ReadonlyMap<string, Mark>;
  readonly params: Readonly<Record<string, string>>;
  readonly query: readonly QueryPart[];
  readonly request: readonly Mark[];
  /** Those of path, query and body. */
  readonly asked: readonly Mark[];
  readonly answer: readonly Mark[];
  /** The answer is a list: what stands in it is nobody's in particular. */
  readonly lists: boolean;
}

const TIMES = new Set(['date_from', 'date_to', 'timeslot_from', 'timeslot_to']);
const seen = new WeakMap<SpokenExchange, { readonly version: Version; readonly marks: ExchangeMarks }>();

/** Told once for each exchange: recordings are long, and looked at when planned, when shown, when sent and when compared. */
export function marksOf(spoken: SpokenExchange, version: Version): ExchangeMarks {
  const known = seen.get(spoken);
  if (known?.version === version) return known.marks;
  const marks = look(spoken, version);
  seen.set(spoken, { version, marks });
  return marks;
}

/** All marks of the request, those of its URL first. */
export function requestMarks({ asked }: ExchangeMarks): readonly Mark[] {
  return asked;
}

/** Two URLs of one place: the host it is reached by may be written in several ways. */
export function targetOf(url: string): string {
  const { path, query } = splitPath(url);
  return query === '' ? path : `${path}?${query}`;
}

function look(spoken: SpokenExchange, version: Version): ExchangeMarks {
  const entry = entryById(spoken.operation);
  const params = entry === undefined ? {} : pathParams(entry, spoken.url);
  const { query } = splitPath(spoken.url);
  const ids: Partial<Record<RewriteKind, string>> = {};
  const group: Group = { type: 'path', parent: undefined, ids };
  const path = pathMarks(spoken.operation, params, group);
  for (const { kind, value } of path.values()) ids[kind] ??= value;
  const { text } = spoken.request;
  const answer = spoken.answer?.text;
  const parts = query === '' ? [] : queryParts(query, group);
  const request = text === undefined ? [] : marksIn(text, { version, schema: bodySchema(entry, version), around: ids });
  return {
    entry,
    path,
    params,
    query: parts,
    request,
    asked: [...path.values(), ...parts.flatMap(({ mark }) => mark ?? []), ...request],
    answer:
      answer === undefined
        ? []
        : marksIn(answer, { version, schema: answerSchema(entry, version), envelope: true, around: ids }),
    lists: entry?.items !== undefined,
  };
}

function bodySchema(entry: CatalogueEntry | undefined, version: Version): OcpiType['schema'] | undefined {
  return entry && bodyTypeOf(entry, version)?.schema;
}

function answerSchema(entry: CatalogueEntry | undefined, version: Version): OcpiType['schema'] | undefined {
  return entry && answerTypeOf(entry, version)?.schema;
}

function pathMarks(operation: string, params: Readonly<Record<string, string>>, group: Group): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const nowhere = { start: 0, end: 0, pointer: 'url', quoted: false, number: false, group };
  const { country_code: country, party_id: party } = params;
  for (const [name, value] of Object.entries(params)) {
    const place = { ...nowhere, field: name };
    if (name === 'country_code' || name === 'party_id') {
      const half = name === 'country_code' ? 'country' : 'party';
      marks.set(name, { ...place, kind: 'party', value: `${country}-${party}`, half });
      continue;
    }
    const kind = paramKind(operation, name);
    if (kind !== undefined && value !== '' && value !== '#NA') marks.set(name, { ...place, kind, value });
  }
  return marks;
}

/** A response_url that is not encoded takes all that follows it (T14). */
function queryParts(query: string, group: Group): QueryPart[] {
  const bare = /(?:^|&)response_url=https?:\/\//i.exec(query);
  const head = bare === null ? query : query.slice(0, bare.index);
  const parts = head === '' ? [] : head.split('&').map(raw => queryPart(raw, group));
  if (bare === null) return parts;
  return [...parts, queryPart(query.slice(bare.index).replace(/^&/, ''), group)];
}

function queryPart(raw: string, group: Group): QueryPart {
  const at = raw.indexOf('=');
  const name = at === -1 ? raw : raw.slice(0, at);
  const written = at === -1 ? '' : raw.slice(at + 1);
  const value = decodeSegment(written) ?? written;
  const kind = name === 'response_url' ? 'response_url' : TIMES.has(name) || isPlainTime(value) ? 'time' : undefined;
  if (kind === undefined || value === '') return { raw, name };
  const place = { start: 0, end: 0, pointer: 'url', field: name, quoted: false, number: false, group };
  return { raw, name, mark: { ...place, kind, value } };
}
