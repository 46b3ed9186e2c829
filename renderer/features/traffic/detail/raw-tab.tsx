import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import styles from '../../../exchange/exchange.module.css';
import { bytesOf, hexDump } from '../../../exchange/hex-dump.ts';
import { SealedText } from '../../../exchange/sealed-text.tsx';
import { bodyAsSent, headText, requestLine, statusLine } from '../../../exchange/wire-text.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel } from '../../../ui/panel.tsx';

/** Both sides as they crossed the wire; only tokens are sealed. */
export function RawTab({ exchange }: { readonly exchange: ExchangeView }) {
  const t = useTexts('traffic');
  const { response } = exchange;
  return (
    <>
      <p className={styles['told']}>{t('rawTold')}</p>
      <RawMessage
        title={t('tab-request')}
        copy={t('copyRequest')}
        head={headText(requestLine(exchange), exchange.request.headers)}
        body={exchange.request.body}
      />
      {response === null ? (
        <p className={styles['none']}>{exchange.ended === 'open' ? t('noAnswerYet') : t('noAnswer')}</p>
      ) : (
        <RawMessage
          title={t('tab-response')}
          copy={t('copyResponse')}
          head={headText(statusLine(response), response.headers)}
          body={response.body}
        />
      )}
    </>
  );
}

interface RawMessageProps {
  readonly title: string;
  readonly copy: string;
  readonly head: string;
  readonly body: ExchangeView['request']['body'];
}

/** Characters of a body that are laid out; all of them are copied. */
const MOST_SHOWN = 200_000;

function RawMessage({ title, copy, head, body }: RawMessageProps) {
  const text = bodyAsSent(body);
  const shown = text ?? hexDump(bytesOf(body.base64 ?? '').subarray(0, MOST_SHOWN / 4));
  return (
    <Panel title={title} actions={<CopyButton text={`${head}\n${text ?? body.base64 ?? ''}`} label={copy} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <pre className={styles['pre']} tabIndex={0}>
        <SealedText text={`${head}\n${shown.slice(0, MOST_SHOWN)}${shown.length > MOST_SHOWN ? '…' : ''}`} />
      </pre>
    </Panel>
  );
}
