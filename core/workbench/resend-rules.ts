import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { History } from '../history/history.ts';
import type { ExchangeRecord } from '../http/exchange.ts';
import type { WireRequest } from '../http/wire.ts';
import { askFirst } from './link-desk.ts';
import { tokensIn } from './request-again.ts';

/** A request that somebody wants to send again. */
export interface Wanted {
  readonly record: ExchangeRecord;
  readonly link: Link;
  /** As recorded or edited; placeholders in it. */
  readonly request: WireRequest;
  readonly isEdited: boolean;
  readonly confirmed: boolean | undefined;
}

/** Whole, or the reason why it cannot be sent. */
export function recorded({ exchanges }: History, id: number): Outcome<ExchangeRecord> {
  const record = exchanges.record(id);
  const view = exchanges.get(id);
  if (record === undefined || view === undefined) {
    return failed('NOT_FOUND', `there is no exchange ${id}`, 'wb exchanges lists the newest.');
  }
  const { method, body } = record.request;
  if (method === '') {
    return failed(
      'WRONG_STATE',
      `exchange ${id} was no HTTP request that a parser accepts`,
      'Its bytes are shown with it; no client sends such ones.',
    );
  }
  if (body.length < view.request.body.length) {
    return failed(
      'WRONG_STATE',
      `only ${body.length} of ${view.request.body.length} bytes of the request's body are kept`,
      'Send it from where it came from.',
    );
  }
  return done(record);
}

export function linkOf({ links }: History, { linkId, direction }: ExchangeRecord): Outcome<Link> {
  if (linkId === undefined) {
    const who = direction === 'in' ? 'nobody knows who sent it' : 'it belongs to no link';
    return failed(
      'WRONG_STATE',
      `it cannot be sent again: ${who}`,
      'wb curl prints a command that sends it from a shell.',
    );
  }
  const link = links.get(linkId);
  if (link !== undefined) return done(link);
  const name = links.nameOf(linkId) ?? String(linkId);
  return failed(
    'NOT_FOUND',
    `the link ${name} was removed`,
    'Add it again and send from there; wb curl prints a command.',
  );
}

function isWrite({ method }: WireRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Why it must not be sent, or not before it is confirmed. */
export function refusal(wanted: Wanted, busyWith: (linkId: number) => number | undefined): Outcome<never> | undefined {
  const { record, link, request, confirmed } = wanted;
  if (link.state === 'suspended') {
    return failed('WRONG_STATE', `${link.name} is suspended`, `wb link set ${link.name} --resume ends that.`);
  }
  if (link.state === 'unregistered') {
    return failed(
      'WRONG_STATE',
      `${link.name} is unregistered: its tokens are dead`,
      `Register it first: wb register ${link.name}.`,
    );
  }
  const busy = busyWith(link.id);
  if (busy !== undefined) {
    return failed('BUSY', `run ${busy} is busy with ${link.name}`, 'Wait for it to end, or cancel it.');
  }
  const write = isWrite(request);
  if (write && link.readOnly && record.direction === 'out') {
    return failed(
      'READ_ONLY_LINK',
      `${link.name} is read-only: only GET leaves`,
      `wb link set ${link.name} --unlock ends that.`,
    );
  }
  if (!write) return undefined;
  if (isOfCredentials(wanted) && !confirmed) {
    return failed(
      'CONFIRMATION_NEEDED',
      `a ${request.method} of credentials changes the registration of ${link.name}, and what is answered is not kept`,
      'Confirm it (--yes on the command line); wb register, rotate and unregister keep what is agreed.',
    );
  }
  return askFirst(link, confirmed, `a ${request.method} is sent again`);
}

/** By its name, by what it was recorded as, and by where the partner has it. */
function isOfCredentials({ record, link, request }: Wanted): boolean {
  const path = (request.url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '');
  if (record.operation.startsWith('credentials.') || /\/credentials$/i.test(path)) return true;
  return link.endpoints.some(({ identifier, url }) => identifier === 'credentials' && url.replace(/\/$/, '') === path);
}

/** Hosts the link is known to have: nothing else ever gets one of its tokens. */
export function strayFrom(history: History, { link, request, confirmed }: Wanted): Outcome<never> | undefined {
  const known = [link.versionsUrl, ...link.endpoints.map(({ url }) => url)].flatMap(url => {
    const origin = url === undefined ? undefined : URL.parse(url)?.origin;
    return origin === undefined ? [] : [origin];
  });
  if (known.length === 0) {
    return failed(
      'WRONG_STATE',
      `${link.name} has no address to call`,
      'Imported traffic is only read here: wb curl prints a command, wb link add or adopt makes a link to call.',
    );
  }
  const origin = URL.parse(request.url)?.origin ?? 'null';
  if (known.includes(origin)) return undefined;
  const ours = new Set(history.tokens.known().map(({ id }) => id));
  if (tokensIn(request).some(id => ours.has(id))) {
    return failed(
      'INVALID_INPUT',
      `${origin} is no host of ${link.name} (${[...new Set(known)].join(', ')}): its token is not sent there`,
      'Take the token out of the request, or correct the URL.',
    );
  }
  if (confirmed) return undefined;
  return failed(
    'CONFIRMATION_NEEDED',
    `${origin} is no host of ${link.name} (${[...new Set(known)].join(', ')})`,
    'Confirm it (--yes on the command line), or correct the URL.',
  );
}
