import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { ReproducedSide } from '../../contract/reproduction.ts';
import type { RedactionGroup } from '../../contract/session-log.ts';
import { parsePartyId } from '../../ocpi/party-id.ts';
import { headerValue, headerValues } from '../../ocpi/raw-headers.ts';
import type { ExchangeLine, HeaderLine, LinkLine, LogRecord } from '../format/records.ts';
import { bodyMeaning } from './body-meaning.ts';
import { createDirectoryCollecting, type Directory } from './directory.ts';
import type { KnownRequest, KnownResult, LinePlace } from './known-request.ts';
import { readableBody } from './line-body.ts';
import { originOf, plainPath, type RecordedOrigin, targetOf } from './origins.ts';
import { createResultPairing, responseUrlOf } from './result-pairing.ts';
import { tokenLengths, tokenMarkOf } from './tokens.ts';

/** What a reproduction has to know of the side it plays, beside its known requests. */
export interface RecordedSide {
  readonly link: string;
  readonly redacted: readonly RedactionGroup[];
  readonly origins: readonly RecordedOrigin[];
  /** Path of the versions URL, as asked of this server. */
  readonly versionsPath: string;
  /** Recorded tokens with their lengths. */
  readonly tokenLengths: ReadonlyMap<string, number>;
  /** The token that the first request carried. */
  readonly firstToken: string | undefined;
  /** The token that it called with itself. */
  readonly sentToken: string | undefined;
  /** How it is registered with where the recording does not hold that; undefined where nothing is known of it. */
  readonly directory: Directory | undefined;
  readonly results: readonly KnownResult[];
  readonly known: number;
}

export interface CollectOptions {
  readonly as: ReproducedSide;
  /** Name of a link in the log; needed where there are several. */
  readonly link: string | undefined;
  /** Keeps the text of a line that will be read again. */
  readonly keep: (text: string) => LinePlace;
}

/** Reads the lines of a log, in their order, for one side of one link. */
export interface Collector {
  header(header: HeaderLine): void;
  /** The request that is known by this line, if there is one. */
  take(record: LogRecord): KnownRequest | undefined;
  end(): Outcome<RecordedSide>;
}

