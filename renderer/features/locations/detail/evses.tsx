import { useMemo } from 'react';
import { StatusMark } from '../../../evse/status-mark.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { type ConnectorRead, type EvseRead, evsesOf } from '../reading/evses.ts';
import type { CommandTarget } from './command-target.ts';
import styles from './detail.module.css';
import { SendLinks } from './send-links.tsx';

export interface EvsesProps {
  readonly location: unknown;
  /** Absent where no commands can be sent. */
  readonly target: CommandTarget | undefined;
}

/** EVSEs with their connectors, as a tree one can fold. */
export function Evses({ location, target }: EvsesProps) {
  const t = useTexts('locations');
  const evses = useMemo(() => evsesOf(location), [location]);
  return (
    <Panel title={t('evses', { count: evses.length, number: evses.length })}>
      {evses.length === 0 ? (
        <p className={styles['dim']}>{t('noEvsesText')}</p>
      ) : (
        <ul className={styles['tree']}>
          {evses.map(evse => (
            <li key={evse.pointer}>
              <Evse evse={evse} target={target} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Evse({ evse, target }: { readonly evse: EvseRead; readonly target: CommandTarget | undefined }) {
  const t = useTexts('locations');
  const { uid, evseId, status, floor, reference, capabilities, restrictions, schedule, lastUpdated, connectors } = evse;
  const [first] = connectors;
  // Where there is one connector it is meant.
  const only = connectors.length === 1 && first?.id !== undefined ? { connector: first.id } : {};
  const more = [
    ...(floor === undefined ? [] : [t('floor', { floor })]),
    ...(reference === undefined ? [] : [t('reference', { reference })]),
    ...capabilities,
    ...restrictions,
  ];
  return (
    <details open className={styles['evse']}>
      <summary>
        <StatusMark status={status ?? null} />
        <strong className={styles['status']}>{status ?? t('noStatus')}</strong>
        <Mono>{evseId ?? uid ?? '?'}</Mono>
        {lastUpdated !== undefined && (
          <span className={styles['when']}>
            <TimeText at={lastUpdated} withDate />
          </span>
        )}
      </summary>
      <div className={styles['evseMore']}>
        {uid !== undefined && (
          <span className={styles['uid']}>
            uid <Mono wrap>{uid}</Mono>
            <CopyButton text={uid} label={t('copyUid')} />
          </span>
        )}
        {target !== undefined && uid !== undefined && (
          <SendLinks target={target} commands={['START_SESSION', 'RESERVE_NOW']} evse={uid} {...only} />
        )}
        {more.length > 0 && <span className={styles['dim']}>{more.join(' · ')}</span>}
        {schedule.map(({ status: then, from, to }) => (
          <span key={from} className={styles['dim']}>
            {t('scheduled', { status: then })} <TimeText at={from} withDate />
            {to !== undefined && (
              <>
                {' – '}
                <TimeText at={to} withDate />
              </>
            )}
          </span>
        ))}
      </div>
      <ul className={styles['connectors']}>
        {connectors.map(connector => (
          <li key={connector.pointer}>
            <Connector connector={connector} />
            {target !== undefined && uid !== undefined && connector.id !== undefined && (
              <SendLinks
                target={target}
                commands={connectors.length > 1 ? ['START_SESSION', 'UNLOCK_CONNECTOR'] : ['UNLOCK_CONNECTOR']}
                evse={uid}
                connector={connector.id}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Connector({ connector }: { readonly connector: ConnectorRead }) {
  const t = useTexts('locations');
  const language = useLanguage();
  const { id, standard, format, powerType, volts, amperes, watts, wattsStated, tariffs, terms } = connector;
  const kilowatts =
    watts === undefined
      ? undefined
      : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(watts / 1000);
  return (
    <>
      <Mono>{id ?? '?'}</Mono>
      <span className={styles['plug']}>{[standard, format].filter(Boolean).join(' · ')}</span>
      <span className={styles['power']} title={wattsStated ? t('wattsStated') : t('wattsComputed')}>
        {kilowatts === undefined ? '' : `${wattsStated ? '' : '≈ '}${kilowatts} kW`}
      </span>
      <span className={styles['dim']}>
        {[powerType, volts === undefined ? undefined : `${volts} V`, amperes === undefined ? undefined : `${amperes} A`]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {tariffs.map(tariff => (
        <a key={tariff} href={`#tariff-${tariff}`} onClick={event => showTariff(event, tariff)}>
          <Mono>{tariff}</Mono>
        </a>
      ))}
      {terms !== undefined && <Mono wrap>{terms}</Mono>}
    </>
  );
}

/** The address behind the hash is the view's: the tariff is brought into view without it. */
function showTariff(event: React.MouseEvent, tariff: string): void {
  event.preventDefault();
  const found = document.getElementById(`tariff-${tariff}`);
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus();
}
