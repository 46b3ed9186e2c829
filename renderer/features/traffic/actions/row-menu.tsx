import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import { printIds } from '../../../exchange/id-ranges.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { printToken } from '../../../ui/filter-text.ts';
import { replaySource } from './replay-link.tsx';
import type { Actions } from './use-actions.tsx';

export interface RowMenuProps {
  readonly at: { readonly x: number; readonly y: number; readonly row: ExchangeSummary } | undefined;
  readonly actions: Actions;
  readonly onOpen: (row: ExchangeSummary) => void;
  /** Adds a token to the filter. */
  readonly onNarrow: (token: string) => void;
  /** Absent unless two are selected. */
  readonly onCompare: (() => void) | undefined;
  /** Ids of the selected rows. */
  readonly chosen: readonly number[];
  readonly onClose: () => void;
}

/** What can be done with a row, where it was asked for with the right button or the menu key. */
export function RowMenu({ at, actions, onOpen, onNarrow, onCompare, chosen, onClose }: RowMenuProps) {
  const t = useTexts('traffic');
  if (at === undefined) return null;
  const { row, x, y } = at;
  const taken = chosen.includes(row.id) ? chosen : [row.id];
  const tokens = [
    row.link === null ? undefined : printToken({ name: 'link', value: row.link }),
    row.module === null ? undefined : `module:${row.module}`,
    row.ocpiStatus === null ? undefined : `ocpi:${row.ocpiStatus}`,
    row.runId === null ? undefined : `run:${row.runId}`,
    row.correlationId === null ? undefined : printToken({ name: 'corr', value: row.correlationId }),
  ].filter(token => token !== undefined);
  return (
    <Menu opened onChange={opened => !opened && onClose()} withinPortal returnFocus>
      <Menu.Target>
        <span style={{ position: 'fixed', left: x, top: y }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOpen(row)}>{t('openDetails')}</Menu.Item>
        {onCompare !== undefined && <Menu.Item onClick={onCompare}>{t('compareTwo')}</Menu.Item>}
        <Menu.Item onClick={() => void actions.copyCurl(row, false)}>{t('copyCurl')}</Menu.Item>
        <Menu.Item onClick={() => void actions.resend(row)}>{t('resend')}</Menu.Item>
        <Menu.Item onClick={() => actions.edit(row)}>{t('editAndSend')}</Menu.Item>
        <Menu.Item renderRoot={props => <Link to="/replay" search={{ source: replaySource(taken) }} {...props} />}>
          {taken.length === 1 ? t('replayThis') : t('replaySelection', { count: taken.length })}
        </Menu.Item>
        <Menu.Item renderRoot={props => <Link to="/logs/export" search={{ ids: printIds(taken) }} {...props} />}>
          {t('exportSelection', { count: taken.length })}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('narrow')}</Menu.Label>
        {tokens.map(token => (
          <Menu.Item key={token} onClick={() => onNarrow(token)}>
            {token}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
