import { Button } from '@mantine/core';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import type { LogExported } from '../../../../core/contract/session-log.ts';
import { isDesktop } from '../../../bridge/transport.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { bytesText } from '../../../ui/time-format.ts';
import exporting from './export.module.css';

export interface ExportedNoteProps {
  readonly told: LogExported;
  readonly onSave: () => void;
}

/** Where the file went, and what stands in it. */
export function ExportedNote({ told, onSave }: ExportedNoteProps) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { name, bytes, counts, redacted, notes } = told;
  const places = redacted.reduce((sum, one) => sum + one.places, 0);
  return (
    <section className={exporting['exported']} aria-label={t('exported')}>
      <IconCheck size={16} aria-hidden />
      <div>
        <p role="status">
          <Mono wrap>{name}</Mono> <span className={exporting['size']}>{bytesText(bytes)}</span>
        </p>
        <p>{t(isDesktop(window) ? 'savedByWindow' : 'savedByBrowser')}</p>
        <p>
          {t('countExchanges', { count: counts.exchanges, number: numbers.format(counts.exchanges) })} ·{' '}
          {t('countReplaced', { count: places, number: numbers.format(places) })}
        </p>
        {notes.map(note => (
          <p key={note} lang="en">
            {note}
          </p>
        ))}
      </div>
      <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={onSave}>
        {t('saveAgain')}
      </Button>
    </section>
  );
}
