import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { FaultKindView, FaultPreview, FaultRuleText } from '../../../../core/contract/fault.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { laidOut } from '../../../exchange/laid-out.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { WireSteps } from '../../../exchange/wire-steps.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useSettled } from '../../../ui/use-settled.ts';
import type { FaultDesk } from '../fault-desk.ts';
import styles from './editor.module.css';
import { MessageField } from './message-field.tsx';

const TYPED_MS = 150;

export interface RulePreviewProps {
  readonly desk: FaultDesk;
  readonly kind: FaultKindView;
  /** Undefined: what is typed is no rule yet. */
  readonly rule: FaultRuleText | undefined;
  readonly exchangeId: number | undefined;
  readonly onExchange: (id: number | undefined) => void;
}

/** What the rule would do, on a message that was stored or on a sample, as one types. */
export function RulePreview({ desk, kind, rule, exchangeId, onExchange }: RulePreviewProps) {
  const t = useTexts('faults');
  const settled = useSettled(
    useMemo(() => JSON.stringify(rule), [rule]),
    TYPED_MS,
  );
  const asked = useQuery({
    queryKey: ['fault preview', desk.whose, settled, exchangeId],
    queryFn: ({ signal }) =>
      desk.calls.preview(
        { rule: JSON.parse(settled ?? '{}') as FaultRuleText, ...(exchangeId !== undefined && { exchangeId }) },
        { signal },
      ),
    enabled: settled !== undefined,
    placeholderData: previous => previous,
    retry: false,
    gcTime: 0,
  });
  return (
    <section className={styles['preview']} aria-label={t('preview')}>
      <h2 className={styles['previewTitle']}>{t('preview')}</h2>
      {desk.whose === 'own' && <MessageField kind={kind} rule={rule} exchangeId={exchangeId} onExchange={onExchange} />}
      {asked.error !== null ? (
        <FailureNote failure={failureOf(asked.error)} />
      ) : asked.data === undefined ? (
        <Loading text={t(rule === undefined ? 'noRuleYet' : 'loading')} />
      ) : (
        <Shown preview={asked.data} />
      )}
    </section>
  );
}

function Shown({ preview }: { readonly preview: FaultPreview }) {
  const t = useTexts('faults');
  const words = operationWords(useTexts('traffic'));
  const { before, after, direction, operation, version, exchangeId, firings, idle, wire } = preview;
  return (
    <>
      <p className={styles['on']}>
        {t(`says-${direction}`)}: {words(operation)}
        {version !== null && ` · ${version}`} ·{' '}
        {exchangeId === null ? (
          t('aSample')
        ) : (
          <Link to="/traffic" search={{ exchange: exchangeId }}>
            {t('toExchange', { id: exchangeId })}
          </Link>
        )}
      </p>
      {idle !== null && (
        <p className={styles['idle']} role="status">
          {t('idle')} <span lang="en">{idle}</span>
        </p>
      )}
      <ul className={styles['did']}>
        {firings.map(({ rule, did, applied }) => (
          <li key={rule} className={applied ? undefined : styles['nothing']}>
            {!applied && <strong>{t('nothingDone')}: </strong>}
            <span lang="en">{did}</span>
          </li>
        ))}
      </ul>
      {wire.length > 0 && <WireSteps steps={wire} label={t('onTheWire')} />}
      <TextDiff
        left={laidOut(before)}
        right={laidOut(after)}
        labels={[t('without'), t('with')]}
        same={t('sameBytes')}
      />
    </>
  );
}
