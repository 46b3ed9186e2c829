import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { isLogName } from '../../../bridge/log-file.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { DropFiles } from '../../../ui/drop-files.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Sides } from '../../../ui/sides.tsx';
import { View } from '../../../ui/view.tsx';
import type { ReplaySearch } from '../search.ts';
import { printSource, readSource } from '../source.ts';
import { Composer } from './composer.tsx';
import { EarlierComposer } from './earlier-composer.tsx';
import { FileDialog } from './file-dialog.tsx';
import { NothingChosen } from './nothing-chosen.tsx';
import { SourceList } from './source-list.tsx';
import { useFileSource } from './use-file-source.ts';

/** What is to be replayed, to whom and how; beside it what would happen. */
export function ReplayPage({ search }: { readonly search: ReplaySearch }) {
  const t = useTexts('replay');
  const go = useNavigate();
  // The same one from render to render: the plan is asked for by it.
  const source = useMemo(() => (search.source === undefined ? undefined : readSource(search.source)), [search.source]);
  const file = useFileSource(link => void go({ to: '/replay', search: { ...search, source: `link:${link}` } }));
  const onTo = (to: string) => void go({ to: '/replay', search: { ...search, to }, replace: true });
  const chosen =
    source === undefined ? (
      search.source === undefined ? (
        <NothingChosen onFile={file.open} />
      ) : (
        <EmptyState title={t('unreadSource', { source: search.source })} text={t('unreadSourceText')} />
      )
    ) : source.kind === 'again' ? (
      <EarlierComposer key={source.runId} runId={source.runId} to={search.to} onTo={onTo} />
    ) : (
      <Composer key={printSource(source)} source={source} to={search.to} onTo={onTo} />
    );
  return (
    <View title={t('title')}>
      <Sides
        storageKey="replay"
        initial={276}
        label={t('whatAndHow')}
        left={<SourceList source={search.source} to={search.to} onFile={file.open} />}
        right={chosen}
      />
      <DropFiles
        text={t('dropHere')}
        accepts={({ name }) => !isLogName(name)}
        onFiles={files => void file.begin(files)}
      />
      <FileDialog file={file} />
    </View>
  );
}
