import { LinkSettings } from '../../../contract/link.ts';
import type { NewLinkRow } from '../../../history/links.ts';
import type { ExchangeFaults, ExchangeRecord } from '../../../http/exchange.ts';
import type { Ended, Timings } from '../../../http/wire.ts';
import { entryById } from '../../../ocpi/catalogue.ts';
import { ENDINGS } from '../../../ocpi/endings.ts';
import { FINDING_CODES } from '../../../ocpi/finding-codes.ts';
import { DETECTOR_VERSION, type Finding } from '../../../ocpi/findings.ts';
import type { ExchangeLine, LinkLine, LogBody } from '../../../session-log/format/records.ts';
import { connectionTold } from '../../../traffic-import/told-connection.ts';

/** A line of a file is somebody else's word: here it becomes what the history takes, with nothing in it that could do harm. */

/** Longest name of a company, of a party id; most of what stands in a list. */
const LONGEST_NAME = 100;
const LONGEST_ID = 40;
const LONGEST_URL = 2000;
const MOST = 500;
const NO_BYTES = new Uint8Array();

/** A moment that can be shown, and that is not still to come: the history is ordered by when things began. */
export function momentIn(told: number, now: number): number {
  return Math.min(Math.max(told, 0), now);
}

/** An exchange without link and run; not sealed yet. `now`: of the import, milliseconds since the epoch. */
export function recordOf(line: ExchangeLine, now: number): ExchangeRecord {
  const { request, response, timings, connection, findings = [], faults } = line;
  const heard = timings === undefined ? undefined : timingsOf(timings);
  return {
    direction: line.direction,
    operation: entryById(line.operation) === undefined ? 'unknown' : line.operation,
    ...(line.version === undefined ? {} : { version: line.version }),
    startedAt: momentIn(line.startedAt, now),
    request: { method: request.method, url: request.url, headers: request.headers, ...bodyOf(request.body) },
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            statusText: response.statusText,
            headers: response.headers,
            ...bodyOf(response.body),
          },
        }),
    ended: endedOf(line.ended),
    ...(heard === undefined ? {} : { timings: heard }),
    ...(connection === undefined ? {} : { connection: connectionTold(connection) }),
    ...(line.ocpiStatus === undefined ? {} : { ocpiStatus: line.ocpiStatus }),
    ...(line.requestId === undefined ? {} : { requestId: line.requestId }),
    ...(line.correlationId === undefined ? {} : { correlationId: line.correlationId }),
    ...(line.fromParty === undefined ? {} : { fromParty: line.fromParty }),
    ...(line.toParty === undefined ? {} : { toParty: line.toParty }),
    findings: findings.flatMap(told => findingOf(told)),
    ...(faults === undefined ? {} : { faults: faultsOf(faults) }),
  };
}

/**
 * What stands in a line of a body, and how long it was where not all of it does. Its memory may be shared with others: it is
 * moved before it is handed to another thread, which would get all of that (import-bodies.ts).
 */
function bodyOf(body: LogBody | undefined): { readonly body: Uint8Array; readonly length?: number } {
  if (body === undefined) return { body: NO_BYTES };
  const { text, base64, length } = body;
  const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
  return length === undefined || length <= bytes.length ? { body: bytes } : { body: bytes, length };
}

const KNOWN_ENDINGS: ReadonlySet<string> = new Set(ENDINGS);

/** What was still open is nobody's to finish here. */
function endedOf({ how, raw, ...told }: ExchangeLine['ended']): Ended {
  if (how === 'open') return { how: 'interrupted' };
  if (!KNOWN_ENDINGS.has(how)) return { how: 'unknown' };
  const details = Object.entries(told).filter(([, value]) => value !== null && typeof value !== 'object');
  const bytes = typeof raw === 'string' ? { raw: new Uint8Array(Buffer.from(raw, 'base64')) } : {};
  // Written from an Ended by this or another workbench; whatever else stands there is shown, never relied on.
  return { ...Object.fromEntries(details), ...bytes, how } as Ended;
}

function timingsOf(told: Readonly<Record<string, number | null>>): Timings | undefined {
  const phase = (name: string) => told[name] ?? null;
  const total = phase('total');
  if (total === null) return undefined;
  return {
    queue: phase('queue'),
    dns: phase('dns'),
    connect: phase('connect'),
    tls: phase('tls'),
    firstByte: phase('firstByte'),
    total,
  };
}

/** Of codes that a newer workbench knows nothing could be said here. */
function findingOf({ code, ...told }: NonNullable<ExchangeLine['findings']>[number]): Finding[] {
  return Object.hasOwn(FINDING_CODES, code) ? [{ ...told, code, detector: DETECTOR_VERSION } as Finding] : [];
}

/** Its rules are not ours. */
function faultsOf({ firings, intended, wire }: NonNullable<ExchangeLine['faults']>): ExchangeFaults {
  return {
    firings: firings.map(firing => ({ ...firing, ruleId: null })),
    wire,
    ...(intended === undefined
      ? {}
      : {
          intended: {
            start: intended.start,
            headers: intended.headers,
            body: new Uint8Array(bodyOf(intended.body).body),
          },
        }),
  };
}

/** A link as it is shown: nothing by which the partner could be called, and nothing that changes how others are treated. */
export function linkRowOf({ link }: LinkLine, name: string): NewLinkRow {
  const { state, version, endpoints, parties, hubPartyId, offeredVersions, settings } = link;
  const { tokenForm, requiredModules, ownParty, profile, trailingSlash, credentialsPut, policies } = settings;
  return {
    name,
    organisation: shownText(link.organisation, LONGEST_NAME) || name,
    // What is asked before anything goes to a production link need not be asked here: nothing can go.
    environment: 'test',
    state,
    readOnly: true,
    ...(version === undefined ? {} : { version }),
    offeredVersions: offeredVersions.slice(0, MOST).map(one => shownText(one, LONGEST_ID)),
    endpoints: endpoints.slice(0, MOST).map(({ identifier, role, url }) => ({
      identifier: shownText(identifier, LONGEST_NAME),
      ...(role === undefined ? {} : { role: shownText(role, LONGEST_ID) }),
      url: shownText(url, LONGEST_URL),
    })),
    parties: parties.slice(0, MOST).map(party => ({
      countryCode: shownText(party.countryCode, LONGEST_ID),
      partyId: shownText(party.partyId, LONGEST_ID),
      ...(party.role === undefined ? {} : { role: shownText(party.role, LONGEST_ID) }),
      ...(party.name === undefined ? {} : { name: shownText(party.name, LONGEST_NAME) }),
    })),
    ...(hubPartyId === undefined ? {} : { hubPartyId: shownText(hubPartyId, LONGEST_ID) }),
    settings: LinkSettings.parse({
      tokenForm,
      requiredModules: requiredModules.slice(0, MOST).map(one => shownText(one, LONGEST_NAME)),
      ...(ownParty === undefined ? {} : { ownParty: shownText(ownParty, LONGEST_ID) }),
      ...(profile === undefined ? {} : { profile }),
      ...(trailingSlash === undefined ? {} : { trailingSlash }),
      ...(credentialsPut === undefined ? {} : { credentialsPut }),
      ...(policies === undefined ? {} : { policies }),
    }),
  };
}

/** One line, without what would tear a line of a table or turn the writing around. */
export function shownText(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .trim();
}
