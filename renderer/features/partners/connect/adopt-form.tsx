import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { usePlatform } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { pastedToken, pastedUrl, suggestedName } from '../pasted.ts';
import { AddressField } from './address-field.tsx';
import styles from './connect-page.module.css';
import { IdentityFields } from './identity-fields.tsx';
import { TokenField } from './token-field.tsx';
import { useIdentity } from './use-identity.ts';
import { VersionField } from './version-field.tsx';

/** A link whose tokens exist: nothing is said to the partner but GET. */
export function AdoptForm() {
  const t = useTexts('partners');
  const client = useClient();
  const navigate = useNavigate();
  const doing = useDoing();
  const versions = usePlatform().data?.versions ?? [];
  const [url, setUrl] = useState('');
  const [ours, setOurs] = useState('');
  const [theirs, setTheirs] = useState('');
  const [version, setVersion] = useState('');
  const [tried, setTried] = useState(false);
  const readUrl = pastedUrl(url);
  const readOurs = pastedToken(ours);
  const readTheirs = pastedToken(theirs);
  const identity = useIdentity(taken => (readUrl.ok ? suggestedName(readUrl.url, taken) : ''));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const theirsGood = theirs.trim() === '' || readTheirs.ok;
    if (!readUrl.ok || !readOurs.ok || !theirsGood || identity.problem !== undefined) return;
    const chosen = versions.find(one => one === version);
    const here = stillHere();
    void doing.run(async () => {
      const { link } = await client.links.adopt({
        ...identity.input,
        versionsUrl: readUrl.url,
        token: readOurs.token,
        ...(readTheirs.ok ? { theirToken: readTheirs.token } : {}),
        ...(chosen === undefined ? {} : { version: chosen }),
      });
      if (here()) await navigate({ to: '/partners/link/$name', params: { name: link.name } });
    });
  };
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      <AddressField value={url} read={readUrl} tried={tried} onChange={setUrl} />
      <TokenField
        label={t('form-ours')}
        description={t('form-tokenHint')}
        value={ours}
        read={readOurs}
        tried={tried}
        required
        onChange={setOurs}
      />
      <TokenField
        label={t('form-theirs')}
        description={t('form-theirsHint')}
        value={theirs}
        read={readTheirs}
        tried={tried}
        onChange={setTheirs}
      />
      <IdentityFields identity={identity} tried={tried} />
      <div className={styles['pair']}>
        <VersionField value={version} onChange={setVersion} />
      </div>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['submit']}>
        <Button type="submit" loading={doing.busy}>
          {t('form-submitAdopt')}
        </Button>
      </div>
    </form>
  );
}
