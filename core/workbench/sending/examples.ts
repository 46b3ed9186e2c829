import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { PulledModule } from '../../contract/objects.ts';
import { OwnListName, OwnModuleName } from '../../contract/own.ts';
import type { SendExample } from '../../contract/sending.ts';
import type { History } from '../../history/history.ts';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { exampleOf } from '../../ocpi/example.ts';
import { cutElements, cutMembers, joinMembers } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { OwnData } from '../../server/own-data.ts';
import { nameOf } from './operations.ts';
import { createOwnTexts, type OwnTexts, ownList } from './own-texts.ts';
import { ownPartyOf, type SendContext } from './routing.ts';

export interface ExampleParts {
  readonly history: Pick<History, 'objects'>;
  readonly data: OwnData;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface Wanted {
  readonly operation: string;
  /** Id of the object it shall be of. */
  readonly of?: string | undefined;
}

/** Where the ids in a path or body lead: to objects of ours where we push, else to the partner's. */
const ABOUT: Readonly<Record<string, PulledModule>> = {
  'commands.stop-session': 'sessions',
  'sessions.put-preferences': 'sessions',
  'tokens.authorize': 'tokens',
};
/** What a change is shown with, the first that the object has. */
const CHANGED = ['status', 'kwh', 'valid', 'reservation_status', 'name', 'location_ids', 'amperage', 'max_amperage'];

/** Something to begin with: of an object that is there, or made by the schema. */
export async function makeExample(
  { history, data, clock, newId }: ExampleParts,
  context: SendContext,
  { operation, of }: Wanted,
): Promise<Outcome<SendExample>> {
  const { link, version } = context;
  const entry = entryById(operation);
  if (entry === undefined || !entry.versions.includes(version)) {
    const advice = `wb send ${link.name} --list shows what there is.`;
    return failed('INVALID_INPUT', `OCPI ${version} has no operation "${operation}"`, advice);
  }
  const module = aboutOf(entry);
  const ours = entry.interface === 'RECEIVER' && module === entry.module;
  const text = ours
    ? ownText(createOwnTexts(data, link, version), { entry, module, of })
    : await storedText(history, { linkId: link.id, module, of });
  if (of !== undefined && text === undefined) {
    const whose = ours ? 'our own data' : `what is known of ${link.name}`;
    return failed('NOT_FOUND', `there is no ${of} in ${module} of ${whose}`, 'Name another one, or none.');
  }
  const own = ownPartyOf(context, { module: entry.module, side: entry.interface });
  if (own === undefined) throw new Error('a platform has at least one party');
  const ids = text === undefined ? {} : idsIn(JSON.parse(text), { module, list: listOf(entry) });
  const made = { now: clock.now(), newId, party: own };
  const type = bodyTypeOf(entry, version);
  const example = type === undefined ? undefined : exampleOf(type.schema, made);
  const part = ours && text !== undefined ? partOf(text, entry) : undefined;
  const whole =
    part ?? (isJsonObject(example) ? JSON.stringify({ ...example, ...fitting(example, ids) }, null, 2) : undefined);
  const body = whole !== undefined && entry.method === 'PATCH' ? changeOf(whole, made.now) : whole;
  const named = isJsonObject(example) ? (example['uid'] ?? example['id'] ?? example['terminal_id']) : undefined;
  const owner = { country_code: own.countryCode, party_id: own.partyId };
  const values: Readonly<Record<string, unknown>> = { ...owner, ...ids };
  const placeholders = entry.path.filter(isPlaceholder).map(nameOf);
  const params = placeholders.map((name, at) => {
    const last = at === placeholders.length - 1;
    return [name, String(values[name] ?? (last && typeof named === 'string' ? named : newId()))];
  });
  return done({
    body: body ?? null,
    params: Object.fromEntries(params) as Record<string, string>,
    query: queryOf(entry, context, ids),
    from: fromWords({ id: ids['id'], ours, link: link.name, used: part !== undefined }),
  });
}

function aboutOf({ id, module }: CatalogueEntry): PulledModule {
  const about = ABOUT[id];
  if (about !== undefined) return about;
  if (module === 'commands') return 'locations';
  if (module === 'chargingprofiles' || module === 'versions' || module === 'credentials') return 'sessions';
  return module;
}

/** The path names the list, where the module has several. */
function listOf({ path }: CatalogueEntry): OwnListName | undefined {
  return OwnListName.options.find(list => path.includes(list));
}

function ownText(
  own: OwnTexts,
  {
    entry,
    module,
    of,
  }: { readonly entry: CatalogueEntry; readonly module: PulledModule; readonly of: string | undefined },
) {
  const known = OwnModuleName.safeParse(module);
  const among = known.success ? ownList(known.data, listOf(entry)) : undefined;
  if (among === undefined) return undefined;
  if (of !== undefined) return own.get(among.module, of, among);
  const [first] = own.all(among);
  return first;
}

async function storedText(
  { objects }: ExampleParts['history'],
  { linkId, module, of }: { linkId: number; module: PulledModule; of: string | undefined },
): Promise<string | undefined> {
  if (of !== undefined) return objects.present({ linkId, module, id: of });
  const found = await objects.list({ linkId, module, vanished: false, limit: 1 });
  const [first] = found.ok ? found.objects : [];
  return first === undefined ? undefined : JSON.stringify(first.object);
}

interface IdsOf {
  readonly module: PulledModule;
  readonly list: OwnListName | undefined;
}

/** Names of an object and of its first parts, as paths and commands call them. */
function idsIn(json: unknown, { module, list }: IdsOf): Record<string, string> {
  if (!isJsonObject(json)) return {};
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const [evse] = Array.isArray(json['evses']) ? json['evses'] : [];
  const [connector] = isJsonObject(evse) && Array.isArray(evse['connectors']) ? evse['connectors'] : [];
  const [calendar] = Array.isArray(json['calendars']) ? json['calendars'] : [];
  const id = text(json['uid']) ?? text(json['id']) ?? text(json['terminal_id']);
  const named = list === 'booking_locations' ? 'booking_location_' : `${module.replace(/s$/, '')}_`;
  const found = {
    id,
    country_code: text(json['country_code']),
    party_id: text(json['party_id']),
    [`${module === 'tokens' ? 'token_u' : named}id`]: id,
    evse_uid: isJsonObject(evse) ? text(evse['uid']) : undefined,
    connector_id: isJsonObject(connector) ? text(connector['id']) : undefined,
    calendar_id: isJsonObject(calendar) ? text(calendar['id']) : undefined,
    type: text(json['type']),
    ...(module === 'payments' ? { terminal_id: text(json['terminal_id']) } : {}),
  };
  return Object.fromEntries(Object.entries(found).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Ids of what is there in the place of made-up ones; the object's own id and owner stay its own. */
function fitting(example: JsonObject, ids: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(ids).filter(
    ([name]) => name in example && !['id', 'type', 'country_code', 'party_id'].includes(name),
  );
  return Object.fromEntries(pairs);
}

/** The object, or its first EVSE, connector or calendar, as it stands in its text. */
function partOf(text: string, { id }: CatalogueEntry): string | undefined {
  if (id.endsWith('-calendar')) return firstOf(text, 'calendars');
  if (!/-(evse|connector)$/.test(id)) return text;
  const evse = firstOf(text, 'evses');
  return evse === undefined || id.endsWith('-evse') ? evse : firstOf(evse, 'connectors');
}

function firstOf(text: string, list: string): string | undefined {
  const elements = cutMembers(text).get(list);
  return elements?.startsWith('[') ? cutElements(elements)[0] : undefined;
}

/** One field of it, and the moment of the change. */
function changeOf(text: string, now: number): string {
  const members = cutMembers(text);
  const field = CHANGED.find(name => members.has(name));
  const change = new Map([['last_updated', JSON.stringify(writeDateTime(now))]]);
  if (field !== undefined) change.set(field, members.get(field) ?? 'null');
  return joinMembers(change);
}

function queryOf({ query }: CatalogueEntry, { version }: SendContext, ids: Readonly<Record<string, string>>) {
  const type = query.includes('type') && atLeast22(version) ? ids['type'] : undefined;
  return type === undefined ? {} : { type };
}

interface Origin {
  readonly id: string | undefined;
  readonly ours: boolean;
  readonly link: string;
  /** The object itself is the body. */
  readonly used: boolean;
}

function fromWords({ id, ours, link, used }: Origin): string {
  if (id === undefined) return 'by the schema';
  const whose = ours ? 'our own data' : link;
  return used ? `of ${id} of ${whose}` : `by the schema, with ids of ${id} of ${whose}`;
}
