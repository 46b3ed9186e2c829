import { useMemo } from 'react';
import type { TroubleGroup } from '../../../core/contract/errors.ts';
import type { CodeExplanation } from '../../../core/contract/explanation.ts';
import type { LinkView } from '../../../core/contract/links.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { TokenKind } from '../../ui/filter-text.ts';
import { type ErrorFilter, type KnownValues, readFilter, tokenKinds } from './filter.ts';

const NOTHING: KnownValues = { links: [], modules: [], codes: [] };

/** What the bar offers: the links there are, and the modules and codes that were met. */
export function useErrorTokens(
  links: readonly LinkView[],
  groups: readonly TroubleGroup[],
  codes: ReadonlyMap<string, CodeExplanation>,
): readonly TokenKind[] {
  const t = useTexts('errors');
  const known = useMemo(() => {
    const sorted = (values: readonly (string | null)[]) =>
      [...new Set(values)].filter(value => value !== null).sort((left, right) => (left < right ? -1 : 1));
    return {
      links: links.map(({ name, organisation, environment }) => ({
        value: name,
        meaning: environment === 'production' ? t('linkProduction', { organisation }) : organisation,
      })),
      modules: sorted(groups.map(({ module }) => module)),
      codes: sorted(groups.map(({ code }) => code)).map(value => ({
        value,
        meaning: codes.get(value)?.meanings[0]?.meaning ?? '',
      })),
    };
  }, [t, links, groups, codes]);
  return useKinds(known);
}

/** The filter of the address, read. Which values are offered does not change what it says. */
export function useErrorFilter(q: string): ErrorFilter {
  const kinds = useKinds(NOTHING);
  return useMemo(() => readFilter(q, kinds), [q, kinds]);
}

function useKinds(known: KnownValues): readonly TokenKind[] {
  const t = useTexts('errors');
  const layers = useTexts('explanation');
  return useMemo(
    () =>
      tokenKinds(known, {
        meanings: {
          link: t('token-link'),
          module: t('token-module'),
          layer: t('token-layer'),
          code: t('token-code'),
          is: t('token-is'),
          dir: t('token-dir'),
          since: t('token-since'),
          until: t('token-until'),
        },
        layers: {
          network: layers('layer-network-about'),
          tls: layers('layer-tls-about'),
          http: layers('layer-http-about'),
          envelope: layers('layer-envelope-about'),
          ocpi: layers('layer-ocpi-about'),
          object: layers('layer-object-about'),
          flow: layers('layer-flow-about'),
        },
        is: { new: t('is-new'), purpose: t('is-purpose') },
        directions: { out: t('dir-out'), in: t('dir-in') },
        since: {
          '1h': t('since-1h'),
          today: t('since-today'),
          '24h': t('since-24h'),
          '7d': t('since-7d'),
          all: t('since-all'),
        },
        problems: {
          layer: t('problem-layer'),
          code: t('problem-code'),
          is: t('problem-is'),
          dir: t('problem-dir'),
          moment: t('problem-moment'),
        },
      }),
    [t, layers, known],
  );
}
