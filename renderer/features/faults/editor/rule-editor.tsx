import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { FaultKindView, FaultRule, FaultRuleText } from '../../../../core/contract/fault.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Sides } from '../../../ui/sides.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useKept } from '../../../ui/use-kept.ts';
import { CaseList } from '../case-list.tsx';
import type { PartProps } from '../faults-page.tsx';
import { HitStrip } from '../hits/hit-strip.tsx';
import { useConfirmed } from '../use-confirmed.ts';
import styles from './editor.module.css';
import { OccasionFields } from './occasion-fields.tsx';
import { ParameterFields } from './parameter-inputs.tsx';
import { problemWords } from './problem-words.ts';
import { type DraftProblems, type RuleDraft, readDraft, sameDraft } from './rule-draft.ts';
import { RulePreview } from './rule-preview.tsx';
import { ScopeFields } from './scope-fields.tsx';

export interface RuleEditorProps extends PartProps {
  readonly kind: FaultKindView;
  /** Undefined: it is a new one. */
  readonly rule?: FaultRule;
  /** As it stands, or as a new one begins. */
  readonly base: RuleDraft;
  /** Under which what is typed is kept while one looks at something else. */
  readonly keep: string;
}

export interface DraftFieldsProps {
  readonly draft: RuleDraft;
  readonly kind: FaultKindView;
  readonly onChange: (draft: RuleDraft) => void;
  /** What is wrong with a field, in words. */
  readonly problem: (field: string) => string | undefined;
}

const NO_PROBLEMS: DraftProblems = new Map();

/** A rule as one types it; beside it what it would do to a message. */
export function RuleEditor(props: RuleEditorProps) {
  const { desk, kind, rule, base, keep, search, to } = props;
  const t = useTexts('faults');
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const doing = useDoing();
  const [typed, setTyped] = useKept<RuleDraft | undefined>(`fault ${desk.whose} ${keep}`, () => undefined, false);
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const tried = tries > 0;
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [tries]);
  const draft = typed ?? base;
  const read = readDraft(draft, kind);
  const problems = 'problems' in read ? read.problems : NO_PROBLEMS;
  const changed = typed !== undefined && !sameDraft(typed, base);
  const fields: DraftFieldsProps = {
    draft,
    kind,
    onChange: setTyped,
    problem: field => {
      const found = problems.get(field);
      return found === undefined || (found === 'needed' && !tried) ? undefined : problemWords(found, t);
    },
  };
  const write = (text: FaultRuleText) =>
    confirmed(async yes => {
      const sure = yes ? { confirmed: true } : {};
      if (rule === undefined) return desk.calls.add({ ...text, ...sure });
      const { parameters, scope, when, seed, reachesRegistration, name = rule.name } = text;
      return desk.calls.change({ id: rule.id, name, parameters, scope, when, seed, reachesRegistration, ...sure });
    });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTries(tries + 1);
    if ('problems' in read) return;
    const here = stillHere();
    const saved = await doing.run(async () => {
      const written = await write(read.rule);
      if (written !== undefined) await queries.invalidateQueries({ queryKey: desk.queryKey });
      return written;
    });
    if (saved === undefined) return;
    setTyped(undefined);
    if (rule === undefined && here())
      to({ rule: saved.id, ...(search.exchange && { exchange: search.exchange }) }, true);
  };
  const arm = (armed: boolean) =>
    doing.run(async () => {
      if (rule === undefined) return;
      await confirmed(yes => desk.calls.arm({ ids: [rule.id], armed, ...(yes && { confirmed: true }) }));
      await queries.invalidateQueries({ queryKey: desk.queryKey });
    });
  return (
    <Sides
      storageKey="faults-editor"
      initial={440}
      label={t('preview')}
      left={
        <form className={styles['form']} ref={form} onSubmit={event => void save(event)} noValidate>
          <header className={styles['head']}>
            <Button
              variant="subtle"
              leftSection={<IconArrowLeft size={14} aria-hidden />}
              onClick={() => to(search.take === undefined ? {} : { exchange: search.exchange })}
            >
              {t(search.take === undefined ? 'backToRules' : 'backToSuggestions')}
            </Button>
            <h2 className={styles['title']}>
              {rule === undefined ? t('newRule') : rule.name}
              {rule !== undefined && (
                <Chip tone={rule.armed ? 'fault' : 'plain'}>{t(rule.armed ? 'armed' : 'disarmed')}</Chip>
              )}
              {rule !== undefined && changed && <Chip tone="warn">{t('notSaved')}</Chip>}
            </h2>
            <p className={styles['what']}>
              <strong lang="en">{kind.title}</strong> <Mono>{kind.kind}</Mono>
            </p>
            <p className={styles['explain']} lang="en">
              {rule === undefined || changed ? kind.explain : rule.explain}
            </p>
            {kind.cases.length > 0 && (
              <details className={styles['imitates']}>
                <summary>{t('imitatesCount', { count: kind.cases.length })}</summary>
                <CaseList cases={kind.cases} />
              </details>
            )}
          </header>
          <TextInput
            label={t('field-name')}
            placeholder={kind.kind}
            value={draft.name}
            onChange={event => setTyped({ ...draft, name: event.currentTarget.value })}
            error={fields.problem('name') ?? null}
            spellCheck={false}
            autoComplete="off"
          />
          <ParameterFields {...fields} />
          <ScopeFields {...fields} whose={desk.whose} />
          <OccasionFields {...fields} />
          {rule === undefined && (
            <Checkbox
              label={t('armAtOnce')}
              checked={draft.armed}
              onChange={event => setTyped({ ...draft, armed: event.currentTarget.checked })}
            />
          )}
          <div className={styles['end']}>
            {doing.failure !== undefined && (
              <div className={styles['told']}>
                <FailureNote failure={doing.failure} />
              </div>
            )}
            {tried && problems.size > 0 && (
              <p className={styles['lacking']} role="alert">
                {t('lacking', { count: problems.size })}
              </p>
            )}
            <Button type="submit" loading={doing.busy} disabled={rule !== undefined && !changed}>
              {t(rule === undefined ? 'add' : 'save')}
            </Button>
            <Button variant="default" disabled={!changed} onClick={() => setTyped(undefined)}>
              {t('revert')}
            </Button>
            {rule !== undefined && (
              <Button variant="default" className={styles['arm'] ?? ''} onClick={() => void arm(!rule.armed)}>
                {t(rule.armed ? 'disarm' : 'arm')}
              </Button>
            )}
          </div>
        </form>
      }
      right={
        <div className={styles['beside']}>
          <RulePreview
            desk={desk}
            kind={kind}
            rule={'rule' in read ? { ...read.rule, armed: rule?.armed ?? read.rule.armed } : undefined}
            exchangeId={search.exchange}
            onExchange={exchange => to({ ...search, exchange }, true)}
          />
          {rule !== undefined && <HitStrip desk={desk} ruleId={rule.id} />}
        </div>
      }
    />
  );
}
