import type { PriceDoubt } from '../../core/contract/price.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { Mono } from '../ui/mono.tsx';
import styles from './bill.module.css';

/** What could not be told for certain, and what was taken for it. */
export function DoubtList({ doubts }: { readonly doubts: readonly PriceDoubt[] }) {
  const t = useTexts('bill');
  return (
    <section className={styles['part']} aria-label={t('doubts')}>
      <h2 className={styles['heading']}>{t('doubts')}</h2>
      <ul className={styles['list']}>
        {doubts.map(({ code, sentence, matters }) => (
          <li key={`${code} ${sentence}`}>
            {matters && <Chip tone="warn">{t('matters')}</Chip>}{' '}
            <span lang="en">
              {sentence} <Mono>{code}</Mono>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
