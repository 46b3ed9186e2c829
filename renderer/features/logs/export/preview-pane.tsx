import { Button, Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import exporting from './export.module.css';
import { ExportedNote } from './exported-note.tsx';
import { PreviewFacts } from './preview-facts.tsx';
import { RedactedTable } from './redacted-table.tsx';
import type { ExportRun } from './use-export.ts';
import type { PreviewRun } from './use-preview.ts';

export interface PreviewPaneProps {
  readonly preview: PreviewRun;
  readonly run: ExportRun;
  /** What was looked at comes to no file. */
  readonly nothing: boolean;
  /** It was narrowed by nothing. */
  readonly everything: boolean;
}

/** What would go into the file, and what came of the last one. */
export function PreviewPane({ preview, run, nothing, everything }: PreviewPaneProps) {
  const t = useTexts('logs');
  const { data, error, busy, stopped } = preview;
  const failed = error !== null && error !== undefined && !busy && !stopped;
  const shown = failed ? undefined : data;
  const empty = shown !== undefined && nothing;
  return (
    <div className={exporting['preview']} aria-busy={busy}>
      {run.state.step === 'done' && <ExportedNote told={run.state.told} onSave={run.save} />}
      <Panel title={t('preview')} actions={<Looking preview={preview} />}>
        {failed && <FailureNote failure={failureOf(error)} onRetry={preview.again} />}
        {shown !== undefined && !empty && <PreviewFacts preview={shown} />}
      </Panel>
      {empty && <NothingFits everything={everything} />}
      {shown !== undefined && !empty && (
        <>
          <Panel title={t('replaced')}>
            <RedactedTable redacted={shown.redacted} />
          </Panel>
          {shown.notes.length > 0 && (
            <Panel title={t('notes')}>
              <ul className={exporting['notes']} lang="en">
                {shown.notes.map(note => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </Panel>
          )}
        </>
      )}
    </div>
  );
}

/** It takes as long as there is much: it can be stopped. */
function Looking({ preview: { busy, stopped, stop, again } }: Pick<PreviewPaneProps, 'preview'>) {
  const t = useTexts('logs');
  return (
    <span className={exporting['looking']} role="status">
      {busy && (
        <>
          <Loader size={14} aria-hidden />
          <span>{t('doing-looking')}</span>
          <Button variant="default" onClick={stop}>
            {t('stopLooking')}
          </Button>
        </>
      )}
      {stopped && (
        <>
          <span>{t('lookingStopped')}</span>
          <Button variant="default" onClick={again}>
            {t('lookAgain')}
          </Button>
        </>
      )}
    </span>
  );
}

function NothingFits({ everything }: { readonly everything: boolean }) {
  const t = useTexts('logs');
  if (!everything) return <EmptyState title={t('nothingFits')} text={t('nothingFitsText')} />;
  return (
    <EmptyState
      title={t('nothingRecorded')}
      text={t('nothingRecordedText')}
      actions={<Button renderRoot={props => <Link to="/start" {...props} />}>{t('toStart')}</Button>}
    />
  );
}
