import type { FAULT_KINDS } from '../../core/faults/catalogue.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { endOf } from '../support/platform.ts';
import { type FaultWorld, newest, type Scene, type Sent, send, since } from './fault-world.ts';

type Sample = (typeof FAULT_KINDS)[number]['sample'];
type Owner = typeof OURS | typeof THEIRS;

export const OURS = { country_code: 'NL', party_id: 'WBX' } as const;
export const THEIRS = { country_code: 'NL', party_id: 'VLT' } as const;

/** How a kind is shown, where its sample and usual parameters would take too long, or need something before. */
export interface Shown {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly when?: { readonly nth?: number; readonly after?: number };
  /** Where what it does is seen: not in the message that it changed. */
  readonly felt?: string;
  /** Whatever is sent, and not only what is sent to show it. */
  readonly anywhere?: boolean;
  /** Instead of that of its sample. */
  readonly operation?: string;
  readonly query?: string;
}

export const SHOWN: Readonly<Record<string, Shown>> = {
  // A list that is asked for need not come; a push is missed.
  'auth.raw-token': { operation: 'locations.put' },
  'auth.base64-line-feed': { operation: 'locations.put' },
  'auth.base64url': { operation: 'locations.put' },
  'auth.double-base64': { operation: 'locations.put' },
  'auth.wrong-scheme': { operation: 'locations.put' },
  'auth.token-a-again': { operation: 'locations.put' },
  'auth.old-token': { operation: 'locations.put' },
  'auth.swapped-token': { operation: 'locations.put' },
  'auth.over-long-token': { operation: 'locations.put' },
  'auth.missing': { operation: 'locations.put' },
  'auth.base64-token': { operation: 'locations.put' },
  'auth.picky-form': { operation: 'locations.list' },
  'headers.routing-missing': { operation: 'locations.put' },
  'paging.link-on-last': { query: 'offset=10&limit=2' },
  'push.slow-success': { parameters: { ms: 1200 } },
  'push.out-of-order': { parameters: { ms: 3000 }, when: { nth: 1 } },
  'push.duplicate': { parameters: { ms: 20 }, when: { nth: 2 } },
  'push.periods-again': { when: { nth: 2 } },
  'money.kwh-falls': { when: { nth: 2 } },
  // The push that is late is no news; that the CDR came before it is.
  'money.cdr-early': { operation: 'cdrs.post', parameters: { ms: 300 }, felt: 'cdrs.post', anywhere: true },
  'money.cdr-duplicate-id': { parameters: { ms: 20 } },
  'async.late': { parameters: { ms: 1500 } },
  'async.twice': { parameters: { ms: 20 } },
  // The result is what came too early.
  'async.before-answer': { parameters: { ms: 200 }, felt: 'commands.result' },
  'transport.delay': { parameters: { ms: 1200 } },
  'transport.hang': { parameters: { ms: 300 } },
  'transport.dribble': { parameters: { perSecond: 4000 } },
};

type Kind = (typeof FAULT_KINDS)[number];

/** By which operation a kind is shown. */
export function shownBy({ kind, sample }: Pick<Kind, 'kind' | 'sample'>): string {
  return SHOWN[kind]?.operation ?? sample.operation;
}

/** Versions and credentials: a replay makes registrations anew, as flows, and does not compare message by message. */
export function isConfiguration(kind: Pick<Kind, 'kind' | 'sample'>): boolean {
  return /^(?:versions|credentials)\./.test(shownBy(kind));
}

/** Texts of a fixture with other owners: of the object, and of the token in it. */
function object(type: string, { whose, more }: { whose: Owner; more: Record<string, unknown> }): string {
  const other = whose === OURS ? THEIRS : OURS;
  const party = ({ country_code, party_id }: Owner) => `"country_code":"${country_code}","party_id":"${party_id}"`;
  const text = JSON.stringify(fixture('2.2.1', type))
    .replaceAll('"country_code":"SE","party_id":"ELV"', party(whose))
    .replaceAll('"country_code":"SE","party_id":"RUT"', party(type === 'Token' ? whose : other))
    .replaceAll('SE*ELV*E', `${whose.country_code}*${whose.party_id}*E`);
  return JSON.stringify({ ...(JSON.parse(text) as object), ...more });
}

let ids = 0;
const at = (minute: number) => `2026-06-14T08:${String(minute).padStart(2, '0')}:00Z`;

