import type { LinkView } from '../../../../core/contract/links.ts';
import { isStanding } from '../../../links/standing.ts';

/** Something can be replayed to it: it has been agreed on how to talk. */
export function isTarget(link: Pick<LinkView, 'state' | 'version' | 'importedLog'>): boolean {
  return isStanding(link) && link.version !== undefined;
}

export interface Wanted {
  /** By the address. */
  readonly asked: string | undefined;
  readonly last: string | undefined;
  /** The built-in partner's link. */
  readonly sandbox: string | undefined;
}

/** The one that was asked for; else the last one, the built-in partner, any test partner. A production partner has to be meant. */
export function chosenTarget(links: readonly LinkView[], { asked, last, sandbox }: Wanted): LinkView | undefined {
  if (asked !== undefined) return links.find(({ name }) => name === asked);
  const open = links.filter(one => isTarget(one) && one.environment === 'test');
  const named = (name: string | undefined) => open.find(one => name !== undefined && one.name === name);
  return named(last) ?? named(sandbox) ?? open[0];
}

/** Those one may choose, with the one that is chosen. */
export function targetsAmong(links: readonly LinkView[], chosen: LinkView | undefined): readonly LinkView[] {
  return links.filter(one => isTarget(one) || one === chosen);
}
