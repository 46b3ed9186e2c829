import { Button, NativeSelect } from '@mantine/core';
import { Link as RouterLink, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { usePlatform } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useGuard } from '../link/use-guard.tsx';
import { pastedToken, pastedUrl, suggestedName } from '../pasted.ts';
import { AddressField } from './address-field.tsx';
import styles from './connect-page.module.css';
import { IdentityFields } from './identity-fields.tsx';
import { TokenField } from './token-field.tsx';
import { useIdentity } from './use-identity.ts';
import { VersionField } from './version-field.tsx';

const FORMS = ['auto', 'raw', 'base64'] as const;

/** We register: their versions URL, token A, and off it goes. */
export function RegisterForm() {
  const t = useTexts('partners');
  const client = useClient();
  const navigate = useNavigate();
  const guard = useGuard();
  const doing = useDoing();
  const versions = usePlatform().data?.versions ?? [];
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [form, setForm] = useState<(typeof FORMS)[number]>('auto');
  const [version, setVersion] = useState<string>('');
  const [tried, setTried] = useState(false);
  /** The link, where it was made and its registration could not begin. */
  const [made, setMade] = useState<{ readonly name: string }>();
  const readUrl = pastedUrl(url);
  const readToken = pastedToken(token);
  const identity = useIdentity(taken => (readUrl.ok ? suggestedName(readUrl.url, taken) : ''));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!readUrl.ok || !readToken.ok || identity.problem !== undefined) return;
    const { input } = identity;
    const chosen = versions.find(one => one === version);
    const question = {
      title: t('confirm-registerTitle', { name: input.name }),
      text: t('confirm-registerText'),
      action: t('action-register'),
    };
    const here = stillHere();
    void doing.run(async () => {
      const guarded = { ...input, organisation: input.organisation ?? input.name };
      await guard(guarded, question, async confirmed => {
        const added = { ...input, versionsUrl: readUrl.url, token: readToken.token, tokenForm: form };
        const { name } = await client.links.add(added);
        try {
          await client.runs.register({ name, confirmed, ...(chosen === undefined ? {} : { version: chosen }) });
        } catch (error) {
          setMade({ name });
          throw error;
        }
        if (here()) await navigate({ to: '/partners/link/$name', params: { name } });
        return name;
      });
    });
  };
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      <AddressField value={url} read={readUrl} tried={tried} onChange={setUrl} />
      <TokenField
        label={t('form-tokenA')}
        description={t('form-tokenHint')}
        value={token}
        read={readToken}
        tried={tried}
        required
        onChange={setToken}
      />
      <IdentityFields identity={identity} tried={tried} made={made !== undefined || doing.busy} />
      <details className={styles['more']}>
        <summary>{t('form-more')}</summary>
        <div className={styles['pair']}>
          <NativeSelect
            label={t('form-tokenForm')}
            value={form}
            onChange={event => setForm(FORMS.find(one => one === event.currentTarget.value) ?? 'auto')}
            data={FORMS.map(one => ({ value: one, label: t(`settings-form-${one}`) }))}
          />
          <VersionField value={version} onChange={setVersion} />
        </div>
      </details>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['submit']}>
        {made === undefined ? (
          <Button type="submit" loading={doing.busy}>
            {t('form-submitRegister')}
          </Button>
        ) : (
          <Button renderRoot={props => <RouterLink to="/partners/link/$name" params={made} {...props} />}>
            {t('invitation-open')}
          </Button>
        )}
      </div>
    </form>
  );
}
