import { CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReplayStepPlan } from '../../../../core/contract/replay.ts';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { useStepWords } from '../step-words.ts';
import styles from './plan.module.css';

/** One step as it would go out, or as it is awaited. */
export function PlannedStep({ step, onClose }: { readonly step: ReplayStepPlan; readonly onClose: () => void }) {
  const t = useTexts('replay');
  const common = useTexts('common');
  const wordsOf = useStepWords();
  const { no, method, url, body, expected, prompt, exchangeId } = step;
  return (
    <section
      className={styles['step']}
      aria-label={t('stepNo', { no })}
      onKeyDown={event => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className={styles['stepHead']}>
        <h3 className={styles['stepTitle']}>
          {no}. {wordsOf(step)}
        </h3>
        {exchangeId !== null && (
          <Link to="/traffic" search={{ exchange: exchangeId }}>
            {t('recordedExchange', { id: exchangeId })}
          </Link>
        )}
        <CloseButton className={styles['away'] ?? ''} aria-label={common('close')} onClick={onClose} />
      </header>
      {url !== '' && (
        <p>
          <Mono wrap>
            <strong>{method}</strong> <SealedText text={url} />
          </Mono>
        </p>
      )}
      {prompt !== null && (
        <p className={styles['prompt']} lang="en">
          {prompt}
        </p>
      )}
      {expected !== '' && (
        <p>
          {t('column-expected')}: <span lang="en">{expected}</span>
        </p>
      )}
      {body !== null && <JsonView text={body} label={t('body')} />}
    </section>
  );
}
