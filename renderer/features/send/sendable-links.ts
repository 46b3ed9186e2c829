import type { LinkView } from '../../../core/contract/links.ts';
import { isStanding } from '../../links/standing.ts';
import type { FormId } from './search.ts';

/** Whether anything can be sent on it at all: it has been agreed on how. */
export function isSendable(link: Pick<LinkView, 'state' | 'version' | 'importedLog'>): boolean {
  return isStanding(link) && link.version !== undefined;
}

/** The one that was asked for, else the one looked at last, else the first to which something can be sent. */
export function chosenLink(
  links: readonly LinkView[],
  asked: string | undefined,
  last: string | undefined,
): LinkView | undefined {
  if (asked !== undefined) return links.find(({ name }) => name === asked);
  const sendable = links.filter(isSendable);
  return sendable.find(({ name }) => name === last) ?? sendable[0];
}

/** Whether the partner announced its side of a module; 2.1.1 states no side. */
export function offers({ endpoints }: Pick<LinkView, 'endpoints'>, module: string, role: string): boolean {
  return endpoints.some(
    endpoint =>
      endpoint.identifier.toLowerCase() === module &&
      (endpoint.role === undefined || endpoint.role.toUpperCase() === role),
  );
}

/** What a form needs of the partner. */
export const NEEDED = {
  command: { module: 'commands', role: 'RECEIVER' },
  authorize: { module: 'tokens', role: 'SENDER' },
  profile: { module: 'chargingprofiles', role: 'RECEIVER' },
} as const satisfies Partial<Record<FormId, { readonly module: string; readonly role: string }>>;

/** The form a link is likely to be visited for. */
export function usualForm(link: LinkView | undefined): FormId {
  if (link === undefined || offers(link, 'commands', 'RECEIVER')) return 'command';
  return offers(link, 'tokens', 'SENDER') ? 'authorize' : 'request';
}
