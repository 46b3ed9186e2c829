import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { ExchangeLine, LinkLine, LogBody, LogRecord, ObjectLine, RuleLine, RunLine } from '../format/records.ts';
import { lineOf, readBody } from './body-texts.ts';
import type { ValueKind } from './kinds.ts';
import { mapTexts } from './mapped.ts';
import { type Secrets, withoutUserInfo } from './secrets.ts';
import { shortTexts } from './short-texts.ts';
import type { Texts } from './texts.ts';

export interface RecordTexts {
  record(record: LogRecord): LogRecord;
  /** Texts of anything else, by the names of their members. */
  details<T>(value: T): T;
  /** Bodies that nobody could look into. */
  readonly unreadable: number;
}

type Pairs = [string, string][];
type Message = { method?: string; url?: string; headers: Pairs; body?: LogBody | undefined };

interface AboutBody {
  readonly module: string;
  readonly key?: number;
  readonly isPacket?: boolean;
}

const HOST_HEADERS: ReadonlySet<string> = new Set(['host', 'x-forwarded-host', 'x-forwarded-server', 'x-real-ip']);
const PARTY_HEADERS: Readonly<Record<string, ValueKind>> = {
  'ocpi-from-country-code': 'country code',
  'ocpi-to-country-code': 'country code',
  'ocpi-from-party-id': 'party id',
  'ocpi-to-party-id': 'party id',
};
/** Members of links, rules, runs and connections that hold one value of a kind; all others are free texts. */
const MEMBERS: Readonly<Record<string, ValueKind>> = {
  party: 'party',
  ownParty: 'party',
  hubPartyId: 'party',
  parties: 'party',
  fromParty: 'party',
  toParty: 'party',
  countryCode: 'country code',
  partyId: 'party id',
  link: 'link name',
  links: 'link name',
  organisation: 'link name',
};
/** Words of our own, which stay as they are. */
const FIXED: ReadonlySet<string> = new Set(
  (
    'type kind state initiator version severity code section environment how phase by direction identifier role ' +
    'tokenForm learnedForm profile method operation side module family offeredVersions versions requiredModules'
  ).split(' '),
);
/** What was sent or is sent, as it came into our records. */
const FOREIGN: ReadonlySet<string> = new Set(['detail', 'parameters']);
const HOSTS: ReadonlySet<string> = new Set(['remoteAddress', 'host', 'hostname']);

