import type { ExchangeView } from '../../core/contract/exchange.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Mono } from '../ui/mono.tsx';
import { Panel } from '../ui/panel.tsx';
import { BodyView } from './body-view.tsx';
import styles from './exchange.module.css';
import { HeaderTable } from './header-table.tsx';
import { findingsOf } from './message-findings.ts';
import { SealedText } from './sealed-text.tsx';
import { statusLine } from './wire-text.ts';

export interface MessageTabProps {
  readonly exchange: ExchangeView;
  readonly side: 'request' | 'response';
  /** A place in it to be brought into view: a JSON pointer into the body, or `header:name`. */
  readonly reveal?: { readonly pointer: string } | undefined;
}

/** One side of an exchange: its first line, its headers in order, its body with findings at their line. */
export function MessageTab({ exchange, side, reveal }: MessageTabProps) {
  const t = useTexts('traffic');
  const message = side === 'request' ? exchange.request : exchange.response;
  if (message === null) {
    return <p className={styles['none']}>{exchange.ended === 'open' ? t('noAnswerYet') : t('noAnswer')}</p>;
  }
  const findings = findingsOf(exchange, side);
  const first =
    exchange.response !== null && side === 'response'
      ? statusLine(exchange.response)
      : `${exchange.method} ${exchange.url}`;
  return (
    <>
      <p className={styles['startLine']}>
        <Mono wrap>
          <SealedText text={first} />
        </Mono>
      </p>
      <Panel title={t('headersTitle', { count: message.headers.length })}>
        <HeaderTable headers={message.headers} findings={findings} reveal={reveal} />
      </Panel>
      <BodyView
        key={`${exchange.id} ${side}`}
        message={message}
        findings={findings}
        reveal={reveal}
        label={side === 'request' ? t('requestBody') : t('responseBody')}
      />
    </>
  );
}
