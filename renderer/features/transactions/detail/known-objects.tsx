import { useMemo } from 'react';
import type { TransactionView } from '../../../../core/contract/transaction.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { Panel } from '../../../ui/panel.tsx';
import styles from './detail.module.css';

/** The session and the CDR as they are known at last. */
export function KnownObjects({ transaction }: { readonly transaction: TransactionView }) {
  const t = useTexts('transactions');
  return (
    <div className={styles['objects']}>
      <KnownObject title={t('sessionObject')} none={t('noSessionObject')} value={transaction.sessionObject} />
      <KnownObject title={t('cdrObject')} none={t('noCdrObject')} value={transaction.cdrObject} />
    </div>
  );
}

interface KnownObjectProps {
  readonly title: string;
  readonly none: string;
  readonly value: unknown;
}

function KnownObject({ title, none, value }: KnownObjectProps) {
  const t = useTexts('transactions');
  const text = useMemo(
    () => (value === null || value === undefined ? undefined : JSON.stringify(value, null, 2)),
    [value],
  );
  return (
    <Panel title={title} {...(text !== undefined && { actions: <CopyButton text={text} label={t('copyObject')} /> })}>
      {text === undefined ? (
        <p className={styles['none']}>{none}</p>
      ) : (
        <div className={styles['json']}>
          <JsonView text={text} label={title} />
        </div>
      )}
    </Panel>
  );
}
