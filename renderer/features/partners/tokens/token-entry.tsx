import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useLinkActions } from '../link/use-link-actions.ts';
import { pastedToken } from '../pasted.ts';
import styles from './token-entry.module.css';

export interface TokenEntryProps {
  readonly link: LinkView;
  /** Only the one we call with. */
  readonly only?: 'outgoing';
  readonly onDone: () => void;
}

/** Tokens entered by hand, in place of those in use. */
export function TokenEntry({ link, only, onDone }: TokenEntryProps) {
  const t = useTexts('partners');
  const actions = useLinkActions(link);
  const doing = useDoing();
  const [ours, setOurs] = useState('');
  const [theirs, setTheirs] = useState('');
  const readOurs = pastedToken(ours);
  const readTheirs = pastedToken(theirs);
  const fault = (text: string, read: typeof readOurs) =>
    text === '' || read.ok ? null : t(`form-problem-${read.problem}`);
  const ready = (readOurs.ok || readTheirs.ok) && fault(ours, readOurs) === null && fault(theirs, readTheirs) === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    void doing.run(async () => {
      const changed = await actions.set({
        ...(readOurs.ok ? { token: readOurs.token } : {}),
        ...(readTheirs.ok ? { theirToken: readTheirs.token } : {}),
      });
      if (changed === undefined) return;
      setOurs('');
      setTheirs('');
      onDone();
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit} autoComplete="off">
      <PasswordInput
        label={t('token-ours')}
        value={ours}
        onChange={event => setOurs(event.currentTarget.value)}
        error={fault(ours, readOurs)}
        autoComplete="off"
        {...(only === 'outgoing' && { 'data-autofocus': true, autoFocus: true })}
      />
      {only === undefined && (
        <PasswordInput
          label={t('token-theirs')}
          value={theirs}
          onChange={event => setTheirs(event.currentTarget.value)}
          error={fault(theirs, readTheirs)}
          autoComplete="off"
        />
      )}
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <Button type="submit" disabled={!ready} loading={doing.busy}>
        {t(only === undefined ? 'token-save' : 'token-saveAndTry')}
      </Button>
    </form>
  );
}