/** Endings of our own requests after which the partner may still be known to have said nothing. */
const WITHOUT_ANSWER = new Set([
  'timeout',
  'reset',
  'malformed',
  'cut',
  'refused',
  'dns',
  'unreachable',
  'tls',
  'proxy',
]);
/** Endings at which nobody was there at all. */
const UNREACHED = new Set(['refused', 'dns', 'unreachable']);
const NAMES_ADDRESSES = /^(versions|credentials)\./;
const REGISTERS = /^credentials\.(post|put)$/;
const LOOKS = new Set(['versions.list', 'versions.details']);
const OWN_VERSIONS_PATH = '/ocpi/versions';
/** What parties of ours are called where nothing says so. */
const OURS = 'OCPI Workbench';
const AUTHORITY = /^https?:\/\/[^/?#]*/i;
const LONGEST_HEADER = 300;
const MOST_SEEN = 1_000;
/** Milliseconds that may lie between writing a request of ours down, when it counts as begun, and its leaving, from when it is timed. */
const LEFT_LATER = 2_000;

export function createCollector({ as, link: wanted, keep }: CollectOptions): Collector {
  const links: LinkLine[] = [];
  const asksThem = as === 'partner' ? 'out' : 'in';
  const origins = new Map<string, { readonly base: string; readonly prefix: string; reached: boolean; met: boolean }>();
  const lengths = new Map<string, number>();
  const sure = new Set<string>();
  const pairing = createResultPairing();
  const directory = createDirectoryCollecting();
  const textsSeen = new Set<string>();
  const originsOf = new Map<string, string>();
  let header: HeaderLine | undefined;
  let firstToken: string | undefined;
  let sentToken: string | undefined;
  let versionsPath: string | undefined;
  let known = 0;

  const addOrigin = (base: string, prefix: string) => {
    const origin = origins.get(base) ?? { base, prefix, reached: false, met: false };
    origins.set(base, origin);
    return origin;
  };
  /** Of the partner: each origin of its own in front of its paths, but the first. */
  const partnerOrigin = (origin: string) => addOrigin(origin, origins.size === 0 ? '' : `/~${origins.size + 1}`);

  const chosen = (): LinkLine | undefined => {
    if (wanted === undefined) return links.length === 1 ? links[0] : undefined;
    return links.find(({ link: { name } }) => name === wanted) ?? links.find(named(wanted));
  };

  const concerns = (line: ExchangeLine): boolean => {
    const link = chosen();
    if (line.link !== undefined) return line.link === link?.id;
    // Callers that could not be told are met by us alone.
    return as === 'us' && line.direction === 'in';
  };

  const placeOf = (line: ExchangeLine): string => {
    const { path } = targetOf(line.request.url);
    if (as === 'us') {
      const host = headerValue(line.request.headers, 'host');
      if (host !== undefined) for (const scheme of ['http', 'https']) addOwn(`${scheme}://${host}`, '');
      return plainPath(withoutOwnPath(path));
    }
    const origin = knownOrigin(line.request.url);
    if (origin === undefined) return plainPath(path);
    const found = partnerOrigin(origin);
    found.met = true;
    found.reached ||= !UNREACHED.has(line.ended.how);
    return plainPath(found.prefix + path);
  };

  /** Most requests go to the same few hosts. */
  const knownOrigin = (url: string): string | undefined => {
    const authority = AUTHORITY.exec(url)?.[0];
    if (authority === undefined) return undefined;
    const known = originsOf.get(authority) ?? originOf(url);
    if (known !== undefined) originsOf.set(authority, known);
    return known;
  };

  const addOwn = (url: string, behind: string) => {
    const origin = originOf(url);
    if (origin === undefined) return;
    const { path } = targetOf(url);
    const base = behind !== '' && path.endsWith(behind) ? path.slice(0, -behind.length) : '';
    addOrigin(origin + base.replace(/\/$/, ''), '').reached = true;
  };

  /** Ours is told with the path that a proxy puts in front of it, and may be asked with it or without. */
  const withoutOwnPath = (path: string): string => {
    for (const { base } of origins.values()) {
      const front = base.slice(originOf(base)?.length ?? 0);
      if (front !== '' && path.startsWith(`${front}/`)) return path.slice(front.length);
    }
    return path;
  };

  const tokensIn = (text: string) => {
    if (!text.includes('{token:') || textsSeen.has(text)) return;
    // Authorization headers: few, and the same in nearly every request.
    if (text.length < LONGEST_HEADER && textsSeen.size < MOST_SEEN) textsSeen.add(text);
    tokenLengths(text, (id, length, isSure) => {
      if (sure.has(id) && !isSure) return;
      lengths.set(id, length);
      if (isSure) sure.add(id);
    });
  };

  const addressesIn = (line: ExchangeLine) => {
    if (as === 'us' || !NAMES_ADDRESSES.test(line.operation) || line.response === undefined) return;
    for (const url of urlsIn(readableBody(line.response.headers, line.response.body))) {
      const origin = originOf(url);
      if (origin !== undefined) partnerOrigin(origin);
    }
  };

  const takeRequest = (line: ExchangeLine): KnownRequest | undefined => {
    const { id, operation, startedAt, request, response } = line;
    if (request.method === '' || !isAnswered(line)) return undefined;
    const path = placeOf(line);
    addressesIn(line);
    const authorization = headerValues(request.headers, 'authorization');
    const mark = tokenMarkOf(authorization.join(' '));
    for (const value of authorization) tokensIn(value);
    if (response?.body?.text !== undefined) tokensIn(response.body.text);
    firstToken ??= mark?.id;
    if (operation === 'versions.list') versionsPath ??= path;
    directory.known({ operation, path }, line.version);
    const body = readableBody(request.headers, request.body);
    const place = keep(JSON.stringify(line));
    known++;
    const responseUrl = responseUrlOf(request.url, body);
    if (responseUrl !== undefined) pairing.asked({ id, startedAt }, responseUrl);
    pairing.wentOn(startedAt);
    if (REGISTERS.test(operation)) {
      const endedAt = startedAt + Math.ceil(line.timings?.['total'] ?? 0);
      pairing.registered({ id, startedAt, endedAt, mayLast: asksThem === 'out' ? LEFT_LATER : 0 });
    }
    return {
      id,
      operation,
      method: request.method,
      path,
      query: targetOf(request.url).query,
      digest: bodyMeaning(body, { redacted: header?.redacted ?? [] }).digest,
      token: mark !== undefined ? `${mark.id} ${mark.form}` : authorization.length > 0 ? 'other' : '',
      status: response?.status ?? null,
      startedAt,
      place,
    };
  };

  /** What they sent: only what a request of ours had brought about is of use. */
  const takeSent = (line: ExchangeLine) => {
    const { id, startedAt, request, operation } = line;
    if (line.ended.how === 'withheld') return;
    const isLook = LOOKS.has(operation);
    const isResult = request.method === 'POST' && (pairing.expects(request.url) || operation.endsWith('.result'));
    const authorization = headerValues(request.headers, 'authorization');
    sentToken ??= tokenMarkOf(authorization.join(' '))?.id;
    if (!isLook && !isResult) return;
    for (const value of authorization) tokensIn(value);
    const sent = { id, startedAt, place: keep(JSON.stringify(line)) };
    if (isLook) pairing.looked(sent);
    else pairing.told(sent, request.url);
  };

  return {
    header: line => {
      header = line;
      if (as === 'us' && line.platform.versionsUrl !== null) addOwn(line.platform.versionsUrl, OWN_VERSIONS_PATH);
    },
    take: record => {
      if (record.type === 'link') {
        links.push(record);
        if (record !== chosen()) return undefined;
        const { versionsUrl, toldVersionsUrl, endpoints } = record.link;
        if (as === 'us') {
          if (toldVersionsUrl !== undefined) addOwn(toldVersionsUrl, OWN_VERSIONS_PATH);
          return undefined;
        }
        for (const url of [versionsUrl, ...endpoints.map(endpoint => endpoint.url)]) {
          const origin = url === undefined ? undefined : originOf(url);
          if (origin !== undefined) partnerOrigin(origin);
        }
        for (const { identifier, role, url } of endpoints) {
          const origin = originOf(url);
          const prefix = origin === undefined ? '' : partnerOrigin(origin).prefix;
          directory.endpoint({ identifier, role, path: plainPath(prefix + targetOf(url).path) });
        }
        return undefined;
      }
      if (record.type !== 'exchange' || !concerns(record)) return undefined;
      if (record.direction === asksThem) return takeRequest(record);
      takeSent(record);
      return undefined;
    },
    end: () => {
      const link = chosen();
      const problem = linkProblem(links, wanted) ?? nothingKnown(known, { as, link });
      if (problem !== undefined || link === undefined) return problem ?? notThere;
      const foundAt = versionsPath ?? usualVersionsPath(link);
      const { name, organisation, version, parties } = link.link;
      return done({
        link: name,
        redacted: header?.redacted ?? [],
        // Who could not be reached then is not to be reached here either: its URLs stay as they are.
        origins: [...origins.values()]
          .filter(({ reached, met, prefix }) => reached || !met || prefix === '')
          .map(({ base, prefix }) => ({ base, prefix })),
        versionsPath: foundAt,
        tokenLengths: lengths,
        firstToken,
        sentToken,
        directory: directory.end({
          versionsPath: foundAt,
          version,
          parties:
            as === 'partner' ? parties : (header?.platform.parties ?? []).flatMap(told => parsePartyId(told) ?? []),
          name: as === 'partner' ? organisation : OURS,
        }),
        results: pairing.results(),
        known,
      });
    },
  };

  function usualVersionsPath({ link: { versionsUrl } }: LinkLine): string {
    return as === 'us' || versionsUrl === undefined ? OWN_VERSIONS_PATH : plainPath(targetOf(versionsUrl).path);
  }

  function isAnswered({ direction, response, ended: { how }, faults }: ExchangeLine): boolean {
    if (response !== undefined) return true;
    if (direction === 'out') return WITHOUT_ANSWER.has(how);
    return how === 'broken-off' || ((how === 'cut' || how === 'reset') && (faults?.wire.length ?? 0) > 0);
  }
}

function named(wanted: string) {
  return ({ link: { name } }: LinkLine) => name.toLowerCase() === wanted.toLowerCase();
}

const URLS = /https?:(?:\\*\/){2}[^\s"'<>]+/gi;

/** Absolute URLs in a text, whole or broken JSON. */
function urlsIn(text: string): string[] {
  return Array.from(text.matchAll(URLS), ([url]) => url.replaceAll('\\', ''));
}

const notThere = failed('NOT_FOUND', 'the log names no partner', 'Export the log anew, with the link in it.');

function linkProblem(links: readonly LinkLine[], wanted: string | undefined): Outcome<never> | undefined {
  const names = links.map(({ link: { name } }) => `"${name}"`).join(', ');
  if (links.length === 0) return notThere;
  if (wanted === undefined && links.length > 1) {
    return failed('INVALID_INPUT', `the log holds several links: ${names}`, 'Say which of them is meant.');
  }
  if (wanted !== undefined && !links.some(named(wanted))) {
    return failed('NOT_FOUND', `the log holds no link "${wanted}"`, `It holds ${names}.`);
  }
  return undefined;
}

function nothingKnown(
  known: number,
  { as, link }: { readonly as: ReproducedSide; readonly link: LinkLine | undefined },
): Outcome<never> | undefined {
  if (known > 0) return undefined;
  const name = link?.link.name ?? '';
  return as === 'partner'
    ? failed(
        'NOT_FOUND',
        `the log holds nothing that "${name}" was asked for`,
        'What it asked is there to be answered as "us"; or export more of the recording.',
      )
    : failed(
        'NOT_FOUND',
        `the log holds nothing that "${name}" asked`,
        'What it was asked is there to be answered as "partner"; or export more of the recording.',
      );
}
