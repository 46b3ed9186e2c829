import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { durationText } from '../../../ui/time-format.ts';
import styles from './detail.module.css';
import { phasesOf } from './phases.ts';

/** Where the time went, phase by phase. */
export function Waterfall({ timings }: { readonly timings: NonNullable<ExchangeView['timings']> }) {
  const t = useTexts('traffic');
  const phases = phasesOf(timings);
  const whole = Math.max(timings.total, 0.001);
  const percent = (ms: number) => `${Math.min(100, (ms / whole) * 100)}%`;
  return (
    <table className={styles['waterfall']}>
      <tbody>
        {phases.map(({ name, ms, from }) => (
          <tr key={name}>
            <th scope="row">{t(`phase-${name}`)}</th>
            <td className={styles['ms']}>{durationText(ms)}</td>
            <td className={styles['track']} aria-hidden>
              <span style={{ marginLeft: percent(from), width: percent(ms) }} />
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('phase-total')}</th>
          <td className={styles['ms']}>{durationText(timings.total)}</td>
          <td className={styles['track']} aria-hidden>
            <span className={styles['total']} style={{ width: '100%' }} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
