import { done, failed, type Outcome } from '../contract/failure.ts';
import { type CatalogueEntry, catalogue, isPlaceholder } from '../ocpi/catalogue.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';
import { formatPartyId, type PartyId } from '../ocpi/party-id.ts';
import { appendQuery, appendSegments } from '../ocpi/urls.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';
import type { Recording, RequestStep } from './recording.ts';

export interface ObjectSource {
  readonly title: string;
  /** `sessions`, `tokens`, `payments`. */
  readonly module: string;
  readonly version: Version;
  /** Whose object it is. */
  readonly owner: PartyId;
  /** Oldest first; `at` in milliseconds since the epoch, `text` the JSON of the whole object. */
  readonly revisions: readonly { readonly at: number; readonly text: string }[];
}

/** How an object of each module is sent whole. */
const SENT: Readonly<Record<string, string>> = {
  locations: 'locations.put',
  sessions: 'sessions.put',
  cdrs: 'cdrs.post',
  tariffs: 'tariffs.put',
  tokens: 'tokens.put',
};
const PAYMENTS = { terminal: 'payments.post-terminal', confirmation: 'payments.post-confirmation' } as const;
/** What the last placeholder of a path is called in the object. */
const OWN_ID: Readonly<Record<string, string>> = { token_uid: 'uid' };
const HOST = 'https://recorded.invalid';
const utf8 = new TextEncoder();

/**
 * The revisions of a stored object as requests of its owner, each whole: PUT, CDRs and what terminals report POST. Fails for
 * modules whose objects nobody pushes, and for what is no JSON object.
 */
export function recordingOfObject(source: ObjectSource): Outcome<Recording> {
  const { title, module, version, revisions } = source;
  const steps: RequestStep[] = [];
  const startedAt = revisions[0]?.at;
  if (startedAt === undefined) return failed('NOT_FOUND', `"${title}" has no revisions`, 'Choose another object.');
  for (const [index, { at, text }] of revisions.entries()) {
    const object = jsonObjectIn(text);
    const entry = object && entryFor(source, object);
    if (entry === undefined || object === undefined) {
      const what = object === undefined ? `revision ${index + 1} of "${title}" is no JSON object` : undefined;
      const message = what ?? `OCPI ${version} has no way to push objects of ${module}`;
      return failed('INVALID_INPUT', message, 'Choose an object that its owner pushes, such as a session.');
    }
    steps.push({
      kind: 'request',
      no: index + 1,
      by: 'us',
      at: at - startedAt,
      withinMs: 0,
      spoken: {
        operation: entry.id,
        method: entry.method,
        url: urlOf(entry, object, source),
        startedAt: at,
        durationMs: 0,
        request: { headers: JSON_TYPE, text, length: utf8.encode(text).length, shortened: false },
        answer: accepted(at),
        ended: { how: 'complete' },
        ...(atLeast22(version) ? { fromParty: formatPartyId(source.owner) } : { fromParty: undefined }),
        toParty: undefined,
        requestId: undefined,
        correlationId: undefined,
        findings: [],
      },
    });
  }
  const notes = ['The object is sent as its owner would send it: each revision whole.'];
  return done({ title, version, made: 'recorded', startedAt, steps, notes });
}

const JSON_TYPE = [['Content-Type', 'application/json']] as const;

function accepted(at: number) {
  const text = JSON.stringify({ data: null, status_code: 1000, timestamp: new Date(at).toISOString() });
  return { status: 200, statusText: 'OK', headers: JSON_TYPE, text, length: text.length, shortened: false };
}

function entryFor({ module, version }: ObjectSource, object: JsonObject): CatalogueEntry | undefined {
  const id =
    module === 'payments' ? ('terminal_id' in object ? PAYMENTS.terminal : PAYMENTS.confirmation) : SENT[module];
  return catalogue(version).find(entry => entry.id === id);
}

function urlOf(entry: CatalogueEntry, object: JsonObject, { owner, module, version }: ObjectSource): string {
  const path = entry.path.map(part => {
    if (!isPlaceholder(part)) return part;
    const name = part.slice(1, -1);
    if (name === 'country_code') return owner.countryCode;
    if (name === 'party_id') return owner.partyId;
    return String(object[OWN_ID[name] ?? 'id'] ?? '');
  });
  const url = appendSegments(`${HOST}/ocpi/${version}/${module}`, ...path);
  const { type } = object;
  return module === 'tokens' && atLeast22(version) && typeof type === 'string' ? appendQuery(url, { type }) : url;
}

function jsonObjectIn(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
