import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useKept } from '../../../ui/use-kept.ts';
import shared from '../form.module.css';
import { filledIn } from '../search.ts';
import type { FormProps } from '../send-page.tsx';
import { NEEDED, offers } from '../sendable-links.ts';
import { Sides } from '../sides.tsx';
import { useConfirmed } from '../use-confirmed.ts';
import styles from './asked.module.css';
import { type AskedDraft, type AskedField, askedDraft } from './asked-draft.ts';
import { AskedOutcomePane } from './asked-outcome.tsx';
import { AuthorizeFields } from './authorize-fields.tsx';
import { useChoices } from './choices.ts';
import { CommandFields } from './command-fields.tsx';
import { ProfileFields } from './profile-fields.tsx';
import { useAsking } from './use-asking.ts';

export type AskedFormId = 'command' | 'authorize' | 'profile';

/** A command, an authorization or a profile: its form, and beside it how it goes. */
export function AskedForm({ form, link, search, onSearch }: FormProps & { readonly form: AskedFormId }) {
  const t = useTexts('send');
  const [draft, setDraft] = useKept(
    `${form} ${link.name}`,
    () => askedDraft(search),
    Object.keys(filledIn(search)).length > 0,
  );
  const [wrong, setWrong] = useState<readonly AskedField[]>([]);
  const [failure, setFailure] = useState<ShownFailure>();
  const [sending, setSending] = useState(false);
  const choices = useChoices(link.name, draft);
  const confirmed = useConfirmed();
  const asking = useAsking({ form, link, draft });

  const change = (patch: Partial<AskedDraft>) => {
    setDraft({ ...draft, ...patch });
    setWrong(wrong.filter(field => !(field in patch)));
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(undefined);
    if ('wrong' in asking) {
      setWrong(asking.wrong);
      return;
    }
    setSending(true);
    const here = stillHere();
    try {
      const started = await confirmed(link, { words: asking.words, writes: true }, asking.start);
      if (started !== undefined && here()) onSearch({ ...search, form, run: started.runId });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setSending(false);
    }
  };
  const { module, role } = NEEDED[form];
  const part = { link, draft, change, choices, wrong };
  return (
    <Sides
      label={t('outcome')}
      form={
        <form className={styles['form']} onSubmit={event => void send(event)} noValidate>
          {!offers(link, module, role) && (
            <p className={shared['lacking']}>{t('lacking', { link: link.name, module, role })}</p>
          )}
          {form === 'command' && <CommandFields {...part} />}
          {form === 'authorize' && <AuthorizeFields {...part} />}
          {form === 'profile' && <ProfileFields {...part} />}
          {failure !== undefined && <FailureNote failure={failure} />}
          <div className={shared['end']}>
            <Button type="submit" loading={sending}>
              {asking.button}
            </Button>
          </div>
        </form>
      }
      outcome={<AskedOutcomePane form={form} link={link} runId={search.run} search={search} onSearch={onSearch} />}
    />
  );
}
