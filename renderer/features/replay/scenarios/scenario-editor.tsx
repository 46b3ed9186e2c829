import { Button } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { Scenario } from '../../../../core/contract/scenario.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { JsonEditor } from '../../../ui/editor/json-editor.tsx';
import type { JsonMark } from '../../../ui/editor/json-marks.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Sides } from '../../../ui/sides.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useKept } from '../../../ui/use-kept.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { ProblemList } from './problem-list.tsx';
import { problemMarks } from './problem-marks.ts';
import styles from './scenario.module.css';
import { ScenarioFacts } from './scenario-facts.tsx';
import { ScenarioSteps } from './scenario-steps.tsx';

export interface ScenarioEditorProps {
  /** Under which what is typed is kept while one looks at something else. */
  readonly keep: string;
  /** As it stands, or as a new one begins. */
  readonly base: string;
  /** Undefined: it is a new one. */
  readonly saved: Scenario | undefined;
}

const TYPED_MS = 250;
const NO_MARKS: readonly JsonMark[] = [];

/** A scenario as text, with what is wrong at its place; beside it what it does. */
export function ScenarioEditor({ keep, base, saved }: ScenarioEditorProps) {
  const t = useTexts('replay');
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const doing = useDoing();
  const [typed, setTyped] = useKept<string | undefined>(`scenario ${keep}`, () => undefined, false);
  const text = typed ?? base;
  const changed = typed !== undefined && typed !== base;
  const settled = useSettled(text, TYPED_MS);
  const check = useQuery({
    queryKey: ['scenario-check', settled],
    queryFn: ({ signal }) => client.replays.scenarios.check({ text: settled }, { signal }),
    placeholderData: previous => previous,
    gcTime: 0,
  });
  const marks = useMemo(
    () => (check.data === undefined ? NO_MARKS : problemMarks(settled, check.data)),
    [check.data, settled],
  );
  const [reveal, setReveal] = useState<JsonMark>();
  const [shown, setShown] = useState<Scenario | undefined>(saved);
  const read = useMemo(() => readable(settled), [settled]);
  // What could be read last goes on to show while the text is between two states.
  if (read !== undefined && read !== shown) setShown(read);
  const wrong = marks.some(({ severity }) => severity === 'error');

  const save = async () => {
    const here = stillHere();
    const summary = await doing.run(async () => {
      const written = await client.replays.scenarios.save({ text });
      await queries.invalidateQueries({ queryKey: keys.scenarios });
      return written;
    });
    if (summary === undefined) return;
    setTyped(undefined);
    if (summary.name !== saved?.name && here()) {
      await navigate({ to: '/replay/scenarios/$name', params: { name: summary.name }, replace: saved === undefined });
    }
  };
  const remove = async () => {
    if (saved === undefined) return;
    const meant = await confirm({
      title: t('removeTitle', { title: saved.title }),
      text: t('removeText'),
      action: t('remove'),
      danger: true,
    });
    if (!meant) return;
    const here = stillHere();
    const gone = await doing.run(() => client.replays.scenarios.remove({ name: saved.name }));
    if (gone === undefined) return;
    setTyped(undefined);
    if (here()) await navigate({ to: '/replay' });
    await queries.invalidateQueries({ queryKey: keys.scenarios });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!wrong) void save();
  };
  return (
    <>
      <header className={styles['head']}>
        <h2 className={styles['title']}>
          <span lang="en">{saved?.title ?? t('newScenario')}</span>
          {saved !== undefined && <Chip tone="plain">{t('ofYours')}</Chip>}
          {changed && <Chip tone="warn">{t('notSaved')}</Chip>}
        </h2>
        <div className={styles['tools']}>
          {saved !== undefined && (
            <Button
              variant="default"
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              title={changed ? t('replaySaved') : undefined}
              renderRoot={props => <Link to="/replay" search={{ source: `scenario:${saved.name}` }} {...props} />}
            >
              {t('replayIt')}
            </Button>
          )}
          <Button
            loading={doing.busy}
            disabled={wrong || (saved !== undefined && !changed)}
            title={t('byKey', { key: 'Ctrl+S' })}
            onClick={() => void save()}
          >
            {t('saveScenario')}
          </Button>
          <Button variant="default" disabled={!changed} onClick={() => setTyped(undefined)}>
            {t('revert')}
          </Button>
          {saved !== undefined && (
            <>
              <Button
                variant="default"
                renderRoot={props => <Link to="/replay/scenarios" search={{ copy: saved.name }} {...props} />}
              >
                {t('duplicate')}
              </Button>
              <Button
                variant="default"
                color="red"
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => void remove()}
              >
                {t('remove')}
              </Button>
            </>
          )}
        </div>
      </header>
      {doing.failure !== undefined && (
        <div className={styles['message']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
      <Sides
        storageKey="replay-scenario"
        initial={620}
        label={t('whatItDoes')}
        left={
          // biome-ignore lint/a11y/noStaticElementInteractions: the editor within has the keys; this one is a shortcut.
          <div className={styles['editing']} onKeyDown={onKeyDown}>
            <div className={styles['editor']}>
              <JsonEditor
                value={text}
                onChange={setTyped}
                marks={marks}
                height="100%"
                label={t('scenarioJson')}
                reveal={reveal}
              />
            </div>
            {check.error !== null ? (
              <FailureNote failure={failureOf(check.error)} onRetry={() => void check.refetch()} />
            ) : (
              <ProblemList marks={marks} checking={check.data === undefined} onGo={mark => setReveal({ ...mark })} />
            )}
          </div>
        }
        right={
          <div className={styles['beside']}>
            {shown === undefined ? (
              <p className={styles['dim']}>{t('notReadable')}</p>
            ) : (
              <>
                <ScenarioFacts scenario={shown} />
                <ScenarioSteps scenario={shown} />
              </>
            )}
          </div>
        }
      />
    </>
  );
}

/** As far as its form goes; what is wrong with it the core tells. */
function readable(text: string): Scenario | undefined {
  try {
    return Scenario.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
