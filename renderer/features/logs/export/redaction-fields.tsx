import { Switch, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTexts } from '../../../texts/use-texts.ts';
import { type ExportDraft, GROUPS, withGroup } from './draft.ts';
import exporting from './export.module.css';

export interface RedactionFieldsProps {
  readonly draft: ExportDraft;
  readonly onDraft: (draft: ExportDraft) => void;
  /** The reason is missing, and somebody has tried to go on without it. */
  readonly problem: boolean;
}

/** What is replaced by pseudonyms. That personal data stays needs a reason. */
export function RedactionFields({ draft, onDraft, problem }: RedactionFieldsProps) {
  const t = useTexts('logs');
  return (
    <fieldset className={exporting['group']}>
      <legend>{t('redaction')}</legend>
      <p className={exporting['always']}>
        <IconLock size={14} aria-hidden />
        <span>{t('tokensNever')}</span>
      </p>
      {GROUPS.map(group => (
        <div key={group}>
          <Switch
            label={t(`group-${group}`)}
            description={t(`group-${group}-hint`)}
            checked={draft.groups.includes(group)}
            onChange={event => onDraft(withGroup(draft, group, event.currentTarget.checked))}
          />
          {group === 'personal' && !draft.groups.includes('personal') && (
            <TextInput
              className={exporting['reason'] ?? ''}
              label={t('reason')}
              description={t('reasonHint')}
              placeholder={t('reasonPlaceholder')}
              value={draft.reason}
              onChange={event => onDraft({ ...draft, reason: event.currentTarget.value })}
              error={problem ? t('reasonProblem') : null}
              maxLength={500}
              required
              withAsterisk={false}
              data-reason
            />
          )}
        </div>
      ))}
    </fieldset>
  );
}
