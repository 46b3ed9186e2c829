import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { PriceRead, TariffRead } from '../reading/tariffs.ts';
import styles from './detail.module.css';

/** Prices as a person reads them: per kWh, per hour, once; which element holds when. */
export function TariffTable({ tariff }: { readonly tariff: TariffRead }) {
  const t = useTexts('locations');
  const language = useLanguage();
  const { id, currency, type, text, taxIncluded, from, to, least, most, elements } = tariff;
  const amount = (value: number) =>
    `${new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(value)} ${currency}`;
  const bounds = [
    ...(least === undefined ? [] : [t('priceLeast', { amount: amount(least) })]),
    ...(most === undefined ? [] : [t('priceMost', { amount: amount(most) })]),
  ];
  return (
    <>
      <div className={styles['tariffHead']}>
        <Mono wrap>{id}</Mono>
        <Chip tone="plain">{currency}</Chip>
        {type !== undefined && <Chip tone="plain">{type}</Chip>}
        {taxIncluded !== undefined && <span className={styles['dim']}>{t('taxIncluded', { value: taxIncluded })}</span>}
        {bounds.length > 0 && <span className={styles['dim']}>{bounds.join(' · ')}</span>}
        {(from !== undefined || to !== undefined) && (
          <span className={styles['dim']}>
            {t('valid')} {from === undefined ? '…' : <TimeText at={from} withDate />} –{' '}
            {to === undefined ? '…' : <TimeText at={to} withDate />}
          </span>
        )}
      </div>
      {text !== undefined && <p className={styles['dim']}>{text}</p>}
      <table className={styles['prices']}>
        <thead>
          <tr>
            <th>{t('priceOf')}</th>
            <th className={styles['number']}>{t('price')}</th>
            <th>{t('step')}</th>
            <th>{t('holds')}</th>
          </tr>
        </thead>
        <tbody>
          {elements.flatMap(({ prices, restrictions }, element) =>
            prices.map((price, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: elements and prices are told apart by their place only.
              <tr key={`${element} ${at}`} className={at === 0 ? styles['first'] : undefined}>
                <td>{price.type}</td>
                <td className={styles['number']}>
                  {price.price === undefined ? '?' : amount(price.price)} {t(`per-${unitOf(price)}`)}
                  {price.vat !== undefined && <span className={styles['dim']}> {t('vat', { vat: price.vat })}</span>}
                </td>
                <td className={styles['dim']}>{stepOf(price)}</td>
                <td>
                  {at > 0
                    ? ''
                    : restrictions.length === 0
                      ? t('always')
                      : restrictions.map(({ name, value }) => `${name} ${value}`).join(', ')}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </>
  );
}

/** Energy per kWh, times per hour, the rest once (digest 6.4). */
function unitOf({ type }: PriceRead): 'kwh' | 'hour' | 'once' {
  if (type === 'ENERGY') return 'kwh';
  return type === 'TIME' || type === 'PARKING_TIME' ? 'hour' : 'once';
}

function stepOf({ type, step }: PriceRead): string {
  if (step === undefined || type === 'FLAT') return '';
  return `${step} ${type === 'ENERGY' ? 'Wh' : 's'}`;
}
