import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import type { FileFormProps } from './file-dialog.tsx';
import styles from './rules.module.css';

/** The rules as a file that other databases take. */
export function ExportForm({ desk, onClose }: FileFormProps) {
  const t = useTexts('faults');
  const common = useTexts('common');
  const file = useQuery({
    queryKey: [...desk.queryKey, 'export'],
    queryFn: ({ signal }) => desk.calls.export(undefined, { signal }),
    gcTime: 0,
  });
  const text = file.data === undefined ? undefined : `${JSON.stringify(file.data, null, 2)}\n`;
  return (
    <div className={styles['dialog']}>
      <p className={styles['hint']}>{t('exportText')}</p>
      {file.error !== null && <FailureNote failure={failureOf(file.error)} onRetry={() => void file.refetch()} />}
      {text !== undefined && <JsonView text={text} label={t('rulesFile')} height={360} />}
      <div className={styles['foot']}>
        {text !== undefined && <CopyButton text={text} label={t('copyFile')} />}
        <Button variant="default" onClick={onClose}>
          {common('close')}
        </Button>
        <Button
          disabled={text === undefined}
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => {
            if (text !== undefined) saveFile({ name: 'fault-rules.json', text, type: 'application/json' });
          }}
        >
          {t('saveFile')}
        </Button>
      </div>
    </div>
  );
}
