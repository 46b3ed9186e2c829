import { useMemo } from 'react';
import type { ObjectConditions } from '../../../core/contract/objects.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { TokenKind } from '../../ui/filter-text.ts';
import { conditionsOf, tokenKinds } from './conditions.ts';
import { useKnownValues } from './use-known-values.ts';

/** The filter of the address, read. Ages count from the moment it was typed, so that the conditions stay the same. */
export function useFilter(
  q: string,
  links: readonly string[],
): { readonly kinds: readonly TokenKind[]; readonly conditions: ObjectConditions } {
  const t = useTexts('locations');
  const values = useKnownValues();
  const kinds = useMemo(
    () =>
      tokenKinds(
        { links, values },
        {
          meanings: {
            link: t('token-link'),
            party: t('token-party'),
            status: t('token-status'),
            country: t('token-country'),
            city: t('token-city'),
            connector: t('token-connector'),
            has: t('token-has'),
            is: t('token-is'),
            changed: t('token-changed'),
          },
          findings: {
            finding: t('has-finding'),
            error: t('has-error'),
            warning: t('has-warning'),
            note: t('has-note'),
          },
          states: { vanished: t('is-vanished'), present: t('is-present') },
          changed: { '1h': t('changed-1h'), '24h': t('changed-24h'), '7d': t('changed-7d') },
          problems: { has: t('problem-has'), is: t('problem-is'), changed: t('problem-changed') },
        },
      ),
    [t, links, values],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: values that are offered do not change what a filter says.
  const conditions = useMemo(() => conditionsOf(q, kinds, Date.now()), [q]);
  return { kinds, conditions };
}
