import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { View } from '../../../ui/view.tsx';
import { AreaHead } from '../area-head.tsx';
import styles from '../logs.module.css';
import { useOpening } from '../open/opening.ts';
import type { CompareSearch } from '../search.ts';
import { useImportedLogs } from '../use-logs.ts';
import compare from './compare.module.css';
import { DiffTable } from './diff-table.tsx';
import { useLogDiff } from './use-log-diff.ts';

const NONE: never[] = [];

/** Two logs of the same: before and after a release, or theirs and ours. What differs, pair by pair. */
export function ComparePage({ search }: { readonly search: CompareSearch }) {
  const t = useTexts('logs');
  const go = useNavigate();
  const logs = useImportedLogs();
  const all = logs.data ?? NONE;
  const diff = useLogDiff(search);
  const to = (change: Partial<CompareSearch>, replace = true) =>
    void go({ to: '/logs/compare', search: { ...search, ...change }, replace });
  const { a, b } = search;
  return (
    <View>
      <AreaHead title={t('compareTitle')} />
      {logs.data === undefined ? (
        logs.error === null ? (
          <Loading text={t('loading')} />
        ) : (
          <div className={styles['message']}>
            <FailureNote failure={failureOf(logs.error)} onRetry={() => void logs.refetch()} />
          </div>
        )
      ) : all.length < 2 ? (
        <TooFew />
      ) : (
        <>
          <Toolbar label={t('compareTools')}>
            <SideFields
              side="a"
              logs={all}
              chosen={a}
              link={search.linkA}
              onLog={log => to({ a: log, linkA: undefined, pair: undefined })}
              onLink={linkA => to({ linkA, pair: undefined })}
            />
            <SideFields
              side="b"
              logs={all}
              chosen={b}
              link={search.linkB}
              onLog={log => to({ b: log, linkB: undefined, pair: undefined })}
              onLink={linkB => to({ linkB, pair: undefined })}
            />
            <Checkbox
              label={t('strict')}
              title={t('strictHint')}
              checked={search.strict === true}
              onChange={event => to({ strict: event.currentTarget.checked ? true : undefined, pair: undefined })}
            />
          </Toolbar>
          {a === undefined || b === undefined || a === b ? (
            <EmptyState title={t('chooseTwo')} text={t('chooseTwoText')} />
          ) : diff.error !== null && diff.data === undefined ? (
            <div className={styles['message']}>
              <FailureNote failure={failureOf(diff.error)} onRetry={() => void diff.refetch()} />
            </div>
          ) : diff.data === undefined ? (
            <Loading text={t('comparing')} />
          ) : (
            <DiffTable diff={diff.data} search={search} to={to} />
          )}
        </>
      )}
    </View>
  );
}

interface SideFieldsProps {
  readonly side: 'a' | 'b';
  readonly logs: readonly ImportedLog[];
  readonly chosen: number | undefined;
  readonly link: string | undefined;
  readonly onLog: (logId: number | undefined) => void;
  readonly onLink: (link: string | undefined) => void;
}

function SideFields({ side, logs, chosen, link, onLog, onLink }: SideFieldsProps) {
  const t = useTexts('logs');
  const log = logs.find(({ logId }) => logId === chosen);
  return (
    <span className={compare['side']}>
      <NativeSelect
        aria-label={t(`side-${side}`)}
        value={chosen === undefined ? '' : String(chosen)}
        onChange={event => onLog(Number(event.currentTarget.value) || undefined)}
        data={[
          { value: '', label: t(`side-${side}`) },
          ...(chosen !== undefined && log === undefined
            ? [{ value: String(chosen), label: t('noLog', { id: chosen }) }]
            : []),
          ...logs.map(one => ({ value: String(one.logId), label: one.name })),
        ]}
      />
      {log !== undefined && log.links.length > 1 && (
        <NativeSelect
          aria-label={t(`link-${side}`)}
          value={link ?? ''}
          onChange={event => onLink(event.currentTarget.value || undefined)}
          data={[{ value: '', label: t('allLinks') }, ...log.links.map(({ was }) => ({ value: was, label: was }))]}
        />
      )}
    </span>
  );
}

function TooFew() {
  const t = useTexts('logs');
  const opening = useOpening();
  return (
    <EmptyState
      title={t('tooFew')}
      text={t('tooFewText')}
      actions={
        <>
          <Button onClick={opening.choose}>{t('openAction')}</Button>
          <Button variant="default" renderRoot={props => <Link to="/logs" {...props} />}>
            {t('back')}
          </Button>
        </>
      }
    />
  );
}
