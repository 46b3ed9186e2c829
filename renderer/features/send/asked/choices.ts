import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import type { SuggestedValue } from '../../../ui/suggest-field.tsx';
import { useSettled } from '../../../ui/use-settled.ts';
import type { AskedDraft } from './asked-draft.ts';
import { connectorChoices, evseChoices, placeHint, sessionHint, tokenHint } from './choice-reading.ts';

const TYPED_MS = 150;
const MOST = 50;
const NONE: readonly SuggestedValue[] = [];

export interface Choices {
  readonly locations: readonly SuggestedValue[];
  readonly evses: readonly SuggestedValue[];
  readonly connectors: readonly SuggestedValue[];
  /** Those that run or are about to, as far as the partner told us. */
  readonly sessions: readonly SuggestedValue[];
  /** Of our own data: where drivers of the partner charge. */
  readonly ownLocations: readonly SuggestedValue[];
  /** Of our own data: drivers of ours. */
  readonly ownTokens: readonly SuggestedValue[];
  /** Of the partner. */
  readonly theirTokens: readonly SuggestedValue[];
}

/** What might be meant, out of what the partner's data and our own are known to be. */
export function useChoices(link: string, { location, evse, token }: AskedDraft): Choices {
  const client = useClient();
  const typedLocation = useSettled(location.trim(), TYPED_MS);
  const typedToken = useSettled(token.trim(), TYPED_MS);
  const locations = useQuery({
    queryKey: [...keys.objects(link, 'locations'), 'choices', typedLocation],
    queryFn: ({ signal }) =>
      client.objects.lines(
        { name: link, module: 'locations', ...searching(typedLocation), vanished: false, limit: MOST },
        { signal },
      ),
    placeholderData: previous => previous,
  }).data;
  const chosen = useQuery({
    queryKey: [...keys.objects(link, 'locations'), 'location', typedLocation, ''],
    queryFn: ({ signal }) => client.objects.get({ name: link, module: 'locations', id: typedLocation }, { signal }),
    enabled: typedLocation !== '',
    retry: false,
  }).data?.object;
  const sessions = useQuery({
    queryKey: [...keys.objects(link, 'sessions'), 'choices'],
    queryFn: async ({ signal }) => {
      const listed = ['ACTIVE', 'PENDING'].map(status =>
        client.objects.list({ name: link, module: 'sessions', where: [`status=${status}`], limit: MOST }, { signal }),
      );
      return { objects: (await Promise.all(listed)).flatMap(({ objects }) => objects) };
    },
  }).data;
  const ownTokens = useQuery({
    queryKey: [...keys.own, 'token choices'],
    queryFn: ({ signal }) => client.own.list({ module: 'tokens', limit: MOST }, { signal }),
  }).data;
  const ownLocations = useQuery({
    queryKey: [...keys.own, 'location choices'],
    queryFn: ({ signal }) => client.own.list({ module: 'locations', limit: MOST }, { signal }),
  }).data;
  const theirTokens = useQuery({
    queryKey: [...keys.objects(link, 'tokens'), 'choices', typedToken],
    queryFn: ({ signal }) =>
      client.objects.list({ name: link, module: 'tokens', ...searching(typedToken), limit: MOST }, { signal }),
    placeholderData: previous => previous,
  }).data;
  return {
    locations: locations?.lines.map(({ id, name, city }) => ({ value: id, ...hinted([name, city]) })) ?? NONE,
    evses: evseChoices(chosen),
    connectors: connectorChoices(chosen, evse.trim()),
    sessions: sessions?.objects.map(({ id, object }) => ({ value: id, ...hinted([sessionHint(object)]) })) ?? NONE,
    ownLocations:
      ownLocations?.objects.map(({ id, object }) => ({ value: id, ...hinted([placeHint(object)]) })) ?? NONE,
    ownTokens: ownTokens?.objects.map(({ id, object }) => ({ value: id, ...hinted([tokenHint(object)]) })) ?? NONE,
    theirTokens: theirTokens?.objects.map(({ id, object }) => ({ value: id, ...hinted([tokenHint(object)]) })) ?? NONE,
  };
}

function searching(typed: string): { search?: string } {
  return /[\p{L}\p{N}]$/u.test(typed) ? { search: `${typed}*` } : {};
}

function hinted(parts: readonly (string | null | undefined)[]): { hint?: string } {
  const hint = parts.filter(Boolean).join(' · ');
  return hint === '' ? {} : { hint };
}
