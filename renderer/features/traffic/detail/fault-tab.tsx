import { Link } from '@tanstack/react-router';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import type { FaultStamp } from '../../../../core/contract/fault.ts';
import { laidOut } from '../../../exchange/laid-out.ts';
import { WireSteps } from '../../../exchange/wire-steps.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import styles from './fault-tab.module.css';
import { intendedAndSent } from './stamped-text.ts';

export interface FaultTabProps {
  readonly exchange: ExchangeView;
  readonly stamp: FaultStamp;
}

/** What rules of ours did to this exchange: each of them, the acts on the wire, and what would have been sent beside what was. */
export function FaultTab({ exchange, stamp }: FaultTabProps) {
  const t = useTexts('traffic');
  const { firings, wire } = stamp;
  const texts = intendedAndSent(exchange, stamp);
  return (
    <>
      <p className={styles['told']}>{t('faultTold', { count: firings.length })}</p>
      <Panel title={t('faultRules')}>
        <ol className={styles['firings']}>
          {firings.map(({ rule, ruleId, kind, hit, did, applied, parameters }) => (
            <li key={rule} className={applied ? undefined : styles['nothing']}>
              <p className={styles['did']}>
                {!applied && <Chip tone="plain">{t('faultNothing')}</Chip>} <span lang="en">{did}</span>
              </p>
              <p className={styles['rule']}>
                {t('faultRule')}{' '}
                {ruleId === null ? (
                  <strong>{rule}</strong>
                ) : (
                  <Link to="/faults" search={{ rule: ruleId }}>
                    {rule}
                  </Link>
                )}{' '}
                ·{' '}
                <Link to="/faults" search={{ tab: 'catalogue', kind }}>
                  <Mono>{kind}</Mono>
                </Link>{' '}
                · {t('faultHit', { hit })}
              </p>
              {Object.keys(parameters).length > 0 && (
                <p className={styles['rule']}>
                  {t('faultParameters')} <Mono wrap>{JSON.stringify(parameters)}</Mono>
                </p>
              )}
            </li>
          ))}
        </ol>
      </Panel>
      {wire.length > 0 && (
        <Panel title={t('faultWire')}>
          <WireSteps steps={wire} />
        </Panel>
      )}
      <Panel title={t('faultIntended')}>
        {texts === undefined ? (
          <p className={styles['none']}>{t(`faultNone-${exchange.direction}`)}</p>
        ) : (
          <>
            {texts.shortened && <p className={styles['none']}>{t('faultShort')}</p>}
            <TextDiff
              left={laidOut(texts.intended)}
              right={laidOut(texts.sent)}
              labels={[t('faultWithout'), t('faultSent')]}
              same={t('faultSame')}
            />
          </>
        )}
      </Panel>
    </>
  );
}
