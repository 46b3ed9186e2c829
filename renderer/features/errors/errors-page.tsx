import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { failureOf } from '../../bridge/failure.ts';
import { useLinks } from '../../bridge/queries.ts';
import { productionNames } from '../../links/production-names.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Loading } from '../../ui/loading.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { View } from '../../ui/view.tsx';
import { ErrorTable } from './error-table.tsx';
import styles from './errors.module.css';
import { fits } from './filter.ts';
import { GroupDetails } from './group-details.tsx';
import { listed } from './groups.ts';
import { NothingFailed } from './nothing-failed.tsx';
import { type ErrorsSearch, parseGroup, printGroup } from './search.ts';
import { useErrorFilter, useErrorTokens } from './use-error-filter.ts';
import { useGroups } from './use-groups.ts';

/** What failed, by code, with what it means; beside it who is probably at fault, what to try, and examples. */
export function ErrorsPage({ search }: { readonly search: ErrorsSearch }) {
  const t = useTexts('errors');
  const numbers = new Intl.NumberFormat(useLanguage());
  const go = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const q = search.q ?? '';
  const links = useLinks().data;
  const production = useMemo(() => productionNames(links ?? []), [links]);
  const filter = useErrorFilter(q);
  const groups = useGroups(filter);
  const kinds = useErrorTokens(links ?? [], groups.data);
  const rows = useMemo(() => listed((groups.data ?? []).filter(group => fits(group, filter))), [groups.data, filter]);
  const chosen = useMemo(() => {
    const name = parseGroup(search.sel);
    return name === undefined ? undefined : rows.find(row => printGroup(row) === printGroup(name));
  }, [search.sel, rows]);
  const failures = rows.reduce((sum, { count }) => sum + count, 0);

  const show = (change: ErrorsSearch, { replace }: { readonly replace: boolean }) =>
    void go({ to: '/errors', search: { ...search, ...change }, replace });
  const close = () => {
    show({ sel: undefined }, { replace: false });
    list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };

  const trouble = groups.error !== null && (
    <div className={styles['failed']}>
      <FailureNote failure={failureOf(groups.error)} onRetry={() => void groups.refetch()} />
    </div>
  );
  const table = (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the list's own Esc.
    <div
      className={styles['list']}
      ref={list}
      role="presentation"
      onKeyDown={event => {
        if (event.key === 'Escape' && chosen !== undefined && !event.defaultPrevented) close();
      }}
    >
      <ErrorTable
        rows={rows}
        version={groups.dataUpdatedAt}
        filter={q}
        production={production}
        selected={chosen && printGroup(chosen)}
        onSelect={sel => show({ sel }, { replace: search.sel !== undefined })}
        onOpen={() => heading.current?.focus()}
        emptyState={
          <NothingFailed filter={filter} filtered={q !== ''} onAll={() => show({ q: undefined }, { replace: false })} />
        }
      />
    </div>
  );
  return (
    <View title={t('title')}>
      <Toolbar label={t('tools')}>
        <div className={styles['filter']}>
          <FilterBar
            value={q}
            tokens={kinds}
            placeholder={t('filterPlaceholder')}
            onChange={text => show({ q: text === '' ? undefined : text }, { replace: true })}
          />
        </div>
        <span className={styles['count']} role="status">
          {rows.length > 0 &&
            `${t('counted', { count: failures, number: numbers.format(failures) })} ${t('inGroups', {
              count: rows.length,
              number: numbers.format(rows.length),
            })}`}
        </span>
      </Toolbar>
      {trouble}
      {groups.data === undefined ? (
        groups.error === null && <Loading text={t('loading')} />
      ) : (
        <SplitPane
          left={table}
          right={
            chosen && (
              <GroupDetails
                key={printGroup(chosen)}
                group={chosen}
                filter={filter}
                production={chosen.link !== null && production.has(chosen.link)}
                heading={heading}
              />
            )
          }
          storageKey="errors"
          initial={460}
          onClose={close}
          label={t('details')}
        />
      )}
    </View>
  );
}
