import { NativeSelect, TextInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import { type ExportDraft, FORMATS, hasTables, TABLES } from './draft.ts';
import exporting from './export.module.css';

export interface FormatFieldsProps {
  readonly draft: ExportDraft;
  readonly onDraft: (draft: ExportDraft) => void;
}

/** What kind of file, and what it says of itself. */
export function FormatFields({ draft, onDraft }: FormatFieldsProps) {
  const t = useTexts('logs');
  return (
    <fieldset className={exporting['group']}>
      <legend>{t('file')}</legend>
      <NativeSelect
        label={t('format')}
        description={t(`format-${draft.format}-hint`)}
        value={draft.format}
        onChange={event =>
          onDraft({ ...draft, format: FORMATS.find(one => one === event.currentTarget.value) ?? 'ocpilog' })
        }
        data={FORMATS.map(value => ({ value, label: t(`format-${value}`) }))}
      />
      {hasTables(draft.format) && (
        <NativeSelect
          label={t('table')}
          value={draft.table}
          onChange={event =>
            onDraft({ ...draft, table: TABLES.find(one => one === event.currentTarget.value) ?? 'exchanges' })
          }
          data={TABLES.map(value => ({ value, label: t(`table-${value}`) }))}
        />
      )}
      {draft.format === 'ocpilog' && (
        <TextInput
          label={t('titleField')}
          description={t('titleHint')}
          placeholder={t('titlePlaceholder')}
          value={draft.title}
          maxLength={500}
          onChange={event => onDraft({ ...draft, title: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}
