import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { LifeView } from '../../../../core/contract/life.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './life.module.css';
import type { Whose } from './simulation.ts';

export interface LifeListProps {
  readonly life: LifeView;
  /** The built-in partner's links and exchanges are its own: the only link leads to us. */
  readonly whose: Whose;
  readonly onStop: (id: string) => void;
}

/** Of thousands one looks at a few; the sessions are in the table below. */
const SHOWN = 20;

const TONES: Readonly<Record<string, Tone>> = { ACTIVE: 'accent', COMPLETED: 'ok', RESERVATION: 'warn' };

function nameOf(link: string, whose: Whose, us: string): string {
  return whose === 'own' ? link : us;
}

/** Who charges now. */
export function Charges({ life, whose, onStop }: LifeListProps) {
  const t = useTexts('life');
  const numbers = new Intl.NumberFormat(useLanguage());
  const shown = life.charging.slice(0, SHOWN);
  const more = life.open - shown.length;
  if (shown.length === 0) return <p className={styles['hint']}>{t('nothing')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <section className={styles['scroll']} tabIndex={0} aria-label={t('charges')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('session')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('place')}</th>
            <th scope="col" className={styles['number']}>
              {t('energy')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('power')}
            </th>
            <th scope="col">{t('told')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map(({ session, state, location, evse, connector, kwh, watts, link, behind }) => (
            <tr key={session}>
              <td>
                <Mono>{session}</Mono>
              </td>
              <td>
                <Chip tone={TONES[state] ?? 'plain'}>{state}</Chip>
              </td>
              <td>
                <Mono>{[location, evse, connector].join(' / ')}</Mono>
              </td>
              <td className={styles['number']}>
                <Mono>{`${kwh.toFixed(2)} kWh`}</Mono>
              </td>
              <td className={styles['number']}>
                <Mono>{`${(watts / 1000).toFixed(1)} kW`}</Mono>
              </td>
              <td>
                {link === null ? <span className={styles['dim']}>{t('nobody')}</span> : nameOf(link, whose, t('us'))}{' '}
                {behind && <Chip tone="warn">{t('behind')}</Chip>}
              </td>
              <td className={styles['number']}>
                {state !== 'COMPLETED' && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={t('stopOf', { id: session })}
                    onClick={() => onStop(session)}
                  >
                    {t('stop')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={styles['hint']}>{t('more', { count: more, number: numbers.format(more) })}</p>}
    </section>
  );
}

const TRIP_TONES: Readonly<Record<string, Tone>> = { charging: 'accent', billed: 'ok', failed: 'bad' };
const STOPPABLE: ReadonlySet<string> = new Set(['accepted', 'charging']);

/** Customers at chargers of somebody else. */
export function Trips({ life, whose, onStop }: LifeListProps) {
  const t = useTexts('life');
  if (life.trips.length === 0) return null;
  return (
    <div>
      <h2 className={styles['title']}>{t('trips')}</h2>
      <ul className={styles['list']}>
        {life.trips.slice(0, SHOWN).map(({ id, state, link, location, session, reason }) => (
          <li key={id} className={styles['item']}>
            <Chip tone={TRIP_TONES[state] ?? 'plain'}>{t(`trip-${state}`)}</Chip>
            <Mono>{[nameOf(link, whose, t('us')), location, ...(session === null ? [] : [session])].join(' / ')}</Mono>
            {reason !== '' && <span className={styles['dim']}>{reason}</span>}
            {STOPPABLE.has(state) && (
              <Button variant="subtle" size="compact-xs" aria-label={t('stopOf', { id })} onClick={() => onStop(id)}>
                {t('stop')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What partners did not take, and who could not charge. */
export function Failures({ life, whose }: Omit<LifeListProps, 'onStop'>) {
  const t = useTexts('life');
  if (life.failures.length === 0) return null;
  return (
    <div>
      <h2 className={styles['title']}>{t('failures')}</h2>
      <ul className={styles['list']}>
        {life.failures.slice(0, SHOWN).map(({ at, link, what, reason, exchangeId }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several may say the same at the same moment.
          <li key={`${at} ${what} ${place}`} className={styles['item']}>
            <span className={styles['time']}>
              <TimeText at={at} />
            </span>
            {link !== null && <strong>{nameOf(link, whose, t('us'))}</strong>}
            <Mono>{what}</Mono>
            <span className={styles['bad']}>{reason}</span>
            {exchangeId !== null && whose === 'own' && (
              <Link to="/traffic" search={{ exchange: exchangeId }}>
                {t('exchange', { id: exchangeId })}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
