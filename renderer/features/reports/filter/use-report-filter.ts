import { useMemo } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import type { FilterValue, TokenKind } from '../../../ui/filter-text.ts';
import { type KindTexts, type ReportFilter, readFilter, type TokenName, tokenKinds } from './filter.ts';

type Known = Readonly<Partial<Record<TokenName, readonly FilterValue[]>>>;

const NOTHING: Known = {};

/** The filter of the address, read. Which values are offered does not change what it says. */
export function useReportFilter(q: string): ReportFilter {
  const texts = useKindTexts();
  return useMemo(() => readFilter(q, tokenKinds(NOTHING, texts)), [q, texts]);
}

/** What the bar offers: the links there are, and what else is at hand. */
export function useReportTokens(links: readonly LinkView[], known: Known): readonly TokenKind[] {
  const t = useTexts('reports');
  const texts = useKindTexts();
  return useMemo(() => {
    const partners = links.map(({ name, organisation, environment }) => ({
      value: name,
      meaning: environment === 'production' ? t('linkProduction', { organisation }) : organisation,
    }));
    return tokenKinds({ ...known, link: [...partners, { value: '-', meaning: t('ownData') }] }, texts);
  }, [t, links, known, texts]);
}

function useKindTexts(): KindTexts {
  const t = useTexts('reports');
  return useMemo(
    () => ({
      meanings: {
        link: t('token-link'),
        party: t('token-party'),
        location: t('token-location'),
        evse: t('token-evse'),
        token: t('token-token'),
        tariff: t('token-tariff'),
        hour: t('token-hour'),
      },
      wrong: { party: t('wrong-party'), hour: t('wrong-hour') },
    }),
    [t],
  );
}
