import type { ConfigurePlatform, OwnParty, PlatformView } from '../../../core/contract/platform.ts';

/** What the form holds: as typed, not yet what the contract takes. */
export interface PlatformDraft {
  readonly parties: readonly OwnParty[];
  readonly versions: readonly string[];
  readonly host: string;
  readonly port: string;
  readonly publicUrl: string;
}

export function draftOf({ parties, versions, host, port, publicUrl }: PlatformView): PlatformDraft {
  return { parties, versions, host, port: String(port), publicUrl: publicUrl ?? '' };
}

/** Only what differs is asked for: nothing else is overwritten. */
export function changesIn(draft: PlatformDraft, platform: PlatformView): ConfigurePlatform {
  const before = draftOf(platform);
  const differs = (key: keyof PlatformDraft) => JSON.stringify(draft[key]) !== JSON.stringify(before[key]);
  const versions = platformVersions(draft.versions);
  return {
    ...(differs('parties') && { parties: [...draft.parties] }),
    ...(differs('versions') && { versions }),
    ...(differs('host') && { host: draft.host.trim() }),
    ...(differs('port') && { port: Number(draft.port) }),
    ...(differs('publicUrl') && { publicUrl: draft.publicUrl.trim() === '' ? null : draft.publicUrl.trim() }),
  };
}

export const VERSIONS = ['2.1.1', '2.2.1', '2.3.0'] as const;

function platformVersions(chosen: readonly string[]): (typeof VERSIONS)[number][] {
  return VERSIONS.filter(version => chosen.includes(version));
}
