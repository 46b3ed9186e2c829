import { Fragment } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { LinkPart } from '../link/link-page.tsx';
import tables from '../table.module.css';
import { type Cell, endpointMatrix, type Matrix, type MatrixRow, type MatrixSide } from './endpoint-matrix.ts';
import styles from './endpoints-tab.module.css';
import { PartiesPanel } from './parties-panel.tsx';
import { useToldEndpoints } from './use-told-endpoints.ts';

/** Module by side: what the partner offers beside what it was told of us; and who stands behind the link. */
export function EndpointsTab({ link }: LinkPart) {
  const t = useTexts('partners');
  const told = useToldEndpoints(link);
  const matrix = endpointMatrix({
    version: link.version,
    theirs: link.endpoints,
    ours: told?.endpoints,
    theirParties: link.parties,
  });
  const title = `${t('endpoint-title')}${link.version === undefined ? '' : `, ${t('endpoint-version', { version: link.version })}`}`;
  return (
    <div className={styles['columns']}>
      <Panel title={title}>
        {link.endpoints.length === 0 ? (
          <EmptyState title={t('endpoint-title')} text={t('endpoint-empty')} />
        ) : (
          <>
            <p className={tables['lead']}>
              {t('endpoint-lead')} {told === null && t('endpoint-notTold')}
              {told !== null && told !== undefined && (
                <>
                  {t('endpoint-told')} <TimeText at={told.at} />.
                </>
              )}
            </p>
            <div className={tables['scroll']}>
              <MatrixTable matrix={matrix} known={told !== null && told !== undefined} />
            </div>
          </>
        )}
      </Panel>
      <PartiesPanel link={link} />
    </div>
  );
}

const SIDES = ['SENDER', 'RECEIVER'] as const;
const SIDE_WORDS = { SENDER: 'endpoint-sender', RECEIVER: 'endpoint-receiver', NONE: 'endpoint-any' } as const;

function MatrixTable({ matrix: { rows, roles }, known }: { readonly matrix: Matrix; readonly known: boolean }) {
  const t = useTexts('partners');
  const sides: readonly MatrixSide[] = roles ? SIDES : ['NONE'];
  return (
    <table className={styles['matrix']}>
      <thead>
        <tr>
          <th rowSpan={2} scope="col">
            {t('endpoint-module')}
          </th>
          <th colSpan={sides.length} scope="colgroup" className={styles['group']}>
            {t('endpoint-theirs')}
          </th>
          <th colSpan={sides.length} scope="colgroup" className={styles['group']}>
            {t('endpoint-ours')}
          </th>
          <th rowSpan={2} scope="col">
            {t('endpoint-hints')}
          </th>
        </tr>
        <tr>
          {(['theirs', 'ours'] as const).map(whose => (
            <Fragment key={whose}>
              {sides.map(side => (
                <th key={side} scope="col">
                  {t(SIDE_WORDS[side])}
                </th>
              ))}
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.module}>
            <th scope="row">
              {row.module} {row.custom && <Chip tone="plain">{t('endpoint-custom')}</Chip>}
            </th>
            {sides.map(side => (
              <CellOf key={side} row={row} whose="theirs" side={side} roles={roles} />
            ))}
            {sides.map(side =>
              known ? (
                <CellOf key={side} row={row} whose="ours" side={side} roles={roles} />
              ) : (
                <td key={side} className={styles['dim']}>
                  ?
                </td>
              ),
            )}
            <td className={styles['hints']}>
              {row.hints.map(hint => (
                <span key={hint} className={hint.startsWith('expected-') ? styles['missing'] : ''}>
                  {t(`endpoint-hint-${hint}`)}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly row: MatrixRow;
  readonly whose: 'theirs' | 'ours';
  readonly side: MatrixSide;
  readonly roles: boolean;
}

function CellOf({ row, whose, side, roles }: CellProps) {
  const t = useTexts('partners');
  const cell = cellAt(row[whose], side, roles);
  const [url] = cell.urls;
  if (url === undefined) {
    return cell.defined ? (
      <td className={styles['dim']}>–</td>
    ) : (
      <td className={styles['undefined']} title={t('endpoint-undefined')} />
    );
  }
  return (
    <td>
      <span className={styles['cell']}>
        <span className={styles['offered']} title={cell.urls.join('\n')}>
          {t('endpoint-offered')}
        </span>
        {cell.urls.length > 1 && <Chip tone="warn">{t('endpoint-times', { count: cell.urls.length })}</Chip>}
        <CopyButton text={url} label={t('endpoint-copy', { url })} />
      </span>
    </td>
  );
}

/** An endpoint without a side (credentials) stands in the first column where there are two. */
function cellAt(cells: Readonly<Record<MatrixSide, Cell>>, side: MatrixSide, roles: boolean): Cell {
  const sideless = cells.NONE;
  return roles && side === 'SENDER' && sideless.urls.length > 0 && cells.SENDER.urls.length === 0
    ? sideless
    : cells[side];
}
