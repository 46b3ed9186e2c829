import { type CatalogueEntry, entryById } from '../../ocpi/catalogue.ts';
import { type Finding, worstOf } from '../../ocpi/findings.ts';
import { withNumberTexts } from '../../ocpi/json-text.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Caller } from '../caller.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { unknown, versionOf } from './object-answers.ts';
import { invalid } from './pushed-answers.ts';

/** The parts of a response_url that we handed out. */
export interface ResultPlace {
  readonly module: 'commands' | 'chargingprofiles';
  readonly version: Version;
  /** What was asked for: `START_SESSION`, `set`. */
  readonly what: string;
  readonly runId: number;
  /** Nobody who was not given it can know it. */
  readonly key: string;
}

export interface PostedResult extends ResultPlace {
  readonly linkId: number;
  readonly exchangeId: number;
  /** The JSON value as it came, and what could be read of it; absent where it has to be rejected. */
  readonly body: unknown;
  readonly view: unknown;
  readonly findings: readonly Finding[];
}

/** Who waits for results, or waited once. */
export interface ResultReceiver {
  /** Who was asked there; undefined for a URL that was never handed out. */
  callerAt(place: ResultPlace): Caller | undefined;
  /** What is odd about it, besides what can be told from its body. The link is the one that was asked. */
  take(posted: PostedResult): readonly Finding[];
  /** Finding of a result at a URL that is none, or is somebody else's. */
  refused(place: ResultPlace, linkId: number | undefined): Finding;
}

export interface ResultParts {
  readonly results: ResultReceiver;
  /** Those that a party of ours asks for results in, by its roles: only they are advertised. */
  readonly modules: () => readonly ResultPlace['module'][];
}

/** Below the SENDER endpoint of the module: what, run, key. */
const PLACE = ['{what}', '{run_id}', '{key}'] as const;

/** Where partners post what came of commands and charging profiles (digest 6.6, 6.7): one responder a module. */
export function resultResponders({ results, modules }: ResultParts): Responder[] {
  return modules().map(module => {
    const result = `${module}.result`;
    return {
      serves: module === 'chargingprofiles' ? [result, 'chargingprofiles.put-active'] : [result],
      given: { [result]: () => PLACE },
      // What is awaited is told apart by its exchange.
      slow: [result],
      callerByUrl: {
        [result]: (version, params) => {
          const place = placeOf({ module, version, params });
          return place && results.callerAt(place);
        },
      },
      respond: request => (request.entry.id === result ? take(results, module, request) : takeActive(request)),
    };
  });
}

function take(results: ResultReceiver, module: ResultPlace['module'], request: OcpiRequest): PlannedReply {
  const version = versionOf(request);
  const { caller, params, exchangeId, body, entry } = request;
  const place = placeOf({ module, version, params });
  const asked = place && results.callerAt(place);
  if (place === undefined || asked === undefined || asked.linkId !== caller.linkId || asked.linkId === undefined) {
    const named = place ?? { module, version, what: params['what'] ?? '', runId: 0, key: '' };
    return {
      ...unknown(2001, 'Nothing was asked for with this URL.'),
      findings: [results.refused(named, asked?.linkId)],
    };
  }
  if (exchangeId === undefined || body === undefined) throw new Error('results are opened before they are answered');
  const { view, findings: checked } = check(entry, request);
  const found = results.take({
    ...place,
    linkId: asked.linkId,
    exchangeId,
    body: body.view,
    view,
    findings: checked,
  });
  const findings = [...checked, ...found];
  const { runId } = place;
  if (view === undefined) return { ...invalid(findings, checked.find(isError)), runId };
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success' }, findings, runId };
}

/** The CPO tells what it charges by now (digest 6.7); kept with its exchange. */
function takeActive(request: OcpiRequest): PlannedReply {
  const { view, findings } = check(request.entry, request);
  if (view === undefined) return invalid(findings, findings.find(isError));
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success' }, findings };
}

function check({ id }: CatalogueEntry, request: OcpiRequest) {
  const { body } = request;
  const version = versionOf(request);
  const checker = entryById(id)?.request?.[version];
  if (checker === undefined || body === undefined) throw new Error(`${id} has no body`);
  const { view, findings } = checker(body.view, { version });
  return { view, findings: withNumberTexts(findings, body.text) };
}

function isError(found: Finding): boolean {
  return worstOf([found]) === 'error';
}

function placeOf({
  module,
  version,
  params,
}: Pick<ResultPlace, 'module' | 'version'> & { readonly params: OcpiRequest['params'] }): ResultPlace | undefined {
  const { what = '', run_id: run = '', key = '' } = params;
  return /^[1-9]\d{0,14}$/.test(run) ? { module, version, what, runId: Number(run), key } : undefined;
}
