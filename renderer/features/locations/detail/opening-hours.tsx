import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { hoursOf, type Period } from '../reading/hours.ts';
import { textAt } from '../reading/json.ts';
import styles from './detail.module.css';

/** 1 January 2024 was a Monday. */
const MONDAY = 1;

export function OpeningHours({ location }: { readonly location: unknown }) {
  const t = useTexts('locations');
  const weekday = new Intl.DateTimeFormat(useLanguage(), { weekday: 'long', timeZone: 'UTC' });
  const hours = hoursOf(location);
  const zone = textAt(location, 'time_zone');
  if (hours === undefined) {
    return (
      <Panel title={t('hours')}>
        <p className={styles['dim']}>{t('noHours')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={zone === undefined ? t('hours') : t('hoursIn', { zone })}>
      {hours.always ? (
        <p>{t('always247')}</p>
      ) : (
        <table className={styles['week']}>
          <tbody>
            {hours.week.map((periods, day) => {
              const name = weekday.format(new Date(Date.UTC(2024, 0, MONDAY + day)));
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className={styles['open']}>
                    {periods.length === 0 ? <span className={styles['dim']}>{t('closed')}</span> : spans(periods)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Exceptions label={t('openings')} periods={hours.openings} />
      <Exceptions label={t('closings')} periods={hours.closings} />
    </Panel>
  );
}

function spans(periods: readonly Period[]): string {
  return periods.map(({ from, to }) => `${from} – ${to}`).join(', ');
}

function Exceptions({ label, periods }: { readonly label: string; readonly periods: readonly Period[] }) {
  if (periods.length === 0) return null;
  return (
    <div className={styles['exceptions']}>
      <strong>{label}</strong>
      <ul>
        {periods.map(({ from, to }) => (
          <li key={from}>
            <TimeText at={from} withDate /> – <TimeText at={to} withDate />
          </li>
        ))}
      </ul>
    </div>
  );
}
