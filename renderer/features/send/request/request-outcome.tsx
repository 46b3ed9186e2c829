import type { LinkView } from '../../../../core/contract/links.ts';
import type { SendableOperation, SendPreview } from '../../../../core/contract/sending.ts';
import type { ShownFailure } from '../../../bridge/failure.ts';
import { FindingList } from '../../../exchange/finding-list.tsx';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Answer } from './answer.tsx';
import { findingsBeside, previewText } from './preview-text.ts';
import styles from './request.module.css';
import { SentBefore } from './sent-before.tsx';
import { Underway } from './underway.tsx';

export const OUTCOME_TABS = ['preview', 'answer', 'before'] as const;
export type OutcomeTab = (typeof OUTCOME_TABS)[number];

export interface RequestOutcomeProps {
  readonly link: LinkView;
  readonly tab: OutcomeTab;
  readonly onTab: (tab: OutcomeTab) => void;
  readonly preview: SendPreview | undefined;
  readonly noPreview: ShownFailure | undefined;
  /** When the request left whose answer is waited for. */
  readonly since: number | undefined;
  /** It was given up before its answer came. */
  readonly cancelled: boolean;
  readonly exchangeId: number | undefined;
  readonly operations: readonly SendableOperation[];
  readonly onAgain: (exchangeId: number) => void;
}

export function RequestOutcome(props: RequestOutcomeProps) {
  const { tab, onTab, preview, noPreview, since, cancelled, exchangeId } = props;
  const t = useTexts('send');
  const beside = preview === undefined ? 0 : findingsBeside(preview.findings).length;
  return (
    <Tabs
      label={t('outcome')}
      value={tab}
      onChange={onTab}
      tabs={OUTCOME_TABS.map(id => ({
        id,
        label: t(`outcome-${id}`),
        ...(id === 'preview' && beside > 0 && { badge: beside }),
      }))}
    >
      {tab === 'preview' && <Preview preview={preview} failure={noPreview} />}
      {tab === 'answer' &&
        (since !== undefined ? (
          <Underway since={since} />
        ) : cancelled ? (
          <EmptyState title={t('cancelledTitle')} text={t('cancelledText')} />
        ) : exchangeId === undefined ? (
          <EmptyState title={t('noAnswerTitle')} text={t('noAnswerText')} />
        ) : (
          <Answer id={exchangeId} />
        ))}
      {tab === 'before' && <SentBefore {...props} />}
    </Tabs>
  );
}

function Preview({
  preview,
  failure,
}: {
  readonly preview: SendPreview | undefined;
  readonly failure: ShownFailure | undefined;
}) {
  const t = useTexts('send');
  if (failure !== undefined) {
    return (
      <div className={styles['message']}>
        <FailureNote failure={failure} />
      </div>
    );
  }
  if (preview === undefined) {
    return (
      <p className={styles['message']} aria-busy>
        {t('loading')}
      </p>
    );
  }
  const text = previewText(preview);
  const beside = findingsBeside(preview.findings);
  return (
    <>
      {beside.length > 0 && (
        <Panel title={t('findingsBeside')}>
          <FindingList findings={beside} />
        </Panel>
      )}
      <Panel title={t('wire')} actions={<CopyButton text={text} label={t('copyWire')} />}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
        <pre className={styles['wire']} tabIndex={0}>
          <SealedText text={text} />
        </pre>
      </Panel>
    </>
  );
}
