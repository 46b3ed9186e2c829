import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Catalogue, TextArea } from './catalogue.ts';
import type { TextKey, TextValues } from './texts.ts';

export type Texts<Area extends TextArea> = (key: TextKey<Catalogue[Area]>, values?: TextValues) => string;

/** `const t = useTexts('partners')`; `t('links', { count: 2 })` takes `links_one` or `links_other`. */
export function useTexts<Area extends TextArea>(area: Area): Texts<Area> {
  const { t } = useTranslation(area);
  return t as unknown as Texts<Area>;
}

/** Outside of components. */
export function textsOf<Area extends TextArea>(area: Area): Texts<Area> {
  return i18next.getFixedT(null, area) as unknown as Texts<Area>;
}

/** The language the page speaks, for numbers and dates. */
export function useLanguage(): string {
  return useTranslation().i18n.resolvedLanguage ?? 'en';
}
