import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LinkView } from '../../core/contract/links.ts';
import { FINDING_CODES } from '../../core/ocpi/finding-codes.ts';
import { MODULE_IDS } from '../../core/ocpi/modules.ts';
import { useClient } from '../bridge/client.ts';
import { keys } from '../bridge/keys.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { TokenKind } from '../ui/filter-text.ts';
import { type ReadFilter, readFilter } from './conditions.ts';
import { tokenKinds } from './token-kinds.ts';

const FINDINGS = Object.entries(FINDING_CODES).map(([value, { meaning }]) => ({ value, meaning }));

/** The filter of the address, read. Ages count from the moment it was typed, so that the conditions stay the same. */
export function useExchangeFilter(
  q: string,
  links: readonly LinkView[],
): ReadFilter & { readonly kinds: readonly TokenKind[] } {
  const t = useTexts('traffic');
  const client = useClient();
  // The same array while the kinds are the same: rules are told anew whenever one fires.
  const faults = useQuery({
    queryKey: [...keys.faults, 'list'],
    queryFn: ({ signal }) => client.faults.list(undefined, { signal }),
    select: rules => [...new Map(rules.map(({ kind, explain }) => [kind, explain]))],
  }).data;
  const kinds = useMemo(() => {
    const parties = links.flatMap(link => link.parties.map(({ countryCode, partyId }) => `${countryCode}-${partyId}`));
    return tokenKinds(
      {
        links: links.map(({ name, organisation, environment }) => ({
          name,
          meaning: environment === 'production' ? t('linkProduction', { organisation }) : organisation,
        })),
        parties: [...new Set(parties)].sort(),
        modules: MODULE_IDS,
        findings: FINDINGS,
        faults: faults?.map(([value, meaning]) => ({ value, meaning })) ?? [],
      },
      t,
    );
  }, [t, links, faults]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: values that are offered do not change what a filter says.
  const read = useMemo(() => readFilter(q, kinds, Date.now()), [q]);
  return { ...read, kinds };
}
