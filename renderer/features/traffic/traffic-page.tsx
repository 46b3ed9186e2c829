import { Button } from '@mantine/core';
import { IconArrowsLeftRight, IconFileImport, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type MouseEvent, useMemo, useRef, useState } from 'react';
import type { ExchangeSummary } from '../../../core/contract/exchange.ts';
import { useLinks } from '../../bridge/queries.ts';
import { FilterProblems } from '../../exchange-filter/filter-problems.tsx';
import { useExchangeFilter } from '../../exchange-filter/use-exchange-filter.ts';
import { productionNames } from '../../links/production-names.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { parseFilter, printFilter, printToken } from '../../ui/filter-text.ts';
import { SplitPane } from '../../ui/split-pane.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { View } from '../../ui/view.tsx';
import { ExportLink } from './actions/export-link.tsx';
import { ReplayLink } from './actions/replay-link.tsx';
import { RowMenu, type RowMenuProps } from './actions/row-menu.tsx';
import { useActions } from './actions/use-actions.tsx';
import { ExchangeDetails } from './detail/exchange-details.tsx';
import { DropZone } from './import/drop-zone.tsx';
import { ImportDialog } from './import/import-dialog.tsx';
import { useImport } from './import/use-import.ts';
import type { TrafficSearch } from './search.ts';
import { ShortcutHelp, useKeys } from './shortcuts.tsx';
import { LiveCounts } from './table/live-counts.tsx';
import { TableEmpty } from './table/table-empty.tsx';
import { TableFailure } from './table/table-failure.tsx';
import { TrafficTable } from './table/traffic-table.tsx';
import { useLiveRows } from './table/use-live-rows.ts';
import styles from './traffic-page.module.css';

const NO_LINKS: never[] = [];
/** Words that are typed within this time are one step of the way back. */
const ONE_STEP_MS = 1200;

