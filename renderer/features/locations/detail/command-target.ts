import type { LinkView } from '../../../../core/contract/links.ts';
import { ciEqual } from '../../../../core/ocpi/ci-string.ts';

/** To whom commands about a location are sent. */
export interface CommandTarget {
  readonly link: string;
  readonly location: string;
  /** Whose it is, where the partner speaks for several: `NL-TNM`. */
  readonly to?: string;
}

/** Where commands can be sent; undefined where the partner takes none. */
export function commandTarget(
  link: LinkView | undefined,
  { id, party }: { readonly id: string; readonly party: string },
): CommandTarget | undefined {
  if (link === undefined || link.readOnly || (link.state !== 'registered' && link.state !== 'adopted'))
    return undefined;
  const takes = link.endpoints.some(
    ({ identifier, role }) => ciEqual(identifier, 'commands') && (role === undefined || ciEqual(role, 'RECEIVER')),
  );
  if (!takes) return undefined;
  const several = link.version !== '2.1.1' && link.parties.length > 1 && party !== '';
  return { link: link.name, location: id, ...(several && { to: party }) };
}
