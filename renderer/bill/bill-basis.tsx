import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { Fact } from '../ui/fact.tsx';
import { Mono } from '../ui/mono.tsx';
import { ZoneSelect } from '../ui/zone-select.tsx';
import { moneyText, volumeText } from './amount-text.ts';
import styles from './bill.module.css';
import type { BillViewProps } from './bill-view.tsx';
import { Stretch } from './stretch.tsx';

/** What the recomputing rests on: the zone, the tariffs, and how much was used. */
export function BillBasis({ bill, zone, onZone }: BillViewProps) {
  const t = useTexts('bill');
  const language = useLanguage();
  const { start, end, energy, hours, parkingHours, tariffs, preauthorize, credit, currency } = bill;
  const number = (value: string) => volumeText(value, language);
  return (
    <dl className={styles['basis']}>
      <Fact label={t(bill.kind === 'cdr' ? 'factCdr' : 'factSession')}>
        <Mono wrap>{bill.id}</Mono> <span className={styles['dim']}>OCPI {bill.version}</span>
      </Fact>
      {start !== null && (
        <Fact label={t('factTime')}>
          <Stretch from={start} to={end} zone={bill.zone.name} />
        </Fact>
      )}
      <Fact label={t('factUsed')}>
        <span>
          {t('used', { kwh: number(energy), hours: number(hours) })}
          {parkingHours !== '0' && ` · ${t('parked', { hours: number(parkingHours) })}`}
        </span>
      </Fact>
      <Fact label={t('factTariffs')}>
        {tariffs.length === 0 ? (
          <span className={styles['dim']}>{t('noTariff')}</span>
        ) : (
          <ul className={styles['tariffs']}>
            {tariffs.map(({ id, from, currency: of }) => (
              <li key={id}>
                <Mono wrap>{id}</Mono> <span className={styles['dim']}>{t(`tariff-${from}`)}</span>
                {of !== currency && <Chip tone="warn">{of}</Chip>}
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact label={t('factZone')}>
        <div className={styles['zone']}>
          <ZoneSelect
            label={t('chooseZone')}
            value={zone}
            onChange={onZone}
            usual={zone === undefined ? t('zoneFound', { zone: bill.zone.name }) : t('zoneAsFound')}
            near={t('zonesNear')}
            all={t('zonesAll')}
            known={[bill.zone.name]}
          />
          <span className={styles['dim']}>
            <span lang="en">{bill.zone.said}</span>
            {!bill.zone.matters && ` · ${t('zoneNoMatter')}`}
          </span>
        </div>
      </Fact>
      {preauthorize !== null && (
        <Fact label={t('factPreauthorize')}>
          <Mono>{`${moneyText(preauthorize.amount, language)} ${currency}`}</Mono>{' '}
          {preauthorize.covers === null ? (
            <span className={styles['dim']}>{t('coversUnknown')}</span>
          ) : (
            <Chip tone={preauthorize.covers ? 'ok' : 'warn'}>{t(preauthorize.covers ? 'covers' : 'coversNot')}</Chip>
          )}
        </Fact>
      )}
      {credit !== null && (
        <Fact label={t('factCredit')}>
          <span lang="en">{credit.sentence}</span>
          {credit.net !== null && (
            <>
              {' '}
              {t('net')} <Mono>{`${moneyText(credit.net.before, language)} ${currency}`}</Mono>
            </>
          )}
        </Fact>
      )}
    </dl>
  );
}