/** Goes through all texts of records, by what they are. `texts` decides what becomes of each. */
export function createRecordTexts(texts: Texts, secrets: Secrets): RecordTexts {
  let unreadable = 0;
  // While it is only looked, nothing is sealed: what is found is asked about one by one.
  const clean = (text: string): string => (texts.looking ? text : secrets.text(text));
  const free = (text: string): string => texts.free(clean(text));

  const member = (text: string, name: string): string => {
    if (FIXED.has(name)) return text;
    const kind = MEMBERS[name];
    const sealed = clean(text);
    if (HOSTS.has(name)) return texts.free(texts.host(sealed));
    const value = kind === undefined ? sealed : texts.value(kind, sealed);
    return value === sealed ? texts.free(sealed) : value;
  };
  const foreign = (value: unknown): unknown => {
    const written = JSON.stringify(value);
    const changed = texts.document(clean(written), '');
    if (changed === written) return value;
    try {
      return JSON.parse(changed);
    } catch {
      // A number that was a token is a placeholder now, and no JSON: text by text then.
      return mapTexts(value, { text: free, whole: () => undefined });
    }
  };
  const changes = { text: member, whole: (name: string) => (FOREIGN.has(name) ? foreign : undefined) };
  const details = <T>(value: T): T => mapTexts(value, changes);

  const header = (name: string, value: string): string => {
    const key = name.toLowerCase();
    const sealed = texts.looking ? value : secrets.header(name, value);
    const kind = PARTY_HEADERS[key];
    if (kind !== undefined) return texts.value(kind, sealed);
    return texts.free(HOST_HEADERS.has(key) ? texts.host(sealed) : sealed);
  };
  const headers = (pairs: Pairs): Pairs => {
    let changed: Pairs | undefined;
    for (const [at, [name, value]] of pairs.entries()) {
      const other = header(name, value);
      const otherName = free(name);
      if (other === value && otherName === name) continue;
      changed ??= [...pairs];
      changed[at] = [otherName, other];
    }
    return changed ?? pairs;
  };

  /** `isPacket`: no parser took it, so that its header lines stand in it. `key`: its own, which is the same in both passes. */
  const body = (given: LogBody, lines: RawHeaders, { module, key, isPacket = false }: AboutBody): LogBody => {
    const readable = readBody(given, lines);
    if ('empty' in readable) return given;
    if ('leftOut' in readable) {
      if (texts.looking) return given;
      unreadable++;
      return { length: given.length ?? bytesOf(given), leftOut: readable.leftOut };
    }
    const sealed = isPacket && !texts.looking ? secrets.packet(readable.text) : clean(readable.text);
    const changed = texts.document(sealed, module, sealed === readable.text ? key : undefined);
    return changed === readable.text ? given : readable.write(changed);
  };

  /** Bodies, whatever the short texts hold. */
  const withBodies = (line: ExchangeLine, module: string): ExchangeLine => {
    const { request, response } = line;
    const asked = bodied(request, requestOf(line, module));
    const answered = response && bodied(response, responseOf(line, module));
    if (asked === request && answered === response) return line;
    return { ...line, request: asked, ...(answered && { response: answered }) };
  };
  const bodied = <T extends Message>(given: T, about: AboutBody): T => {
    if (given.body === undefined) return given;
    const held = body(given.body, given.headers, given.method === '' ? { ...about, isPacket: true } : about);
    if (held === given.body) return given;
    return { ...given, headers: fitLength(given.headers, given.body, held), body: held };
  };
  const message = <T extends Message>(given: T, about: AboutBody): T => {
    const held = bodied(given, about);
    const lines = headers(held.headers);
    return lines === held.headers ? held : { ...held, headers: lines };
  };

  const hasSecrets = (pairs: Pairs): boolean => pairs.some(([name, value]) => secrets.hides(name, value));
  /** True where the short texts of an exchange hold nothing, which is found out at once. */
  const isQuick = (line: ExchangeLine): boolean => {
    if (!texts.plain || line.faults !== undefined || line.ended['raw'] !== undefined) return false;
    // While it is only looked, secrets stay as they are; what they stand beside is asked about all the same.
    const seals = !texts.looking || 'detail' in line.ended;
    if (seals && (hasSecrets(line.request.headers) || (line.response && hasSecrets(line.response.headers))))
      return false;
    const joined = shortTexts(line);
    return (!seals || secrets.isClean(joined)) && !texts.holds(joined);
  };

  const exchange = (line: ExchangeLine): ExchangeLine => {
    const module = line.operation.split('.', 1)[0] ?? '';
    if (isQuick(line)) {
      const url = texts.target(line.request.url, line.operation);
      const changed = withBodies(line, module);
      return url === line.request.url ? changed : { ...changed, request: { ...changed.request, url } };
    }
    return thorough(line, module);
  };

  const thorough = (line: ExchangeLine, module: string): ExchangeLine => {
    const url = texts.url(clean(line.request.url), line.operation);
    const request = message(line.request, requestOf(line, module));
    const { response, findings, faults, note, connection, requestId, correlationId, fromParty, toParty } = line;
    const { raw, ...how } = line.ended;
    const ended = details(how);
    return {
      ...line,
      request: { ...request, url, method: free(request.method) },
      ...(response && {
        response: { ...message(response, responseOf(line, module)), statusText: free(response.statusText) },
      }),
      ended: { ...ended, how: line.ended.how, ...(typeof raw === 'string' && { raw: packet(raw) }) },
      ...(connection && { connection: details(connection) }),
      ...(requestId !== undefined && { requestId: free(requestId) }),
      ...(correlationId !== undefined && { correlationId: free(correlationId) }),
      ...(fromParty !== undefined && { fromParty: member(fromParty, 'party') }),
      ...(toParty !== undefined && { toParty: member(toParty, 'party') }),
      ...(findings && {
        findings: findings.map(finding => ({
          ...finding,
          pointer: free(finding.pointer),
          met: free(finding.met),
          expected: free(finding.expected),
        })),
      }),
      ...(faults && { faults: faulted(faults, module) }),
      ...(note !== undefined && { note: free(note) }),
    };
  };

  /** The beginning of what no parser took, as Base64. */
  const packet = (base64: string): string => {
    const line = lineOf(Buffer.from(base64, 'base64'));
    const changed = body(line, [], { module: '', isPacket: true });
    return changed === line ? base64 : (changed.base64 ?? Buffer.from(changed.text ?? '').toString('base64'));
  };

  const faulted = (
    faults: NonNullable<ExchangeLine['faults']>,
    module: string,
  ): NonNullable<ExchangeLine['faults']> => {
    const { firings, intended, wire } = faults;
    return {
      firings: firings.map(firing => ({
        ...firing,
        ...details({ rule: firing.rule, did: firing.did, parameters: firing.parameters }),
      })),
      wire: wire.map(free),
      ...(intended && { intended: { ...message(intended, { module }), start: free(intended.start) } }),
    };
  };

  const link = ({ link: given, ...line }: LinkLine): LinkLine => {
    const { ca: _ca, clientCertificate: _certificate, clientKey: _key, proxy, policies, ...settings } = given.settings;
    const { parties, name, organisation, endpoints, ...rest } = given;
    return {
      ...line,
      link: {
        ...details(rest),
        name: member(name, 'link'),
        organisation: member(organisation, 'organisation'),
        endpoints: endpoints.map(({ identifier, url, ...endpoint }) => ({
          ...endpoint,
          identifier: clean(identifier),
          url: free(withoutUserInfo(url)),
        })),
        parties: parties.map(({ countryCode, partyId, name: company, ...party }) => ({
          ...party,
          countryCode: member(countryCode, 'countryCode'),
          partyId: member(partyId, 'partyId'),
          ...(company !== undefined && { name: texts.value('company', clean(company)) }),
        })),
        settings: {
          ...details(settings),
          ...(proxy !== undefined && { proxy: free(withoutUserInfo(proxy)) }),
          ...(policies && { policies: details(policies) }),
        },
      },
    };
  };

  const rule = (line: RuleLine): RuleLine => ({ ...line, name: free(line.name), details: details(line.details) });
  const run = (line: RunLine): RunLine => ({ ...line, run: details(line.run) });

  const object = (line: ObjectLine): ObjectLine => {
    const document = (text: string) => texts.document(clean(text), line.module);
    const revisions = line.revisions.map(revision => ({ ...revision, text: document(revision.text) }));
    return { ...line, text: document(line.text), revisions };
  };

  return {
    record(record) {
      switch (record.type) {
        case 'link':
          return link(record);
        case 'rule':
          return rule(record);
        case 'run':
          return run(record);
        case 'exchange':
          return exchange(record);
        case 'object':
          return object(record);
      }
    },
    details,
    get unreadable() {
      return unreadable;
    },
  };
}

function requestOf({ id }: ExchangeLine, module: string): AboutBody {
  return { module, key: 2 * id };
}

function responseOf({ id }: ExchangeLine, module: string): AboutBody {
  return { module, key: 2 * id + 1 };
}

function bytesOf({ text, base64 }: LogBody): number {
  return text === undefined ? Buffer.byteLength(base64 ?? '', 'base64') : Buffer.byteLength(text);
}

/** A body that was packed anew has another length; what announced the old one rightly announces the new one. */
function fitLength(lines: Pairs, before: LogBody | undefined, after: LogBody): Pairs {
  if (before === undefined || after.leftOut !== undefined || before.length !== undefined) return lines;
  const [old, now] = [bytesOf(before), bytesOf(after)];
  if (old === now) return lines;
  return lines.map(([name, value]) =>
    name.toLowerCase() === 'content-length' && value === String(old) ? [name, String(now)] : [name, value],
  );
}
