import { Button, FileButton, Progress } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImportedTraffic } from '../../../../core/contract/exchange.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './start.module.css';
import type { FileSource } from './use-file-source.ts';

const ACCEPTED = '.har,.json,.jsonl,.ndjson,.txt,.sh,.curl,.log,application/json';
const WIDTH = 560;
const SHOWN = 50;

/** Traffic of a file, read before it is replayed; what could not be read is said. */
export function FileDialog({ file }: { readonly file: FileSource }) {
  const t = useTexts('replay');
  return (
    <Dialog opened={file.state.step !== 'closed'} title={t('fileTitle')} size={WIDTH} onClose={file.close}>
      <Inside file={file} />
    </Dialog>
  );
}

function Inside({ file }: { readonly file: FileSource }) {
  const t = useTexts('replay');
  const { state } = file;
  switch (state.step) {
    case 'closed':
      return null;
    case 'reading': {
      const words = t('readingFile', { name: state.name });
      return (
        <Step file={file}>
          <p role="status">{words}</p>
          <Progress value={state.share * 100} aria-label={words} />
        </Step>
      );
    }
    case 'failed':
      return (
        <Step file={file} action={<Choose file={file} />}>
          <FailureNote failure={state.failure} />
        </Step>
      );
    case 'read':
      return <Read file={file} imported={state.imported} />;
    case 'choosing':
      return (
        <Step file={file} action={<Choose file={file} />}>
          <p>{t('fileText')}</p>
        </Step>
      );
  }
}

function Read({ file, imported }: { readonly file: FileSource; readonly imported: ImportedTraffic }) {
  const t = useTexts('replay');
  const { exchanges, skipped } = imported;
  return (
    <Step
      file={file}
      action={
        <Button disabled={exchanges === 0} onClick={() => file.take(imported)}>
          {t('goOn')}
        </Button>
      }
    >
      <p role="status">{t('fileRead', { count: exchanges })}</p>
      <p>{t('fileSkipped', { count: skipped.length })}</p>
      <ul className={styles['skipped']}>
        {skipped.slice(0, SHOWN).map(({ where, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
          <li key={at}>
            <Mono wrap>{where}</Mono> <span lang="en">{reason}</span>
          </li>
        ))}
      </ul>
    </Step>
  );
}

interface StepProps {
  readonly file: FileSource;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Step({ file, action, children }: StepProps) {
  const common = useTexts('common');
  return (
    <div className={styles['dialog']}>
      {children}
      <div className={styles['foot']}>
        <Button variant="default" onClick={file.close}>
          {common('cancel')}
        </Button>
        {action}
      </div>
    </div>
  );
}

function Choose({ file }: { readonly file: FileSource }) {
  const t = useTexts('replay');
  return (
    <FileButton accept={ACCEPTED} onChange={one => void file.begin(one === null ? [] : [one])}>
      {props => (
        <Button {...props} leftSection={<IconFileImport size={14} aria-hidden />} data-autofocus>
          {t('chooseFile')}
        </Button>
      )}
    </FileButton>
  );
}
