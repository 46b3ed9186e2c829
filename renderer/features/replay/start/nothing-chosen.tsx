import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './start.module.css';
import { useFirstCharge } from './use-first-charge.ts';

/** What the area is for, and one click that shows it. */
export function NothingChosen({ onFile }: { readonly onFile: () => void }) {
  const t = useTexts('replay');
  const { begin, doing, available, unlinked } = useFirstCharge();
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={
        <>
          <p className={styles['lead']}>{t('emptyText')}</p>
          {unlinked && <FailureNote failure={{ message: t('sandboxUnlinked'), advice: t('sandboxUnlinkedAdvice') }} />}
          {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
        </>
      }
      actions={
        <>
          {available && (
            <Button loading={doing.busy} onClick={() => void begin()}>
              {t('firstCharge')}
            </Button>
          )}
          <Button variant="default" renderRoot={props => <Link to="/transactions" {...props} />}>
            {t('chooseTransaction')}
          </Button>
          <Button variant="default" renderRoot={props => <Link to="/traffic" {...props} />}>
            {t('chooseExchanges')}
          </Button>
          <Button variant="default" onClick={onFile}>
            {t('fromFile')}
          </Button>
        </>
      }
    />
  );
}
