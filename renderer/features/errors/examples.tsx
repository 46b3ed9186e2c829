import { Link } from '@tanstack/react-router';
import type { ExchangeSummary } from '../../../core/contract/exchange.ts';
import { failureOf } from '../../bridge/failure.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import type { ErrorFilter } from './filter.ts';
import styles from './group-details.module.css';
import { trafficFilter } from './group-traffic.ts';
import type { FailureRow } from './groups.ts';
import { useExamples } from './use-groups.ts';

export interface ExamplesProps {
  readonly group: FailureRow;
  readonly filter: ErrorFilter;
}

/** The newest exchanges of a group, and the way to all of them. */
export function Examples({ group, filter }: ExamplesProps) {
  const t = useTexts('errors');
  const numbers = new Intl.NumberFormat(useLanguage());
  const examples = useExamples(group, filter);
  const { inTraffic = group.count, rows } = examples.data ?? {};
  return (
    <Panel
      title={t('examples')}
      actions={
        <Link to="/traffic" search={{ q: trafficFilter(group, filter) }}>
          {inTraffic <= group.count
            ? t('showAll', { count: group.count, number: numbers.format(group.count) })
            : t('showAmong', { number: numbers.format(inTraffic) })}
        </Link>
      }
    >
      {examples.error !== null && (
        <FailureNote failure={failureOf(examples.error)} onRetry={() => void examples.refetch()} />
      )}
      {rows === undefined && examples.error === null && (
        <p className={styles['dim']} aria-busy>
          {t('examplesLoading')}
        </p>
      )}
      {rows !== undefined && (
        <ul className={styles['examples']} aria-label={t('examples')}>
          {rows.map(exchange => (
            <li key={exchange.id}>
              <Example exchange={exchange} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Example({ exchange }: { readonly exchange: ExchangeSummary }) {
  const { id, at, method, url, httpStatus, ocpiStatus } = exchange;
  return (
    <Link to="/traffic" search={{ exchange: id }} className={styles['example']} title={url}>
      <span className={styles['time']}>
        <TimeText at={at} />
      </span>
      <span className={styles['call']}>
        <strong>{method}</strong> {pathOf(url)}
      </span>
      {httpStatus !== null && <Chip tone={httpStatus >= 400 ? 'bad' : 'ok'}>{httpStatus}</Chip>}
      {ocpiStatus !== null && <Chip tone={ocpiStatus >= 1000 && ocpiStatus < 2000 ? 'ok' : 'bad'}>{ocpiStatus}</Chip>}
    </Link>
  );
}

/** Host and scheme are the same in all of them as a rule. */
function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.pathname}${parsed.search}`;
}
