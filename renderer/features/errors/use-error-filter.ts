import { useMemo } from 'react';
import type { LinkView } from '../../../core/contract/links.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { TokenKind } from '../../ui/filter-text.ts';
import { meaningOf } from './explain.ts';
import { type ErrorFilter, readFilter, tokenKinds } from './filter.ts';
import type { FailureGroup } from './groups.ts';

const NONE: readonly FailureGroup[] = [];

/** What the bar offers: the links there are, and the codes that were met. */
export function useErrorTokens(links: readonly LinkView[], groups = NONE): readonly TokenKind[] {
  const t = useTexts('errors');
  return useMemo(() => {
    const codes = new Map(
      groups.map(group => {
        const words = meaningOf(group);
        return [group.code, 'key' in words ? t(words.key) : words.english];
      }),
    );
    return tokenKinds(
      {
        links: links.map(({ name, organisation, environment }) => ({
          value: name,
          meaning: environment === 'production' ? t('linkProduction', { organisation }) : organisation,
        })),
        codes: [...codes].sort().map(([value, meaning]) => ({ value, meaning })),
      },
      {
        meanings: {
          link: t('token-link'),
          layer: t('token-layer'),
          code: t('token-code'),
          since: t('token-since'),
        },
        layers: { network: t('layer-network'), http: t('layer-http'), ocpi: t('layer-ocpi') },
        since: { '1h': t('since-1h'), today: t('since-today'), '7d': t('since-7d'), all: t('since-all') },
        problems: { layer: t('problem-layer'), code: t('problem-code'), since: t('problem-since') },
      },
    );
  }, [t, links, groups]);
}

/** The filter of the address, read. Which values are offered does not change what it says. */
export function useErrorFilter(q: string): ErrorFilter {
  const kinds = useErrorTokens(NO_LINKS);
  return useMemo(() => readFilter(q, kinds), [q, kinds]);
}

const NO_LINKS: readonly LinkView[] = [];
