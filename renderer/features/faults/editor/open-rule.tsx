import { Button } from '@mantine/core';
import { FaultRuleText } from '../../../../core/contract/fault.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import type { PartProps } from '../faults-page.tsx';
import { useSuggestions } from '../suggest/suggestions.tsx';
import styles from './editor.module.css';
import { blankDraft, draftOf, type RuleDraft } from './rule-draft.ts';
import { RuleEditor } from './rule-editor.tsx';

/** The rule an address means: one that is there, a new one of a kind, a copy, or one like an exchange. */
export function OpenRule(props: PartProps) {
  const { rules, kinds, search, to, desk } = props;
  const t = useTexts('faults');
  const suggested = useSuggestions(search.take === undefined ? undefined : search.exchange);
  const kindOf = (name: string | undefined) => kinds.find(({ kind }) => kind === name);
  if (search.rule !== undefined || search.copy !== undefined) {
    const rule = rules.find(({ id }) => id === (search.rule ?? search.copy));
    if (rule === undefined) return <Gone title={t('noRule', { id: search.rule ?? search.copy ?? 0 })} to={to} />;
    const kind = kindOf(rule.kind);
    if (kind === undefined) return <Gone title={t('noKind', { kind: rule.kind })} to={to} />;
    if (search.rule !== undefined) {
      return <RuleEditor {...props} kind={kind} rule={rule} base={draftOf(rule, kind)} keep={`rule ${rule.id}`} />;
    }
    const base: RuleDraft = { ...draftOf(rule, kind), name: '' };
    return <RuleEditor {...props} kind={kind} base={base} keep={`copy ${rule.id}`} />;
  }
  if (search.take !== undefined) {
    if (suggested.error !== null) {
      return (
        <div className={styles['message']}>
          <FailureNote failure={failureOf(suggested.error)} onRetry={() => void suggested.refetch()} />
        </div>
      );
    }
    if (suggested.data === undefined) return <Loading text={t('loading')} />;
    const like = suggested.data[search.take - 1];
    const kind = kindOf(like?.kind);
    if (like === undefined || kind === undefined) return <Gone title={t('noSuggestion')} to={to} />;
    const base = draftOf(FaultRuleText.parse(like), kind);
    return <RuleEditor {...props} kind={kind} base={base} keep={`like ${search.exchange} ${search.take}`} />;
  }
  const kind = kindOf(search.new);
  if (kind === undefined) return <Gone title={t('noKind', { kind: search.new ?? '' })} to={to} />;
  return <RuleEditor {...props} kind={kind} base={blankDraft(kind)} keep={`new ${desk.whose} ${kind.kind}`} />;
}

function Gone({ title, to }: { readonly title: string } & Pick<PartProps, 'to'>) {
  const t = useTexts('faults');
  return (
    <EmptyState
      title={title}
      text={t('goneText')}
      actions={
        <>
          <Button onClick={() => to({})}>{t('toRules')}</Button>
          <Button variant="default" onClick={() => to({ tab: 'catalogue' })}>
            {t('toCatalogue')}
          </Button>
        </>
      }
    />
  );
}
