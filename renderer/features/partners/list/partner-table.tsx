import { IconLock } from '@tabler/icons-react';
import { Link as RouterLink, useNavigate } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { StateChip } from '../../../links/state-chip.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Mono } from '../../../ui/mono.tsx';
import { useLineKeys } from '../../../ui/table/use-line-keys.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { EnvironmentChip, RunStateChip } from '../link-chips.tsx';
import { type PartnerLine, partyId } from './partner-list.ts';
import styles from './partner-table.module.css';

export interface PartnerTableProps {
  readonly lines: readonly PartnerLine[];
  readonly ref: RefObject<HTMLTableElement | null>;
}

const COLUMNS = ['organisation', 'link', 'state', 'version', 'parties', 'run', 'address'] as const;
/** So many parties are named in a line; of more the first one, and the number of the others. */
const PARTIES_SHOWN = 2;

/** One line a link; arrow keys move between them, Enter opens. */
export function PartnerTable({ lines, ref }: PartnerTableProps) {
  const t = useTexts('partners');
  const navigate = useNavigate();
  const { at, onLine, onKeyDown } = useLineKeys(ref, lines.length);
  return (
    <div className={styles['frame']}>
      <table className={styles['table']} ref={ref}>
        <thead>
          <tr>
            {COLUMNS.map(column => (
              <th key={column} scope="col" className={styles[column]}>
                {t(`column-${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {lines.map(({ link, first, run }, position) => (
            <tr
              key={link.id}
              tabIndex={position === at ? 0 : -1}
              className={classNames(styles['line'], link.environment === 'production' && styles['production'])}
              onFocus={() => onLine(position)}
              onClick={() => void navigate({ to: '/partners/link/$name', params: { name: link.name } })}
              onKeyDown={event => {
                if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
                void navigate({ to: '/partners/link/$name', params: { name: link.name } });
              }}
            >
              <td className={styles['organisation']}>
                <span className={first ? '' : styles['repeated']}>{link.organisation}</span>
              </td>
              <td className={styles['link']}>
                <span className={styles['named']}>
                  <RouterLink
                    to="/partners/link/$name"
                    params={{ name: link.name }}
                    tabIndex={-1}
                    onClick={event => event.stopPropagation()}
                  >
                    {link.name}
                  </RouterLink>
                  <EnvironmentChip environment={link.environment} />
                </span>
              </td>
              <td className={styles['state']}>
                <span className={styles['states']}>
                  <StateChip state={link.state} />
                  {link.readOnly && (
                    <span role="img" aria-label={t('readOnly')} title={t('readOnly')} className={styles['lock']}>
                      <IconLock size={14} aria-hidden="true" />
                    </span>
                  )}
                </span>
              </td>
              <td className={styles['version']}>
                {link.version === undefined ? (
                  <span className={styles['dim']}>{t('none')}</span>
                ) : (
                  <Mono>{link.version}</Mono>
                )}
              </td>
              <td className={styles['parties']}>
                <Parties line={link} />
              </td>
              <td className={styles['run']}>
                {run === undefined ? (
                  <span className={styles['dim']}>{t('never')}</span>
                ) : (
                  <>
                    <RunStateChip state={run.state} /> {t(`runKind-${run.kind}`)}{' '}
                    <span className={styles['dim']}>
                      <TimeText at={run.startedAt} />
                    </span>
                  </>
                )}
              </td>
              <td className={styles['address']}>
                {link.versionsUrl === undefined ? (
                  <span className={styles['dim']}>{t('unknown')}</span>
                ) : (
                  <Mono title={link.versionsUrl}>{link.versionsUrl}</Mono>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Parties({ line: { parties } }: { readonly line: PartnerLine['link'] }) {
  const t = useTexts('partners');
  if (parties.length === 0) return <span className={styles['dim']}>{t('unknown')}</span>;
  const roles = new Map<string, string[]>();
  for (const party of parties) {
    const id = partyId(party);
    roles.set(id, [...(roles.get(id) ?? []), ...(party.role === undefined ? [] : [party.role])]);
  }
  const words = [...roles].map(([id, roles]) => `${id} ${roles.join(', ')}`.trim());
  const named = words.length > PARTIES_SHOWN ? 1 : words.length;
  const more = words.length - named;
  return (
    <Mono title={words.join('\n')}>
      {words.slice(0, named).join(' · ')}
      {more > 0 && ` +${more}`}
    </Mono>
  );
}
