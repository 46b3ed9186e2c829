import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { useLinks } from '../../../bridge/queries.ts';
import { FilterProblems } from '../../../exchange-filter/filter-problems.tsx';
import { useExchangeFilter } from '../../../exchange-filter/use-exchange-filter.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Sides } from '../../../ui/sides.tsx';
import { View } from '../../../ui/view.tsx';
import { AreaHead } from '../area-head.tsx';
import { ProgressLine } from '../progress-line.tsx';
import type { ExportSearch } from '../search.ts';
import { type ExportDraft, exportOf, isNothing, isReasonMissing, NEW_DRAFT, previewOf } from './draft.ts';
import exporting from './export.module.css';
import { FormatFields } from './format-fields.tsx';
import { PreviewPane } from './preview-pane.tsx';
import { RedactionFields } from './redaction-fields.tsx';
import { scopeOf } from './scope.ts';
import { ScopeFields } from './scope-fields.tsx';
import { useExport } from './use-export.ts';
import { usePreview } from './use-preview.ts';

const NO_LINKS: never[] = [];

/** What goes into a file, and without what; beside it, before anything is written, what that comes to. */
export function ExportPage({ search }: { readonly search: ExportSearch }) {
  const t = useTexts('logs');
  const go = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const links = useLinks().data ?? NO_LINKS;
  const filter = useExchangeFilter(search.q ?? '', links);
  // Anew each time: that personal data stayed in one file says nothing of the next.
  const [draft, setDraft] = useState<ExportDraft>(NEW_DRAFT);
  const [tried, setTried] = useState(false);
  const run = useExport();
  const { kinds } = filter;
  // Ages count from when they were asked for, so that the preview and the file are of the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: values that are offered do not change what a filter says.
  const scope = useMemo(() => scopeOf(search, kinds, Date.now()), [search]);
  const preview = usePreview(scope === undefined ? undefined : previewOf(scope, draft), ({ counts }) =>
    isNothing(counts, draft),
  );
  const to = (change: Partial<ExportSearch>) =>
    void go({ to: '/logs/export', search: { ...search, ...change }, replace: true });
  const missing = isReasonMissing(draft);
  const running = run.state.step === 'running';
  const nothing = preview.data !== undefined && isNothing(preview.data.counts, draft);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing) {
      form.current?.querySelector<HTMLElement>('[data-reason]')?.focus();
      return;
    }
    if (scope !== undefined && !running) run.begin(exportOf(scope, draft));
  };
  const fields = (
    <form ref={form} className={exporting['form']} onSubmit={submit} noValidate>
      <ScopeFields search={search} to={to} links={links} kinds={kinds} />
      <FilterProblems problems={filter.problems} unknown={filter.unknown} blocking />
      <RedactionFields draft={draft} onDraft={setDraft} problem={tried && missing} />
      <FormatFields draft={draft} onDraft={setDraft} />
      <div className={exporting['end']}>
        {run.state.step === 'failed' && <FailureNote failure={run.state.failure} />}
        {run.state.step === 'running' ? (
          <ProgressLine
            progress={run.state.progress}
            unit={run.state.progress?.doing === 'fetching' ? 'bytes' : 'count'}
            onCancel={run.cancel}
          />
        ) : (
          <Button
            type="submit"
            disabled={scope === undefined || (nothing && !preview.behind)}
            leftSection={<IconFileExport size={14} aria-hidden />}
          >
            {t('export')}
          </Button>
        )}
      </div>
    </form>
  );
  return (
    <View>
      <AreaHead title={t('exportHeading')} />
      <Sides
        storageKey="logs-export"
        initial={380}
        label={t('preview')}
        left={fields}
        right={
          scope === undefined ? (
            <EmptyState title={t('unreadScope')} text={t('unreadScopeText')} />
          ) : (
            <PreviewPane preview={preview} run={run} nothing={nothing} everything={Object.keys(scope).length === 0} />
          )
        }
      />
    </View>
  );
}
