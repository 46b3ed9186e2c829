import { NativeSelect } from '@mantine/core';
import { useLinks } from '../../../bridge/queries.ts';
import { ProductionSign } from '../../../links/production.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from '../health.module.css';
import type { HealthSearch } from '../search.ts';
import { ThresholdForm } from './threshold-form.tsx';
import own from './thresholds.module.css';

const NO_LINKS: never[] = [];

export interface ThresholdsTabProps {
  readonly search: HealthSearch;
  readonly onShow: (change: HealthSearch, how: { readonly replace: boolean }) => void;
}

/** From when on something is worth a notice: for all links, or for one. */
export function ThresholdsTab({ search, onShow }: ThresholdsTabProps) {
  const t = useTexts('health');
  // Not those of imported logs, where nothing happens any more.
  const links = (useLinks().data ?? NO_LINKS).filter(({ importedLog }) => importedLog === null);
  const { link } = search;
  // A link that was removed meanwhile is still the one the address names.
  const names = [...new Set([...links.map(({ name }) => name), ...(link === undefined ? [] : [link])])];
  return (
    <div className={styles['scroll']}>
      <div className={own['page']}>
        <div className={own['whose']}>
          <NativeSelect
            aria-label={t('whose')}
            value={link ?? ''}
            onChange={event => {
              const { value } = event.currentTarget;
              onShow({ link: value === '' ? undefined : value }, { replace: true });
            }}
            data={[{ value: '', label: t('allLinks') }, ...names.map(name => ({ value: name, label: name }))]}
          />
          {links.some(({ name, environment }) => name === link && environment === 'production') && <ProductionSign />}
          <span className={own['dim']}>{link === undefined ? t('generalHint') : t('ownHint')}</span>
        </div>
        <ThresholdForm key={link ?? ''} {...(link !== undefined && { link })} />
      </div>
    </div>
  );
}