/** What is sent to show an operation, the last of it being that operation. */
async function messages(world: FaultWorld, operation: string, whose: Owner): Promise<Sent[]> {
  const id = `T-${++ids}-${Math.random().toString(36).slice(2, 8)}`;
  const session = { ...whose, session_id: id };
  const put = (minute: number, more: Record<string, unknown>): Sent => ({
    operation: 'sessions.put',
    params: session,
    body: object('Session', { whose, more: { id, status: 'ACTIVE', last_updated: at(minute), ...more } }),
  });
  const patch = (minute: number, more: Record<string, unknown>): Sent => ({
    operation: 'sessions.patch',
    params: session,
    body: JSON.stringify({ last_updated: at(minute), ...more }),
  });
  const location = (): Sent => ({
    operation: 'locations.put',
    params: { ...whose, location_id: id },
    body: object('Location', { whose, more: { id } }),
  });
  const period = (minute: number) => ({ start_date_time: at(minute), dimensions: [{ type: 'ENERGY', volume: 1 }] });
  switch (operation) {
    case 'sessions.put':
      return [put(1, { kwh: 2 }), put(2, { kwh: 12 })];
    case 'sessions.patch':
      return [
        put(1, { kwh: 2, charging_periods: [] }),
        patch(2, { kwh: 3, charging_periods: [period(1)] }),
        patch(3, { kwh: 4, charging_periods: [period(2)] }),
      ];
    case 'locations.put':
      return [location()];
    case 'locations.patch-evse':
      return [
        location(),
        {
          operation,
          params: { ...whose, location_id: id, evse_uid: 'ev-1041' },
          body: JSON.stringify({ status: 'OUTOFORDER', last_updated: at(9) }),
        },
      ];
    case 'tokens.put':
      return [{ operation, params: { ...whose, token_uid: id }, body: object('Token', { whose, more: { uid: id } }) }];
    case 'cdrs.post':
      return [put(1, { kwh: 2 }), put(2, { kwh: 12, status: 'COMPLETED' }), await bill(world, { whose, id })];
    default:
      throw new Error(`nothing shows ${operation}`);
  }
}

/** A CDR whose sums are right, of the generated ones. */
async function bill({ partner }: FaultWorld, { whose, id }: { whose: Owner; id: string }): Promise<Sent> {
  const [first] = (await partner.client.own.list({ module: 'cdrs', limit: 1 })).objects;
  const { text } = await partner.client.own.get({ module: 'cdrs', id: first?.id ?? '' });
  const cdr = JSON.parse(text.replaceAll(THEIRS.party_id, whose.party_id)) as Record<string, object>;
  const token = { ...cdr['cdr_token'], ...(whose === OURS ? THEIRS : OURS) };
  const body = JSON.stringify({ ...cdr, id: `C${id}`, session_id: id, cdr_token: token });
  return { operation: 'cdrs.post', body };
}

const soon = () => new Promise(resolve => setTimeout(resolve, 5));

/** Records what shows a kind, with something of another module before it that the fault has nothing to do with. */
export async function recordScene(world: FaultWorld, sample: Sample, shown: Shown): Promise<Scene> {
  const { us, partner, name } = world;
  const operation = shown.operation ?? sample.operation;
  const before = await newest(us.client, name);
  await send(us, name, {
    operation: operation === 'tariffs.list' ? 'locations.list' : 'tariffs.list',
    query: { limit: '1' },
  });
  const collected = async () => since(us.client, name, before);
  if (operation.startsWith('commands.')) {
    const policy = { answer: 'accept', later: 'ACCEPTED', seconds: 20, otherwise: 'reject' } as const;
    await partner.client.decisions.setPolicy({ name, operation: 'commands.start-session', policy });
    const [location] = (await partner.client.own.list({ module: 'locations', limit: 1 })).objects;
    const command = { name, command: 'START_SESSION', location: location?.id ?? '' } as const;
    await endOf(us, await us.client.sending.command(command));
    // The run is over when the result has come; its exchange is when it has been answered.
    while ((await us.client.exchanges.list({ link: name, limit: 1 }))[0]?.operation !== 'commands.result') await soon();
    return { ids: await collected() };
  }
  if (operation === 'tokens.authorize') {
    const policy = { answer: 'reject', result: 'BLOCKED', seconds: 20, otherwise: 'reject' } as const;
    await partner.client.decisions.setPolicy({ name, operation, policy });
    const [token] = (await partner.client.own.list({ module: 'tokens', limit: 1 })).objects;
    await send(us, name, { operation, params: { token_uid: token?.id ?? '' } });
    return { ids: await collected() };
  }
  if (operation.endsWith('.list')) {
    const query = Object.fromEntries(new URLSearchParams(shown.query ?? sample.query ?? 'limit=2'));
    await send(us, name, { operation, query });
    return { ids: await collected() };
  }
  const ours = sample.direction === 'answer';
  const sent = await messages(world, operation, ours ? OURS : THEIRS);
  for (const one of sent) await send(ours ? us : partner, name, one);
  const ids = await collected();
  if (ours) return { ids };
  return { ids, meanwhile: async () => sendAll(world, await messages(world, operation, THEIRS)) };
}

/** The partner does it all again, with ids of its own. What a fault of its own keeps back or breaks is no failure here. */
async function sendAll({ partner, name }: FaultWorld, sent: readonly Sent[]): Promise<void> {
  for (const one of sent) await partner.client.sending.send({ name, ...one }).catch(() => {});
}
