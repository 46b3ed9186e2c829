import { IconPackage } from '@tabler/icons-react';
import type { FaultRule } from '../../../../core/contract/fault.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Spoken } from '../../../ui/spoken.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { occasionWords, scopeWords } from '../rule-words.ts';
import styles from './rules.module.css';

export interface ColumnOptions {
  readonly t: Texts<'faults'>;
  readonly operation: (id: string) => string;
  readonly numbers: Intl.NumberFormat;
  /** Of kinds. */
  readonly titles: ReadonlyMap<string, string>;
  /** Where a rule stands among all, from 1. */
  readonly place: (id: number) => number;
  readonly onArm: (rule: FaultRule, armed: boolean) => void;
}

export function ruleColumns({ t, operation, numbers, titles, place, onArm }: ColumnOptions): Column<FaultRule>[] {
  return [
    {
      id: 'place',
      header: '#',
      width: 40,
      align: 'end',
      cell: ({ id }) => <span className={styles['number']}>{place(id)}</span>,
    },
    {
      id: 'armed',
      header: t('column-armed'),
      width: 92,
      cell: rule => <ArmSwitch rule={rule} t={t} onArm={onArm} />,
    },
    {
      id: 'name',
      header: t('column-name'),
      cell: ({ name, pack }) => (
        <span title={pack === null ? name : t('ofPack', { name, pack })}>
          {pack !== null && (
            <>
              <IconPackage size={13} stroke={1.7} aria-hidden className={styles['pack'] ?? ''} />
              <Spoken>{t('inPack', { pack })}</Spoken>{' '}
            </>
          )}
          <span className={styles['name']}>{name}</span>
        </span>
      ),
    },
    {
      id: 'kind',
      header: t('column-kind'),
      cell: ({ kind, explain }) => (
        <span lang="en" title={explain}>
          {titles.get(kind) ?? kind}
        </span>
      ),
    },
    {
      id: 'scope',
      header: t('column-scope'),
      cell: ({ scope, reachesRegistration }) => {
        const words = scopeWords(scope, { t, operation });
        const said = reachesRegistration ? `${words} · ${t('registrationToo')}` : words;
        return <span title={said}>{said}</span>;
      },
    },
    {
      id: 'when',
      header: t('column-when'),
      width: 132,
      cell: ({ when }) => {
        const words = occasionWords(when, t);
        return <span title={words}>{words}</span>;
      },
    },
    {
      id: 'fired',
      header: t('column-fired'),
      width: 96,
      align: 'end',
      cell: ({ fired, met }) => (
        <span
          className={styles['number']}
          title={t('firedOf', { fired: numbers.format(fired), met: numbers.format(met) })}
        >
          <strong>{numbers.format(fired)}</strong> / {numbers.format(met)}
        </span>
      ),
    },
    {
      id: 'last',
      header: t('column-last'),
      width: 106,
      cell: ({ lastFiredAt }) =>
        lastFiredAt === null ? (
          <span className={styles['never']}>{t('never')}</span>
        ) : (
          <span className={styles['number']}>
            <TimeText at={lastFiredAt} />
          </span>
        ),
    },
  ];
}

interface ArmSwitchProps {
  readonly rule: FaultRule;
  readonly t: Texts<'faults'>;
  readonly onArm: (rule: FaultRule, armed: boolean) => void;
}

/** Pressing it selects nothing. By keyboard the tools above do the same to the rules that are selected. */
function ArmSwitch({ rule, t, onArm }: ArmSwitchProps) {
  const { armed, name } = rule;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={armed}
      aria-label={t('armNamed', { name })}
      tabIndex={-1}
      className={armed ? styles['on'] : styles['off']}
      onClick={event => {
        event.stopPropagation();
        onArm(rule, !armed);
      }}
      onDoubleClick={event => event.stopPropagation()}
    >
      <span className={styles['knob']} aria-hidden />
      {t(armed ? 'armed' : 'disarmed')}
    </button>
  );
}
