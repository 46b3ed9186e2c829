import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import styles from './production.module.css';

/** Stands wherever the name of a link to a production partner does. */
export function ProductionChip() {
  const t = useTexts('common');
  return <span className={styles['chip']}>{t('production')}</span>;
}

/** The same, unmistakable: where one writes to such a partner. */
export function ProductionSign() {
  const t = useTexts('common');
  return <span className={styles['sign']}>{t('production')}</span>;
}

/** The bar over everything one does on a production link. */
export function ProductionBar({ children }: { readonly children: ReactNode }) {
  return <p className={styles['bar']}>{children}</p>;
}
