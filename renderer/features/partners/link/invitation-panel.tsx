import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Link as RouterLink } from '@tanstack/react-router';
import type { Invitation } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { usePlatform } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { partyId } from '../list/partner-list.ts';
import { isLoopbackUrl } from '../pasted.ts';
import { useRegistrations } from '../runs/use-runs.ts';
import styles from './invitation-panel.module.css';

export interface InvitationPanelProps {
  readonly invitation: Invitation;
  /** Given where the panel stands over something else. */
  readonly onClose?: () => void;
}

/** What is handed to the partner, as one block of text, and whether it has called meanwhile. */
export function InvitationPanel({ invitation, onClose }: InvitationPanelProps) {
  const t = useTexts('partners');
  const client = useClient();
  const doing = useDoing();
  const clipboard = useClipboard({ timeout: 2000 });
  const platform = usePlatform().data;
  const { name, versionsUrl, token } = invitation;
  const parties = platform?.parties.map(party => `${partyId(party)} ${party.role} (${party.name})`).join(', ') ?? '';
  const block = t('invitation-block', { versionsUrl, token, versions: platform?.versions.join(', ') ?? '', parties });
  return (
    <section className={styles['invitation']} aria-label={t('invitation-title', { name })}>
      <h2 className={styles['title']}>{t('invitation-title', { name })}</h2>
      <p className={styles['lead']}>{t('invitation-lead')}</p>
      {isLoopbackUrl(versionsUrl) && <p className={styles['warning']}>{t('invitation-loopback')}</p>}
      {platform?.serving === false && (
        <p className={styles['warning']}>
          {t('invitation-notServing')}{' '}
          <Button
            variant="default"
            loading={doing.busy}
            onClick={() => void doing.run(() => client.platform.serve({ on: true }))}
          >
            {t('invitation-serve')}
          </Button>
        </p>
      )}
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <pre className={styles['block']}>{block}</pre>
      <div className={styles['actions']}>
        <Button
          leftSection={
            clipboard.copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />
          }
          onClick={() => clipboard.copy(block)}
        >
          {clipboard.copied ? t('invitation-copied') : t('invitation-copy')}
        </Button>
        {onClose === undefined ? (
          <Arrival name={name} />
        ) : (
          <Button variant="default" onClick={onClose}>
            {t('action-close')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Tells when the partner called: its runs appear by themselves. */
function Arrival({ name }: { readonly name: string }) {
  const t = useTexts('partners');
  const arrived = useRegistrations(name).data?.some(({ initiator }) => initiator === 'them') ?? false;
  return (
    <>
      <Button
        variant={arrived ? 'filled' : 'default'}
        renderRoot={props => <RouterLink to="/partners/link/$name" params={{ name }} {...props} />}
      >
        {t('invitation-open')}
      </Button>
      <span role="status" className={styles['waiting']}>
        {t(arrived ? 'invitation-arrived' : 'invitation-waiting')}
      </span>
    </>
  );
}