/** Every exchange as it comes, narrowed by the bar above; one of them beside it, whole. */
export function TrafficPage({ search }: { readonly search: TrafficSearch }) {
  const t = useTexts('traffic');
  const go = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const links = useLinks().data ?? NO_LINKS;
  const production = useMemo(() => productionNames(links), [links]);
  const q = search.q ?? '';
  const filter = useExchangeFilter(q, links);
  const [paused, setPaused] = useState(false);
  const [atTop, setAtTop] = useState(true);
  const [selected, setSelected] = useState<readonly number[]>([]);
  const [menu, setMenu] = useState<RowMenuProps['at']>();
  const [help, setHelp] = useState(false);
  const following = atTop && !paused;
  const live = useLiveRows(filter.conditions, following);
  const changed = useRef(0);
  const reached = useRef<ExchangeSummary>(undefined);

  const to = (change: Partial<TrafficSearch>, replace = false) =>
    void go({ to: '/traffic', search: { ...search, ...change }, replace });
  const narrow = (text: string) => {
    const now = performance.now();
    const goesOn = now - changed.current < ONE_STEP_MS && tokensOf(text) === tokensOf(q);
    to({ q: text === '' ? undefined : text }, goesOn);
    changed.current = now;
  };
  const tokensOf = (text: string) => printFilter({ ...parseFilter(text, filter.kinds), words: '' });
  const open = (id: number) => to({ exchange: id }, search.exchange !== undefined);
  const goTo = (id: number) => {
    setSelected([id]);
    to({ exchange: id });
  };
  const close = () => {
    if (search.exchange === undefined) setSelected([]);
    else to({ exchange: undefined, tab: undefined });
    grid()?.focus();
  };
  const grid = () => frame.current?.querySelector<HTMLElement>('[role=grid]');
  const compare = (left: number, right: number) => void go({ to: '/traffic/compare', search: { left, right } });
  const { actions, elements } = useActions({ production, onSent: goTo });
  const importing = useImport(imported => {
    const [link] = imported;
    if (link === undefined) return;
    setSelected([]);
    to({ q: printToken({ name: 'link', value: link }), exchange: undefined, tab: undefined });
  });

  const chosen = useMemo(
    () => (selected.length > 1 || search.exchange === undefined ? selected : [search.exchange]),
    [selected, search.exchange],
  );
  const [first, second] = [...chosen].sort((left, right) => left - right);
  const compareChosen =
    chosen.length === 2 && first !== undefined && second !== undefined ? () => compare(first, second) : undefined;
  const lastChosen = useRef(chosen);
  const current = () => {
    const row = reached.current;
    return row !== undefined && chosen.includes(row.id) ? row : undefined;
  };
  useKeys({
    focusFilter: () => frame.current?.querySelector<HTMLElement>('search input')?.focus(),
    move: by => {
      grid()?.focus();
      grid()?.dispatchEvent(new KeyboardEvent('keydown', { key: by > 0 ? 'ArrowDown' : 'ArrowUp', bubbles: true }));
    },
    copyCurl: () => {
      const row = current();
      if (row !== undefined) void actions.copyCurl(row, false);
    },
    resend: () => {
      const row = current();
      if (row !== undefined) void actions.resend(row);
    },
    close,
    help: () => setHelp(true),
  });
  const onContextMenu = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (row === null) return;
    event.preventDefault();
    if (row.getAttribute('aria-selected') !== 'true') row.click();
    if (reached.current !== undefined) setMenu({ x: event.clientX, y: event.clientY, row: reached.current });
  };

  const table = (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows within have a menu; keys and details offer the same.
    <div className={styles['side']} onContextMenu={onContextMenu}>
      <TableFailure live={live} />
      <TrafficTable
        live={live}
        following={following}
        production={production}
        selected={chosen}
        onSelected={ids => {
          lastChosen.current = ids;
          setSelected(ids);
        }}
        onReach={(row, how) => {
          reached.current = row;
          const alone = lastChosen.current.length === 1 && lastChosen.current[0] === row.id;
          if (alone && (how === 'pointer' || search.exchange !== undefined)) open(row.id);
        }}
        onOpen={row => open(row.id)}
        onTop={setAtTop}
        onFresh={() => {
          setPaused(false);
          setAtTop(true);
        }}
        emptyState={<TableEmpty filtered={q !== ''} onClear={() => narrow('')} onImport={importing.open} />}
      />
    </div>
  );
  const details = search.exchange !== undefined && (
    <ExchangeDetails
      id={search.exchange}
      tab={search.tab ?? 'overview'}
      onTab={tab => to({ tab: tab === 'overview' ? undefined : tab }, true)}
      production={production}
      onGo={goTo}
      onCompare={compare}
      actions={actions}
    />
  );
  return (
    <View title={t('title')} frame={frame}>
      <Toolbar label={t('tools')}>
        <div className={styles['filter']}>
          <FilterBar value={q} tokens={filter.kinds} placeholder={t('filterPlaceholder')} onChange={narrow} />
        </div>
        <LiveCounts live={live} filtered={q !== ''} />
        {chosen.length > 1 && <ReplayLink ids={chosen} />}
        {compareChosen !== undefined && (
          <Button leftSection={<IconArrowsLeftRight size={14} />} onClick={compareChosen}>
            {t('compareTwo')}
          </Button>
        )}
        <Button
          variant="default"
          aria-pressed={paused}
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t('resume') : t('pause')}
        </Button>
        <Button variant="default" leftSection={<IconFileImport size={14} />} onClick={importing.open}>
          {t('importOpen')}
        </Button>
        <ExportLink ids={chosen} q={q} />
        <ShortcutHelp opened={help} onChange={setHelp} />
      </Toolbar>
      <FilterProblems problems={filter.problems} unknown={filter.unknown} />
      {elements}
      <SplitPane
        left={table}
        right={details === false ? null : details}
        storageKey="traffic"
        initial={460}
        onClose={close}
        label={t('details')}
      />
      <RowMenu
        at={menu}
        actions={actions}
        onOpen={row => open(row.id)}
        onNarrow={token => narrow([q, token].filter(part => part !== '').join(' '))}
        onCompare={compareChosen}
        chosen={chosen}
        onClose={() => setMenu(undefined)}
      />
      <DropZone onSources={sources => void importing.begin(sources)} />
      <ImportDialog importing={importing} />
    </View>
  );
}
