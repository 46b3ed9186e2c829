import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { Notice } from '../../../../core/contract/health.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import type { RowKey } from '../../../ui/table/row-selection.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { useNow } from '../../../ui/use-now.ts';
import styles from '../health.module.css';
import type { HealthSearch } from '../search.ts';
import { useNotices } from '../use-health.ts';
import { LookButton } from './look-button.tsx';
import { noticeColumns } from './notice-columns.tsx';
import { targetOf } from './notice-target.ts';
import { useAcknowledge } from './use-acknowledge.ts';

const NO_LINKS: never[] = [];
const ROW = 46;
const NOW_MS = 30_000;

export interface NoticesTabProps {
  readonly search: HealthSearch;
  readonly onShow: (change: HealthSearch, how: { readonly replace: boolean }) => void;
}

/** What is over its threshold, or was; each leads to what it is about. */
export function NoticesTab({ search, onShow }: NoticesTabProps) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const go = useNavigate();
  const now = useNow(NOW_MS);
  const links = useLinks().data ?? NO_LINKS;
  const { past = false, link } = search;
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = useNotices({
    open: !past,
    ...(link !== undefined && { link }),
  });
  const acknowledge = useAcknowledge();
  const [selected, setSelected] = useState<readonly RowKey[]>([]);
  const { data } = counted;
  const seen = (ids: readonly RowKey[]) => acknowledge.some(ids.map(Number)).then(() => setSelected([]));
  const seeOne = useRef(seen);
  seeOne.current = seen;
  const columns = useMemo(
    () =>
      noticeColumns({
        t,
        language,
        now,
        production: productionNames(links),
        onSeen: id => void seeOne.current([id]),
      }),
    [t, language, now, links],
  );
  return (
    <>
      <Toolbar label={t('noticeTools')}>
        <SegmentedControl
          aria-label={t('which')}
          value={past ? 'past' : 'open'}
          onChange={value => {
            setSelected([]);
            onShow({ past: value === 'past' ? true : undefined }, { replace: true });
          }}
          data={(['open', 'past'] as const).map(value => ({ value, label: t(`which-${value}`) }))}
        />
        <NativeSelect
          aria-label={t('ofLink')}
          value={link ?? ''}
          onChange={event => {
            const { value } = event.currentTarget;
            setSelected([]);
            onShow({ link: value === '' ? undefined : value }, { replace: true });
          }}
          data={[{ value: '', label: t('allLinks') }, ...links.map(({ name }) => ({ value: name, label: name }))]}
        />
        <span className={styles['count']} role="status">
          {data !== undefined && t('notices', { count: data.count, number: numbers.format(data.count) })}
        </span>
        <span className={styles['actions']}>
          <LookButton {...(link !== undefined && { link })} />
          {!past && (
            <>
              <Button
                variant="default"
                disabled={selected.length === 0 || acknowledge.busy}
                onClick={() => void seen(selected)}
              >
                {selected.length === 0
                  ? t('acknowledgeSelected')
                  : t('acknowledgeCount', { count: selected.length, number: numbers.format(selected.length) })}
              </Button>
              <Button
                variant="default"
                leftSection={<IconChecks size={14} aria-hidden />}
                disabled={(data?.unseen ?? 0) === 0 || acknowledge.busy}
                onClick={() => void acknowledge.all(link)}
              >
                {t('acknowledgeAll')}
              </Button>
            </>
          )}
        </span>
      </Toolbar>
      {acknowledge.failure !== undefined && (
        <div className={styles['message']}>
          <FailureNote failure={acknowledge.failure} />
        </div>
      )}
      {failed !== undefined && (
        <div className={styles['message']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      <VirtualTable<Notice>
        label={t('tab-notices')}
        columns={columns}
        count={data?.count}
        page={page}
        pageKey={pageKey}
        resetKey={resetKey}
        rowKey={({ id }) => id}
        rowHeight={ROW}
        multiSelect
        selected={selected}
        onSelection={setSelected}
        onOpen={notice => void go(targetOf(notice))}
        rowTone={({ acknowledged, until }) => (acknowledged || until !== null ? 'plain' : undefined)}
        onFailure={onFailure}
        emptyState={
          <EmptyState
            title={past ? t('noPastTitle') : t('allWellTitle')}
            text={past ? t('noPastText') : t('allWellText')}
            actions={
              !past && (
                <Button variant="default" onClick={() => onShow({ tab: 'thresholds' }, { replace: false })}>
                  {t('toThresholds')}
                </Button>
              )
            }
          />
        }
      />
    </>
  );
}
