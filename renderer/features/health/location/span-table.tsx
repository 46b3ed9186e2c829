import type { EvseTimeline } from '../../../../core/contract/health.ts';
import { StatusMark } from '../../../evse/status-mark.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import area from '../health.module.css';
import { spanText } from '../span-text.ts';
import styles from './span-table.module.css';
import { evseName } from './timelines.tsx';
import { toldSpans } from './told-spans.ts';

/** Of each EVSE, the newest ones. */
const MOST = 200;

/** The same as the bands in words and numbers, the newest first. */
export function SpanTable({ timelines }: { readonly timelines: readonly EvseTimeline[] }) {
  const t = useTexts('health');
  return (
    <div className={styles['frame']}>
      <table className={area['table']} aria-label={t('spans')}>
        <thead>
          <tr>
            {(['evse', 'status', 'from', 'to', 'time'] as const).map(column => (
              <th key={column} scope="col">
                {t(`column-${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {timelines.flatMap(timeline =>
            toldSpans(timeline)
              .slice(0, MOST)
              .map(({ status, from, to, isCut, isNow }) => {
                const time = spanText(to - from, t);
                return (
                  <tr key={`${timeline.evse} ${from}`}>
                    <td>
                      <Mono>{evseName(timeline)}</Mono>
                    </td>
                    <td>
                      {status === null ? (
                        <span className={area['dim']}>{t('nothingKnown')}</span>
                      ) : (
                        <>
                          <StatusMark status={status} />
                          <span aria-hidden>{status}</span>
                        </>
                      )}
                    </td>
                    <td>
                      {isCut && `${t('before')} `}
                      <TimeText at={from} withDate />
                    </td>
                    <td>{isNow ? t('now') : <TimeText at={to} withDate />}</td>
                    <td>{isCut ? t('atLeast', { time }) : time}</td>
                  </tr>
                );
              }),
          )}
        </tbody>
      </table>
    </div>
  );
}
