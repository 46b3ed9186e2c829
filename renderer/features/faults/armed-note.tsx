import { Link } from '@tanstack/react-router';
import { useClient } from '../../bridge/client.ts';
import { useDoing } from '../../bridge/use-doing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import styles from './armed-note.module.css';
import { useArmed } from './fault-desk.ts';
import { useTurnOff } from './use-turn-off.ts';

/** Wherever one is, while anything is wrong on purpose: how much, a way to it, and all of it off. */
export function ArmedNote() {
  const t = useTexts('faults');
  const client = useClient();
  const turnOff = useTurnOff();
  const doing = useDoing();
  const { own, partner } = useArmed();
  if (own.length + partner.length === 0) return null;
  const off = () =>
    doing.run(() =>
      turnOff([...(own.length > 0 ? [client.faults] : []), ...(partner.length > 0 ? [client.sandbox.faults] : [])]),
    );
  return (
    <span className={styles['note']} role="status">
      {own.length > 0 && (
        <Link to="/faults" className={styles['link']}>
          {t('armedNote', { count: own.length })}
        </Link>
      )}
      {partner.length > 0 && (
        <Link to="/faults" search={{ whose: 'partner' }} className={styles['link']}>
          {own.length > 0
            ? t('armedPartner', { count: partner.length })
            : `${t('armedNote', { count: partner.length })} · ${t('theirs')}`}
        </Link>
      )}
      <button type="button" className={styles['off']} disabled={doing.busy} onClick={() => void off()}>
        {t('allOff')}
      </button>
      {doing.failure !== undefined && <strong role="alert">{doing.failure.message}</strong>}
    </span>
  );
}
