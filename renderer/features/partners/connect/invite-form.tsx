import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Invitation } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { InvitationPanel } from '../link/invitation-panel.tsx';
import styles from './connect-page.module.css';
import { IdentityFields } from './identity-fields.tsx';
import { useIdentity } from './use-identity.ts';

/** They register: an invitation to send, and the wait for their call. */
export function InviteForm() {
  const t = useTexts('partners');
  const client = useClient();
  const doing = useDoing();
  const [tried, setTried] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const identity = useIdentity(() => '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (identity.problem !== undefined) return;
    void doing.run(async () => {
      const { name, environment, organisation } = identity.input;
      const named = { name, environment, ...(organisation === undefined ? {} : { organisation }) };
      setInvitation(await client.links.invite(named));
    });
  };
  if (invitation !== undefined) return <InvitationPanel invitation={invitation} />;
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      <IdentityFields identity={identity} tried={tried} />
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['submit']}>
        <Button type="submit" loading={doing.busy}>
          {t('form-submitInvite')}
        </Button>
      </div>
    </form>
  );
}
