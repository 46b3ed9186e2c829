import { Button, FileButton, Modal, Progress, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './import.module.css';
import type { Imported, Importing } from './use-import.ts';

const ACCEPTED = '.har,.json,.jsonl,.ndjson,.txt,.sh,.curl,.log,application/json';

/** Chooses what is imported, says how far it is, and what was recognised and what was not. */
export function ImportDialog({ importing }: { readonly importing: Importing }) {
  const t = useTexts('traffic');
  const common = useTexts('common');
  const { opened, state, close } = importing;
  return (
    <Modal
      opened={opened}
      onClose={close}
      size={620}
      title={t('importTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {state.step === 'choosing' && <Choosing importing={importing} />}
      {state.step === 'running' && (
        <div className={styles['body']}>
          <p role="status">{t('importing', { name: state.name })}</p>
          <Progress value={state.share * 100} aria-label={t('importing', { name: state.name })} />
          <div className={styles['end']}>
            <Button variant="default" onClick={close}>
              {common('cancel')}
            </Button>
          </div>
        </div>
      )}
      {state.step === 'done' && (
        <div className={styles['body']}>
          {state.imported.map(one => (
            <Outcome key={one.name} imported={one} />
          ))}
          <div className={styles['end']}>
            <Button variant="default" onClick={importing.open}>
              {t('importMore')}
            </Button>
            <Button onClick={close} data-autofocus>
              {state.imported.some(one => 'result' in one) ? t('importDone') : t('importClose')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

function Choosing({ importing }: { readonly importing: Importing }) {
  const t = useTexts('traffic');
  const [pasted, setPasted] = useState('');
  return (
    <div className={styles['body']}>
      <p>{t('importText')}</p>
      <div>
        <FileButton multiple accept={ACCEPTED} onChange={files => void importing.begin(files.map(sourceOf))}>
          {props => (
            <Button {...props} leftSection={<IconFileImport size={14} />} data-autofocus>
              {t('importChoose')}
            </Button>
          )}
        </FileButton>
        <span className={styles['or']}>{t('importDrop')}</span>
      </div>
      <Textarea
        label={t('importPaste')}
        placeholder="curl -H 'Authorization: Token …' https://…"
        value={pasted}
        onChange={event => setPasted(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        classNames={{ input: styles['pasted'] ?? '' }}
      />
      <div className={styles['end']}>
        <Button
          variant="default"
          disabled={pasted.trim() === ''}
          onClick={() => void importing.begin([{ name: t('pastedName'), content: new Blob([pasted]) }])}
        >
          {t('importPasted')}
        </Button>
      </div>
    </div>
  );
}

function Outcome({ imported }: { readonly imported: Imported }) {
  const t = useTexts('traffic');
  const numbers = new Intl.NumberFormat(useLanguage());
  if ('failure' in imported) {
    return (
      <section aria-label={imported.name}>
        <h3 className={styles['name']}>{imported.name}</h3>
        <FailureNote failure={imported.failure} />
      </section>
    );
  }
  const { exchanges, recognised, skipped, link, format } = imported.result;
  return (
    <section aria-label={imported.name}>
      <h3 className={styles['name']}>{imported.name}</h3>
      <p role="status">
        {t('importedCount', { count: exchanges, number: numbers.format(exchanges), format: t(`format-${format}`) })}{' '}
        {t('importedRecognised', { count: recognised, number: numbers.format(recognised) })}
      </p>
      <p>
        {t('importedLink')} <Mono>{link}</Mono>
      </p>
      {skipped.length > 0 && (
        <>
          <h4 className={styles['skippedTitle']}>
            {t('importedSkipped', { count: skipped.length, number: numbers.format(skipped.length) })}
          </h4>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
          <ul className={styles['skipped']} tabIndex={0}>
            {skipped.map(({ where, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
              <li key={at}>
                <Mono wrap>{where}</Mono>
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export function sourceOf(file: File) {
  return { name: file.name, content: file };
}
