import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type Report, ReportBy, type ReportInput, type ReportSource } from '../../../../core/contract/reports.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { numberText } from '../amounts.ts';
import styles from '../reports.module.css';

export interface WhatCountedProps {
  readonly source: ReportSource;
  readonly by: ReportBy;
  readonly onSource: (source: ReportSource) => void;
  readonly onBy: (by: ReportBy) => void;
}

/** What is counted, and by what. */
export function WhatCounted({ source, by, onSource, onBy }: WhatCountedProps) {
  const t = useTexts('reports');
  return (
    <>
      <SegmentedControl
        aria-label={t('source')}
        value={source}
        onChange={value => onSource(value === 'sessions' ? 'sessions' : 'cdrs')}
        data={(['cdrs', 'sessions'] as const).map(value => ({ value, label: t(`source-${value}`) }))}
      />
      <NativeSelect
        aria-label={t('by')}
        title={t('by')}
        value={by}
        onChange={event => onBy(ReportBy.catch('day').parse(event.currentTarget.value))}
        data={ReportBy.options.map(value => ({ value, label: t(`per-${value}`) }))}
      />
    </>
  );
}

/** In which zone days were counted, how many rows there are, and what is not counted yet. */
export function CountedStatus({ report }: { readonly report: Report }) {
  const t = useTexts('reports');
  const language = useLanguage();
  const { count, behind } = report;
  return (
    <span className={styles['counts']} role="status">
      <span>{t('rows', { count, number: numberText(count, language) })}</span>
      {behind > 0 && <span>{t('behind', { count: behind, number: numberText(behind, language) })}</span>}
    </span>
  );
}

/** The whole table as a file. */
export function CsvButton({ input, name }: { readonly input: ReportInput; readonly name: string }) {
  const t = useTexts('reports');
  const client = useClient();
  const doing = useDoing();
  const save = () =>
    doing.run(async () => {
      const { csv } = await client.reports.csv(input);
      saveFile({ name, text: csv, type: 'text/csv' });
    });
  return (
    <>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <Button
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        title={t('csvHint')}
        loading={doing.busy}
        onClick={() => void save()}
      >
        CSV
      </Button>
    </>
  );
}
