import { Button } from '@mantine/core';
import { IconArrowsExchange, IconFileExport, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TransactionView } from '../../../../core/contract/transaction.ts';
import { ProductionChip } from '../../../links/production.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FactLine } from '../../../ui/fact.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { costText, numberText } from '../amounts.ts';
import { ProblemChip, StateChip } from '../state-chip.tsx';
import { BackLink } from './back-link.tsx';
import styles from './detail.module.css';
import { trafficFilter } from './traffic-filter.ts';

export interface TransactionHeadProps {
  readonly transaction: TransactionView;
  readonly production: boolean;
}

/** Which charge this is, whose, how far it has come, and what can be done with it. */
export function TransactionHead({ transaction, production }: TransactionHeadProps) {
  const t = useTexts('transactions');
  const language = useLanguage();
  const { id, link, version, side, state, open, problem } = transaction;
  const { session, cdr, reference, token, startedAt, updatedAt, kwh, cost, payment } = transaction;
  const paid = payment.at(-1);
  return (
    <header className={styles['head']}>
      <div className={styles['titleLine']}>
        <BackLink />
        <h1 className={styles['title']}>{t('one', { id })}</h1>
        <StateChip state={state} t={t} />
        {problem !== null && <ProblemChip severity={problem} t={t} />}
        {production && <ProductionChip />}
        {open && state !== 'refused' && (
          <span className={styles['due']}>
            {t('due')} <strong>{t(`due-${state}`)}</strong>
          </span>
        )}
        <div className={styles['actions']}>
          <Button
            variant="default"
            leftSection={<IconArrowsExchange size={14} aria-hidden />}
            title={t('showInTrafficHint')}
            renderRoot={props => <Link to="/traffic" search={{ q: trafficFilter(transaction) }} {...props} />}
          >
            {t('showInTraffic')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileExport size={14} aria-hidden />}
            title={t('exportHint')}
            renderRoot={props => <Link to="/logs/export" search={{ transaction: id }} {...props} />}
          >
            {t('export')}
          </Button>
          <Button
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            renderRoot={props => <Link to="/replay" search={{ source: `transaction:${id}` }} {...props} />}
          >
            {t('replay')}
          </Button>
        </div>
      </div>
      <dl className={styles['facts']}>
        {session !== null && (
          <FactLine label={t('factSession')}>
            <ObjectLink kind="sessions" id={session} transaction={transaction} />
            <CopyButton text={session} label={t('copySession')} />
          </FactLine>
        )}
        {cdr !== null && (
          <FactLine label={t('factCdr')}>
            <ObjectLink kind="cdrs" id={cdr} transaction={transaction} />
            <CopyButton text={cdr} label={t('copyCdr')} />
          </FactLine>
        )}
        {reference !== null && (
          <FactLine label={t('factReference')}>
            <Mono wrap>{reference}</Mono>
            <CopyButton text={reference} label={t('copyReference')} />
          </FactLine>
        )}
        {token !== null && (
          <FactLine label={t('factToken')}>
            <Mono wrap>{token}</Mono>
            <CopyButton text={token} label={t('copyToken')} />
          </FactLine>
        )}
        <Place transaction={transaction} />
        {link !== null && (
          <FactLine label={t('columnLink')}>
            <Link to="/partners/link/$name" params={{ name: link }}>
              {link}
            </Link>
            <Mono>{version}</Mono>
          </FactLine>
        )}
        {side !== null && <FactLine label={t('columnSide')}>{t(`side-${side}`)}</FactLine>}
        <FactLine label={t('factBegin')}>
          <Mono>
            <TimeText at={startedAt} />
          </Mono>
        </FactLine>
        <FactLine label={open ? t('factDurationOpen') : t('factDuration')}>
          <Mono>{durationText(Date.parse(updatedAt) - Date.parse(startedAt))}</Mono>
        </FactLine>
        {kwh !== null && (
          <FactLine label={t('factEnergy')}>
            <Mono>{t('energy', { kwh: numberText(kwh, language, 1) })}</Mono>
          </FactLine>
        )}
        {cost !== null && (
          <FactLine label={t('factCost')}>
            <Mono>{costText(cost, language)}</Mono>
          </FactLine>
        )}
        {paid !== undefined && (
          <FactLine label={t('factPayment')}>
            <span lang="en">{paid.what}</span>
            {paid.amount !== null && <Mono>{costText(paid.amount, language)}</Mono>}
          </FactLine>
        )}
      </dl>
    </header>
  );
}

interface ObjectLinkProps {
  readonly kind: 'sessions' | 'cdrs';
  readonly id: string;
  readonly transaction: TransactionView;
}

/** What is ours can be edited in Our data; what is theirs stands beside the course. */
function ObjectLink({ kind, id, transaction }: ObjectLinkProps) {
  if (transaction.side === 'ours') {
    return (
      <Link to="/own" search={{ kind, id }} className={styles['id'] ?? ''}>
        {id}
      </Link>
    );
  }
  return (
    <Link
      to="/transactions/$id"
      params={{ id: String(transaction.id) }}
      search={{ show: 'objects' }}
      className={styles['id'] ?? ''}
    >
      {id}
    </Link>
  );
}

function Place({ transaction }: { readonly transaction: TransactionView }) {
  const t = useTexts('transactions');
  const { link, side, location, evse, connector } = transaction;
  if (location === null) return null;
  const within = [evse, connector].filter(part => part !== null).join(' / ');
  return (
    <FactLine label={t('factPlace')}>
      {side === 'ours' ? (
        <Link to="/own" search={{ kind: 'locations', id: location }} className={styles['id'] ?? ''}>
          {location}
        </Link>
      ) : link === null ? (
        <Mono wrap>{location}</Mono>
      ) : (
        <Link to="/locations/$link/$id" params={{ link, id: location }} className={styles['id'] ?? ''}>
          {location}
        </Link>
      )}
      <CopyButton text={location} label={t('copyLocation')} />
      {within !== '' && <Mono wrap>{within}</Mono>}
      {evse !== null && <CopyButton text={evse} label={t('copyEvse')} />}
    </FactLine>
  );
}
