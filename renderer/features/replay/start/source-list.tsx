import { Button } from '@mantine/core';
import { IconFileImport, IconFileText, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReplaySummary } from '../../../../core/contract/replay.ts';
import type { ScenarioSummary } from '../../../../core/contract/scenario.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { StateChip } from '../state-chip.tsx';
import { useRecentReplays, useScenarios } from '../use-replays.ts';
import styles from './source-list.module.css';

export interface SourceListProps {
  /** As the address says it. */
  readonly source: string | undefined;
  readonly to: string | undefined;
  readonly onFile: () => void;
}

const SHOWN = 20;

/** Everything that can be replayed without looking for it elsewhere, and what was replayed last. */
export function SourceList({ source, to, onFile }: SourceListProps) {
  const t = useTexts('replay');
  const scenarios = useScenarios();
  const recent = useRecentReplays();
  const own = scenarios.data?.filter(({ ours }) => !ours) ?? [];
  const ours = scenarios.data?.filter(one => one.ours) ?? [];
  const error = scenarios.error ?? recent.error;
  return (
    <nav className={styles['list']} aria-label={t('sources')}>
      {error !== null && (
        <FailureNote
          failure={failureOf(error)}
          onRetry={() => void Promise.all([scenarios.refetch(), recent.refetch()])}
        />
      )}
      {recent.data !== undefined && recent.data.length > 0 && (
        <Part title={t('recent')}>
          {recent.data.slice(0, SHOWN).map(one => (
            <Recent key={one.runId} replay={one} />
          ))}
        </Part>
      )}
      {own.length > 0 && (
        <Part title={t('ownScenarios')}>
          {own.map(one => (
            <Scenario key={one.name} scenario={one} chosen={source === `scenario:${one.name}`} to={to} />
          ))}
        </Part>
      )}
      <Part title={t('ourScenarios')}>
        {scenarios.data === undefined && scenarios.error === null && (
          <li className={styles['waiting']} aria-busy>
            {t('loading')}
          </li>
        )}
        {ours.map(one => (
          <Scenario key={one.name} scenario={one} chosen={source === `scenario:${one.name}`} to={to} />
        ))}
      </Part>
      <div className={styles['foot']}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          renderRoot={props => <Link to="/replay/scenarios" {...props} />}
        >
          {t('newScenario')}
        </Button>
        <Button variant="default" leftSection={<IconFileImport size={14} aria-hidden />} onClick={onFile}>
          {t('fromFile')}
        </Button>
      </div>
    </nav>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <h2 className={styles['title']}>{title}</h2>
      <ul className={styles['items']}>{children}</ul>
    </section>
  );
}

interface ScenarioProps {
  readonly scenario: ScenarioSummary;
  readonly chosen: boolean;
  readonly to: string | undefined;
}

function Scenario({ scenario, chosen, to }: ScenarioProps) {
  const t = useTexts('replay');
  const { name, title, versions, parts, about } = scenario;
  return (
    <li className={classNames(styles['item'], chosen && styles['chosen'])}>
      <Link
        to="/replay"
        search={{ source: `scenario:${name}`, to }}
        className={styles['main']}
        title={about}
        aria-current={chosen ? 'true' : undefined}
      >
        <span className={styles['name']} lang="en">
          {title}
        </span>
        <span className={styles['facts']}>
          {[parts.map(part => t(`part-${part}`)).join(', '), versions.join(' ')].join(' · ')}
        </span>
      </Link>
      <Link
        to="/replay/scenarios/$name"
        params={{ name }}
        className={styles['look']}
        aria-label={t('lookAt', { title })}
        title={t('lookAt', { title })}
      >
        <IconFileText size={14} stroke={1.7} aria-hidden />
      </Link>
    </li>
  );
}

function Recent({ replay }: { readonly replay: ReplaySummary }) {
  const { runId, title, to, startedAt, summary } = replay;
  return (
    <li className={styles['item']}>
      <Link to="/replay/$run" params={{ run: String(runId) }} className={styles['main']} title={summary}>
        <span className={styles['name']} lang="en">
          {title}
        </span>
        <span className={styles['facts']}>
          <StateChip replay={replay} />
          <span className={styles['to']}>{to}</span>
          <TimeText at={startedAt} />
        </span>
      </Link>
    </li>
  );
}
