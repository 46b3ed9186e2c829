import { systemClock } from '../../core/clock.ts';
import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { FaultRuleText } from '../../core/contract/fault.ts';
import type { VersionName } from '../../core/contract/platform.ts';
import type { SendInput } from '../../core/contract/sending.ts';
import { sharedPlatform, type TestPlatform } from './platform.ts';
import { connectRaw, request as requestText } from './raw-client.ts';
import { type RawServer, startRawServer } from './raw-server.ts';

/** A message as it crossed, taken apart; one character a byte. */
export interface Literal {
  /** `HTTP/1.1 200 OK`, `PUT /ocpi/... HTTP/1.1`. */
  readonly start: string;
  readonly lines: readonly string[];
  readonly body: string;
}

export type Rule = Pick<FaultRuleText, 'kind'> & { readonly parameters?: Readonly<Record<string, unknown>> } & Partial<
    Omit<FaultRuleText, 'kind' | 'parameters'>
  >;

/** A call to us, in the words of the partner. */
export interface Asked {
  readonly version?: VersionName;
  /** Behind the version: `GET sender/locations?limit=1`; a path that begins with a slash is taken as it is. */
  readonly ask: string;
  readonly headers?: readonly string[];
  /** A text, or what becomes JSON. */
  readonly body?: unknown;
  /** All that arrives until the connection ends; otherwise a whole answer is enough. */
  readonly until?: 'closed';
}

/** A call of ours to the partner. */
export type Sent = { readonly version?: VersionName } & Omit<SendInput, 'name'>;

/** The moment at which everything happens: our clock does not go on. */
export const FROZEN = Date.UTC(2026, 0, 15, 12);
export const OUR_TOKEN = 'we-call-them-with-this-?>~token-000000000000';
export const THEIR_TOKEN = 'they-call-us-with-this-token-0000000000000';
const VERSIONS: readonly VersionName[] = ['2.1.1', '2.2.1', '2.3.0'];
const IDS = ['X-Request-ID: request-1', 'X-Correlation-ID: correlation-1'];
const SENT_IDS: [string, string][] = [
  ['X-Request-ID', 'request-1'],
  ['X-Correlation-ID', 'correlation-1'],
];
const ROUTING = [
  'OCPI-to-party-id: WBX',
  'OCPI-to-country-code: NL',
  'OCPI-from-party-id: VLT',
  'OCPI-from-country-code: SE',
];

/** A workbench and a partner made of literal bytes, to see what a fault does on the wire. */
export interface Faulty {
  readonly us: TestPlatform;
  readonly partner: RawServer;
  linkOf(version?: VersionName): string;
  /** What arrives at the partner that asks this, until the answer is whole or its connection has ended. */
  answered(asked: Asked): Promise<string>;
  /** What arrives at the partner when we send this: every request, in order. */
  arrived(sent: Sent): Promise<readonly string[]>;
  /** With one rule armed, and no other. */
  armed<T>(rules: Rule | readonly Rule[], work: () => Promise<T>): Promise<T>;
  /** The newest exchange. */
  newest(): Promise<ExchangeView>;
}

/** One for every test of a suite. `before` puts in what its tests need. */
export function sharedFaulty(before: (us: TestPlatform) => Promise<void> = async () => {}): () => Promise<Faulty> {
  const platform = sharedPlatform({
    versions: [...VERSIONS],
    parties: [
      { countryCode: 'NL', partyId: 'WBX', role: 'CPO', name: 'Workbench' },
      { countryCode: 'NL', partyId: 'WBX', role: 'EMSP', name: 'Workbench' },
    ],
    clock: { ...systemClock, now: () => FROZEN },
  });
  let opened: Promise<Faulty> | undefined;
  return () => {
    opened ??= open(platform, before);
    return opened;
  };
}

async function open(platform: () => Promise<TestPlatform>, before: (us: TestPlatform) => Promise<void>) {
  const us = await platform();
  let origin = '';
  const partner = await startRawServer({ scripts: text => [{ send: partnerAnswer(text, origin) }] });
  origin = partner.url;
  for (const version of VERSIONS) await adopt(us, partner, version);
  await before(us);
  const { port } = new URL(us.versionsUrl);
  const faulty: Faulty = {
    us,
    partner,
    linkOf,
    answered: async asked => {
      const client = await connectRaw({ port: Number(port) });
      try {
        await client.send(askText(asked));
        if (asked.until === 'closed') return await client.closed();
        const [answer] = await client.answers(1);
        return answer?.literal ?? '';
      } finally {
        client.destroy();
      }
    },
    arrived: async ({ version, ...sent }) => {
      const before = partner.requests.length;
      const headers = [...SENT_IDS, ...(sent.headers ?? [])];
      await us.client.sending.send({ name: linkOf(version), toParty: 'SE-VLT', ...sent, headers });
      return partner.requests.slice(before);
    },
    armed: async (rules, work) => {
      for (const rule of [rules].flat()) {
        await us.client.faults.add({ reachesRegistration: true, ...rule, parameters: { ...rule.parameters } });
      }
      try {
        return await work();
      } finally {
        await us.client.faults.remove({ all: true });
      }
    },
    newest: async () => {
      const [summary] = await us.client.exchanges.list({ limit: 1 });
      return us.client.exchanges.get({ id: summary?.id ?? 0 });
    },
  };
  return faulty;
}

