import type { LinkView } from '../../../../core/contract/links.ts';
import type { VersionName } from '../../../../core/contract/platform.ts';
import type { Run } from '../../../../core/contract/run.ts';
import { spokenAs } from '../../../../core/ocpi/versions.ts';

export interface PartnerLine {
  readonly link: LinkView;
  /** The organisation's name stands only beside its first link. */
  readonly first: boolean;
  /** The newest one. */
  readonly run: Run | undefined;
}

/** Links by organisation, production before test, those that fit all the words. */
export function partnerLines(links: readonly LinkView[], runs: readonly Run[], search = ''): PartnerLine[] {
  const newest = new Map<number, Run>();
  for (const run of runs) {
    const known = run.linkId === undefined ? undefined : newest.get(run.linkId);
    if (run.linkId !== undefined && (known === undefined || run.id > known.id)) newest.set(run.linkId, run);
  }
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fitting = links.filter(link => words.every(word => haystack(link).includes(word))).sort(byOrganisation);
  return fitting.map((link, at) => ({
    link,
    first: fitting[at - 1]?.organisation !== link.organisation,
    run: newest.get(link.id),
  }));
}

/** What a search reads: names, addresses, parties, state, environment, version. */
function haystack(link: LinkView): string {
  return [
    link.organisation,
    link.name,
    link.environment,
    link.state,
    link.version ?? '',
    link.versionsUrl ?? '',
    ...link.parties.flatMap(party => [partyId(party), party.role ?? '', party.name ?? '']),
  ]
    .join('\n')
    .toLocaleLowerCase();
}

function byOrganisation(left: LinkView, right: LinkView): number {
  return (
    left.organisation.localeCompare(right.organisation) ||
    left.environment.localeCompare(right.environment) ||
    left.name.localeCompare(right.name)
  );
}

/** `NL-TNM`. */
export function partyId({
  countryCode,
  partyId: id,
}: {
  readonly countryCode: string;
  readonly partyId: string;
}): string {
  return `${countryCode}-${id}`;
}

/** Versions a link may be switched to: ours that the partner lists too, as far as it is known what it lists. */
export function switchableVersions(
  { version, offeredVersions }: Pick<LinkView, 'version' | 'offeredVersions'>,
  own: readonly VersionName[],
): VersionName[] {
  const theirs = offeredVersions.flatMap(number => spokenAs(number) ?? []);
  return own.filter(one => one !== version && (theirs.length === 0 || theirs.includes(one)));
}
