import { Button } from '@mantine/core';
import { IconCopy, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Scenario } from '../../../../core/contract/scenario.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { View } from '../../../ui/view.tsx';
import { useScenario } from '../use-replays.ts';
import styles from './scenario.module.css';
import { ScenarioEditor } from './scenario-editor.tsx';
import { ScenarioFacts } from './scenario-facts.tsx';
import { ScenarioSteps } from './scenario-steps.tsx';

/** One scenario: ours to be read, the operator's to be changed. */
export function ScenarioPage({ name }: { readonly name: string }) {
  const t = useTexts('replay');
  const scenario = useScenario(name);
  return (
    <View title={t('title')}>
      {scenario.data !== undefined && !isGone(scenario.error) ? (
        scenario.data.ours ? (
          <OfOurs {...scenario.data} />
        ) : (
          <ScenarioEditor keep={name} base={scenario.data.text} saved={scenario.data.scenario} />
        )
      ) : scenario.error === null ? (
        <Loading text={t('loading')} />
      ) : (
        <Missing name={name} error={scenario.error} onRetry={() => void scenario.refetch()} />
      )}
    </View>
  );
}

/** What was known of it before is of no use any more. */
function isGone(error: Error | null): boolean {
  return error !== null && failureOf(error).code === 'NOT_FOUND';
}

interface MissingProps {
  readonly name: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

function Missing({ name, error, onRetry }: MissingProps) {
  const t = useTexts('replay');
  const failure = failureOf(error);
  if (failure.code !== 'NOT_FOUND') {
    return (
      <div className={styles['message']}>
        <FailureNote failure={failure} onRetry={onRetry} />
      </div>
    );
  }
  return (
    <EmptyState
      title={t('noScenarioTitle', { name })}
      text={t('noScenarioText')}
      actions={<Link to="/replay">{t('toReplays')}</Link>}
    />
  );
}

type Part = 'steps' | 'json';

function OfOurs({ scenario, text }: { readonly scenario: Scenario; readonly text: string }) {
  const t = useTexts('replay');
  const [part, setPart] = useState<Part>('steps');
  const { name, title } = scenario;
  return (
    <>
      <header className={styles['head']}>
        <h2 className={styles['title']}>
          <span lang="en">{title}</span>
          <Chip tone="plain">{t('ofOurs')}</Chip>
        </h2>
        <div className={styles['tools']}>
          <Button
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            renderRoot={props => <Link to="/replay" search={{ source: `scenario:${name}` }} {...props} />}
          >
            {t('replayIt')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconCopy size={14} aria-hidden />}
            renderRoot={props => <Link to="/replay/scenarios" search={{ copy: name }} {...props} />}
          >
            {t('duplicate')}
          </Button>
        </div>
      </header>
      <Tabs<Part>
        label={t('scenarioParts')}
        value={part}
        onChange={setPart}
        tabs={[
          { id: 'steps', label: t('tab-steps'), badge: scenario.steps.length },
          { id: 'json', label: 'JSON' },
        ]}
        fill
      >
        {part === 'steps' ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
          <div className={styles['read']} tabIndex={0}>
            <ScenarioFacts scenario={scenario} />
            <ScenarioSteps scenario={scenario} />
          </div>
        ) : (
          <JsonView text={text} layout="as-sent" label={t('scenarioJson')} height="100%" />
        )}
      </Tabs>
    </>
  );
}