function linkOf(version: VersionName = '2.2.1'): string {
  return `partner of ${version}`;
}

async function adopt({ client }: TestPlatform, { url }: RawServer, version: VersionName) {
  const name = linkOf(version);
  const { runId } = await client.links.adopt({
    name,
    version,
    versionsUrl: `${url}/${version}/versions`,
    token: `${OUR_TOKEN}${version.replaceAll('.', '')}`,
    theirToken: `${THEIR_TOKEN}${version.replaceAll('.', '')}`,
    tokenForm: version === '2.1.1' ? 'raw' : 'base64',
  });
  for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
  await client.links.set({ name, readOnly: false });
}

function askText({ version = '2.2.1', ask, headers = [], body }: Asked): string {
  const [method = '', path = ''] = ask.split(' ');
  const target = path.startsWith('/') ? path : `/ocpi/${version}/${path}`;
  const token = `${THEIR_TOKEN}${version.replaceAll('.', '')}`;
  const written = version === '2.1.1' ? token : Buffer.from(token).toString('base64');
  const ours = version === '2.1.1' ? [] : [...IDS, ...(/credentials|versions/.test(path) ? [] : ROUTING)];
  const own = headers.map(line => line.split(':')[0]?.toLowerCase());
  const lines = [`Authorization: Token ${written}`, ...ours].filter(
    line => !own.includes(line.split(':')[0]?.toLowerCase()),
  );
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const typed = text === '' ? [] : ['Content-Type: application/json'];
  return requestText(`${method} ${target}`, [...lines, ...headers, ...typed], text);
}

const MODULES = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens', 'commands', 'chargingprofiles'];

function partnerAnswer(text: string, origin: string): string {
  const path = text.split(' ')[1] ?? '';
  const version = VERSIONS.find(one => path.startsWith(`/${one}/`)) ?? '2.2.1';
  const endpoint = (identifier: string, role: string) => ({
    identifier,
    role,
    url: `${origin}/${version}/${role.toLowerCase()}/${identifier}`,
  });
  const sides = MODULES.flatMap(module => [endpoint(module, 'SENDER'), endpoint(module, 'RECEIVER')]);
  const flat = MODULES.map(module => ({ identifier: module, url: `${origin}/${version}/both/${module}` }));
  const credentials = { ...endpoint('credentials', 'SENDER'), url: `${origin}/${version}/credentials` };
  const details = {
    version,
    endpoints:
      version === '2.1.1' ? [...flat, { identifier: 'credentials', url: credentials.url }] : [...sides, credentials],
  };
  const data = path.endsWith('/versions')
    ? [{ version, url: `${origin}/${version}/details` }]
    : path.endsWith('/details')
      ? details
      : [];
  const body = JSON.stringify({ data, status_code: 1000, status_message: 'OK', timestamp: '2026-01-15T12:00:00Z' });
  const echoed = text.split('\r\n').filter(line => /^x-(?:request|correlation)-id:/i.test(line));
  const lines = ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...echoed, `Content-Length: ${body.length}`];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Takes a message apart. */
export function literal(text: string): Literal {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  return { start, lines, body: text.slice(end + 4) };
}

/** What of a message is to be otherwise. */
export interface Edit {
  readonly start?: string;
  readonly lines?: (lines: readonly string[]) => readonly string[];
  /** One character a byte; Content-Length follows. */
  readonly body?: (body: string) => string;
}

/** The bytes of the message with the edit made, Content-Length right. */
export function edited(
  message: Literal,
  { start = message.start, lines = same => same, body = same => same }: Edit,
): string {
  const changed = body(message.body);
  const measured = message.lines.map(line =>
    /^content-length:/i.test(line) ? line.replace(/\d+/, String(changed.length)) : line,
  );
  return `${start}\r\n${lines(measured).join('\r\n')}\r\n\r\n${changed}`;
}

/** A text as it stands on the wire, one character a byte. */
export function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
