import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../bridge/client.ts';
import { failureOf } from '../bridge/failure.ts';
import { keys } from '../bridge/keys.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { saveFile } from '../ui/save-file.ts';
import styles from './report.module.css';

/** A bug report for the partner: to be read, copied, or saved. */
export function ReportButton({ id }: { readonly id: number }) {
  const t = useTexts('explanation');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconBug size={14} aria-hidden />} onClick={() => setOpened(true)}>
        {t('report')}
      </Button>
      <Dialog opened={opened} title={t('reportTitle', { id })} size={820} onClose={() => setOpened(false)}>
        <Report id={id} />
      </Dialog>
    </>
  );
}

type Copied = 'copied' | 'failed' | undefined;

function Report({ id }: { readonly id: number }) {
  const t = useTexts('explanation');
  const client = useClient();
  const [copied, setCopied] = useState<Copied>();
  const report = useQuery({
    queryKey: [...keys.exchange(id), 'report'],
    queryFn: ({ signal }) => client.errors.report({ id }, { signal }),
    staleTime: 0,
  });
  if (report.data === undefined) {
    return report.error === null ? (
      <p className={styles['loading']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <FailureNote failure={failureOf(report.error)} onRetry={() => void report.refetch()} />
    );
  }
  const { markdown } = report.data;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(markdown);
      setCopied('copied');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <>
      <p className={styles['hint']}>{t('reportHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <pre className={styles['report']} tabIndex={0} lang="en">
        {markdown}
      </pre>
      <div className={styles['end']}>
        <span role="status" className={styles['said']}>
          {copied !== undefined && t(`report-${copied}`)}
        </span>
        <Button
          variant="default"
          onClick={() => saveFile({ name: `ocpi-exchange-${id}.md`, text: markdown, type: 'text/markdown' })}
        >
          {t('reportSave')}
        </Button>
        <Button onClick={() => void copy()}>{t('reportCopy')}</Button>
      </div>
    </>
  );
}
