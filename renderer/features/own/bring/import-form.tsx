import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { OwnWritten } from '../../../../core/contract/own.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { bytesText } from '../../../ui/time-format.ts';
import { ofKind } from '../kinds.ts';
import styles from './bring.module.css';
import type { BringProps } from './bring-dialog.tsx';
import { BringForm } from './bring-form.tsx';
import { OwnerFields } from './owner-fields.tsx';

/** Bytes: a document is one message to the core. */
const LARGEST = 64 * 1024 * 1024;
const ACCEPTED = '.json,.jsonl,.ndjson,.txt,application/json';

/** A file or a pasted text: one object, a list, an answer as it came, or JSON lines. */
export function ImportForm({ kind, parties, versions, onClose }: BringProps) {
  const t = useTexts('own');
  const client = useClient();
  const doing = useDoing();
  const [party, setParty] = useState(parties[0] ?? '');
  const [version, setVersion] = useState(versions.at(-1) ?? '2.2.1');
  const [pasted, setPasted] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [unchecked, setUnchecked] = useState(false);
  const [written, setWritten] = useState<OwnWritten>();
  const tooLarge = file !== null && file.size > LARGEST;
  const bring = async () => {
    const brought = await doing.run(async () => {
      const text = file === null ? pasted : await file.text();
      return client.own.import({ ...ofKind(kind), party, version, text, ...(unchecked && { unchecked }) });
    });
    setWritten(brought);
  };
  return (
    <BringForm
      hint={t('importText')}
      action={t('import')}
      disabled={tooLarge || (file === null && pasted.trim() === '')}
      doing={doing}
      written={written}
      unchecked={unchecked}
      onUnchecked={setUnchecked}
      onBring={bring}
      onClose={onClose}
    >
      <div className={styles['file']}>
        <FileButton accept={ACCEPTED} onChange={setFile}>
          {props => (
            <Button {...props} variant="default" leftSection={<IconFileImport size={14} />}>
              {t('chooseFile')}
            </Button>
          )}
        </FileButton>
        {file !== null && (
          <>
            <span className={tooLarge ? styles['bad'] : styles['chosen']}>
              {file.name} · {bytesText(file.size)}
              {tooLarge && ` · ${t('tooLarge')}`}
            </span>
            <Button variant="subtle" onClick={() => setFile(null)}>
              {t('noFile')}
            </Button>
          </>
        )}
      </div>
      {file === null && (
        <Textarea
          label={t('paste')}
          value={pasted}
          onChange={event => setPasted(event.currentTarget.value)}
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          classNames={{ input: styles['pasted'] ?? '' }}
        />
      )}
      <div className={styles['fields']}>
        <OwnerFields
          parties={parties}
          party={party}
          onParty={setParty}
          versions={versions}
          version={version}
          onVersion={setVersion}
        />
      </div>
    </BringForm>
  );
}
