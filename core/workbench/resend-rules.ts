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

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** A request that is about to leave, and what is to be told where it has to be confirmed. */
export interface Leaving {
  readonly link: Link;
  readonly method: string;
  readonly url: string;
  /** Catalogue id it is filed under. */
  readonly operation: string;
  readonly toPartner: boolean;
  /** `a PUT is sent again`. */
  readonly what: string;
  readonly confirmed: boolean | undefined;
}

/** Why it must not be sent, or not before it is confirmed. */
export function refusal(
  leaving: Leaving,
  busyWith: (linkId: number) => number | undefined,
): Outcome<never> | undefined {
  const { link, method, confirmed } = leaving;
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
  const write = isWrite(method);
  if (write && link.readOnly && leaving.toPartner) {
    return failed(
      'READ_ONLY_LINK',
      `${link.name} is read-only: only GET leaves`,
      `wb link set ${link.name} --unlock ends that.`,
    );
  }
  if (!write) return undefined;
  if (isOfCredentials(leaving) && !confirmed) {
    return failed(
      'CONFIRMATION_NEEDED',
      `a ${method} of credentials changes the registration of ${link.name}, and what is answered is not kept`,
      'Confirm it (--yes on the command line); wb register, rotate and unregister keep what is agreed.',
    );
  }
  return askFirst(link, confirmed, leaving.what);
}

/** By its name, by what it was recorded as, and by where the partner has it. */
function isOfCredentials({ operation, link, url }: Leaving): boolean {
  const path = (url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '');
  if (operation.startsWith('credentials.') || /\/credentials$/i.test(path)) return true;
  return link.endpoints.some(
    endpoint => endpoint.identifier === 'credentials' && endpoint.url.replace(/\/$/, '') === path,
  );
}

/** Hosts the link is known to have: nothing else ever gets one of its tokens. */
export function strayFrom(
  history: History,
  { link, request, confirmed }: Pick<Wanted, 'link' | 'request' | 'confirmed'>,
): Outcome<never> | undefined {
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
