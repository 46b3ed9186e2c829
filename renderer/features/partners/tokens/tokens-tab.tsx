import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LedgerToken } from '../../../../core/contract/link.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { LinkPart } from '../link/link-page.tsx';
import tables from '../table.module.css';
import { TokenEntry } from './token-entry.tsx';
import { type LedgerLine, ledgerLines } from './token-ledger.ts';
import { RevealButton, ShownToken } from './token-reveal.tsx';
import styles from './tokens-tab.module.css';
import { useReveal } from './use-reveal.ts';

const STATE_TONES: Readonly<Record<LedgerToken['state'], Tone>> = {
  active: 'ok',
  pending: 'accent',
  previous: 'warn',
  retired: 'plain',
};

/** Who made each token, who uses it, how it was written, when last; never the token unless revealed. */
export function TokensTab({ link }: LinkPart) {
  const t = useTexts('partners');
  const [withDead, setWithDead] = useState(false);
  const [stored, setStored] = useState(false);
  const lines = ledgerLines(link);
  const dead = lines.filter(({ live }) => !live).length;
  const shown = withDead ? lines : lines.filter(({ live }) => live);
  return (
    <>
      <Panel
        title={t('token-title')}
        actions={
          dead > 0 && (
            <Button variant="subtle" color="gray" onClick={() => setWithDead(!withDead)}>
              {withDead ? t('token-hideDead') : t('token-showDead', { count: dead })}
            </Button>
          )
        }
      >
        <p className={tables['lead']}>{t('token-lead')}</p>
        {lines.length === 0 ? (
          <EmptyState title={t('token-title')} text={t('token-empty')} />
        ) : (
          <div className={tables['scroll']}>
            <table className={styles['ledger']}>
              <thead>
                <tr>
                  {(['name', 'state', 'madeBy', 'usedBy', 'written', 'length', 'lastUsed', 'id', 'show'] as const).map(
                    column => (
                      <th key={column} scope="col">
                        {t(`token-${column}`)}
                      </th>
                    ),
                  )}
                </tr>
              </thead>
              <tbody>
                {shown.map(line => (
                  <Line key={line.key} line={line} link={link} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title={t('token-enterTitle')}>
        <p className={tables['lead']}>{t('token-enterText')}</p>
        <TokenEntry link={link} onDone={() => setStored(true)} />
        {stored && <p role="status">{t('token-saved')}</p>}
      </Panel>
    </>
  );
}

function Line({ line: { token, live, hints }, link }: { readonly line: LedgerLine; readonly link: LinkPart['link'] }) {
  const t = useTexts('partners');
  const who = (us: boolean) => t(us ? 'token-us' : 'token-partner');
  const { kind, state, lastForm, lastUsedAt } = token;
  const reveal = useReveal(link, token);
  return (
    <>
      <tr className={live ? '' : styles['dead']}>
        <th scope="row">
          <Mono>{kind}</Mono>
        </th>
        <td>
          <Chip tone={STATE_TONES[state]}>{t(`token-states-${state}`)}</Chip>
        </td>
        <td>{who(token.issuedBy === 'us')}</td>
        <td>{who(token.direction === 'outgoing')}</td>
        <td>
          {lastForm === undefined ? (
            <span className={styles['dim']}>–</span>
          ) : lastForm === 'raw' || lastForm === 'base64' ? (
            t(`token-form-${lastForm}`)
          ) : (
            <Chip tone="warn">{t(`token-form-${lastForm}`)}</Chip>
          )}
        </td>
        <td className={styles['number']}>{token.length}</td>
        <td>
          {lastUsedAt === undefined ? (
            <span className={styles['dim']}>{t('never')}</span>
          ) : (
            <TimeText at={lastUsedAt} />
          )}
        </td>
        <td className={styles['dim']}>
          <Mono>{token.id}</Mono>
        </td>
        <td className={styles['reveal']}>
          {token.readable && reveal.shown === undefined && <RevealButton kind={kind} of={reveal} />}
        </td>
      </tr>
      {(reveal.shown !== undefined || reveal.doing.failure !== undefined) && (
        <tr className={styles['revealed']}>
          <td />
          <td colSpan={8}>
            <ShownToken kind={kind} of={reveal} />
            {reveal.doing.failure !== undefined && <FailureNote failure={reveal.doing.failure} />}
          </td>
        </tr>
      )}
      {hints.length > 0 && live && (
        <tr className={styles['hints']}>
          <td />
          <td colSpan={8}>
            {hints.map(hint => (
              <span key={hint}>{t(`token-hint-${hint}`, { version: link.version ?? '' })}</span>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}
