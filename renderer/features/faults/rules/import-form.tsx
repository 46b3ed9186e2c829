import { Button, Checkbox, FileButton, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useConfirmed } from '../use-confirmed.ts';
import type { FileFormProps } from './file-dialog.tsx';
import styles from './rules.module.css';

/** Bytes: ten thousand rules are a few of these. */
const LARGEST = 32 * 1024 * 1024;

/** A rules file: all of it, or none where anything in it is wrong. */
export function ImportForm({ desk, rules, onClose }: FileFormProps) {
  const t = useTexts('faults');
  const common = useTexts('common');
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const doing = useDoing();
  const [text, setText] = useState('');
  const [replace, setReplace] = useState(false);
  const [unread, setUnread] = useState<string>();
  const take = async (file: File | null) => {
    if (file === null) return;
    setUnread(file.size > LARGEST ? t('fileTooLarge') : undefined);
    if (file.size <= LARGEST) setText(await file.text());
  };
  const bring = async (event: FormEvent) => {
    event.preventDefault();
    const file = parsed(text);
    setUnread('problem' in file ? t('noJson', { problem: file.problem }) : undefined);
    if ('problem' in file) return;
    const brought = await doing.run(() =>
      confirmed(yes => desk.calls.import({ file: file.value, replace, ...(yes && { confirmed: true }) })),
    );
    if (brought === undefined) return;
    await queries.invalidateQueries({ queryKey: desk.queryKey });
    onClose();
  };
  return (
    <form className={styles['dialog']} onSubmit={event => void bring(event)}>
      <p className={styles['hint']}>{t('importText')}</p>
      <div className={styles['file']}>
        <FileButton accept=".json,application/json" onChange={file => void take(file)}>
          {props => (
            <Button {...props} variant="default" leftSection={<IconFileImport size={14} aria-hidden />}>
              {t('chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
      <Textarea
        label={t('rulesFile')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        autosize
        minRows={8}
        maxRows={16}
        spellCheck={false}
        classNames={{ input: styles['pasted'] ?? '' }}
        error={unread ?? null}
      />
      {rules.length > 0 && (
        <Checkbox
          label={t('replace', { count: rules.length })}
          checked={replace}
          onChange={event => setReplace(event.currentTarget.checked)}
        />
      )}
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['foot']}>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button type="submit" disabled={text.trim() === ''} loading={doing.busy}>
          {t('import')}
        </Button>
      </div>
    </form>
  );
}

function parsed(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
