import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { FindingView } from '../../core/contract/run.ts';
import { useTexts } from '../texts/use-texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { JsonView } from '../ui/editor/json-view.tsx';
import { Panel } from '../ui/panel.tsx';
import { bytesText } from '../ui/time-format.ts';
import styles from './exchange.module.css';
import { bytesOf, hexDump } from './hex-dump.ts';
import { marksOf } from './message-findings.ts';
import { isJson } from './wire-text.ts';

export interface BodyViewProps {
  readonly message: ExchangeView['request'];
  readonly findings: readonly FindingView[];
  /** What it is the body of. */
  readonly label: string;
  /** A place in it to be brought into view. */
  readonly reveal?: { readonly pointer: string } | undefined;
}

/** Bytes shown of a body that is no text. */
const MOST_BYTES = 16 * 1024;

export function BodyView({ message, findings, label, reveal }: BodyViewProps) {
  const t = useTexts('traffic');
  const { body, headers } = message;
  const [layout, setLayout] = useState<'indented' | 'as-sent'>('indented');
  const [coding, setCoding] = useState<'hex' | 'base64'>('hex');
  const marks = useMemo(
    () => marksOf(findings, ({ code, met, expected }) => t('findingSaid', { code, met, expected })),
    [findings, t],
  );
  const place = reveal?.pointer.startsWith('/') === true ? reveal : undefined;
  if (body.length === 0) return <p className={styles['none']}>{t('noBody')}</p>;
  const shortened = body.shortened && (
    <p className={styles['told']}>{t('shortened', { length: bytesText(body.length) })}</p>
  );
  const title = t('bodyTitle', { length: bytesText(body.length) });
  if (body.text === null) {
    return (
      <Panel
        title={title}
        actions={
          <SegmentedControl
            aria-label={t('bodyShownAs')}
            value={coding}
            onChange={value => setCoding(value as 'hex' | 'base64')}
            data={[
              { value: 'hex', label: t('hex') },
              { value: 'base64', label: 'Base64' },
            ]}
          />
        }
      >
        {shortened}
        <p className={styles['told']}>{t('binary')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
        <pre className={styles['pre']} tabIndex={0}>
          {coding === 'hex' ? hexDump(bytesOf(body.base64 ?? '').subarray(0, MOST_BYTES)) : body.base64}
        </pre>
      </Panel>
    );
  }
  const json = isJson(body.text, headers);
  return (
    <Panel
      title={title}
      actions={
        <>
          {json && (
            <SegmentedControl
              aria-label={t('bodyShownAs')}
              value={layout}
              onChange={value => setLayout(value as 'indented' | 'as-sent')}
              data={[
                { value: 'indented', label: t('indented') },
                { value: 'as-sent', label: t('asSent') },
              ]}
            />
          )}
          <CopyButton text={body.text} label={t('copyBody')} />
        </>
      }
    >
      {shortened}
      {json ? (
        <div className={styles['json']}>
          <JsonView text={body.text} marks={marks} layout={layout} label={label} reveal={place} />
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <pre className={styles['pre']} tabIndex={0}>
          {body.text}
        </pre>
      )}
    </Panel>
  );
}
