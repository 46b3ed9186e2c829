import type { ReactNode } from 'react';
import type { PaymentMatch } from '../../core/contract/money.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { Chip, type Tone } from '../ui/chip.tsx';
import { Fact, type FactProps } from '../ui/fact.tsx';
import { Mono } from '../ui/mono.tsx';
import { moneyText } from './amount-text.ts';
import styles from './payment.module.css';

export const PAYMENT_TONES = {
  matched: 'ok',
  open: 'accent',
  unmatched: 'bad',
} as const satisfies Record<PaymentMatch['state'], Tone>;

export interface PaymentViewProps {
  readonly payment: PaymentMatch;
  /** Beside the state: ways to what belongs to it. */
  readonly actions?: ReactNode;
}

/** A payment at a terminal, with all that belongs to it: what was reserved, billed, captured and invoiced. */
export function PaymentView({ payment, actions }: PaymentViewProps) {
  const t = useTexts('bill');
  const language = useLanguage();
  const { state, reference, terminal, currency, preauthorized, session, cdrs, billed, confirmation, invoice } = payment;
  const money = (amount: string) => [moneyText(amount, language), currency].filter(part => part !== null).join(' ');
  return (
    <section className={styles['payment']} aria-label={t('paymentOf', { reference: reference ?? t('noReference') })}>
      <div className={styles['head']}>
        <Chip tone={PAYMENT_TONES[state]} title={t(`about-payment-${state}`)}>
          {t(`payment-${state}`)}
        </Chip>
        <Mono wrap>{reference ?? t('noReference')}</Mono>
        {actions !== undefined && <span className={styles['actions']}>{actions}</span>}
      </div>
      {payment.problems.length > 0 && (
        <ul className={styles['problems']}>
          {payment.problems.map(({ code, sentence }) => (
            <li key={`${code} ${sentence}`} lang="en">
              {sentence} <Mono>{code}</Mono>
            </li>
          ))}
        </ul>
      )}
      <dl className={styles['facts']}>
        <Step label={t('paymentTerminal')}>{terminal !== null && <Mono wrap>{terminal}</Mono>}</Step>
        <Step label={t('paymentPreauthorized')}>{preauthorized !== null && <Mono>{money(preauthorized)}</Mono>}</Step>
        <Step label={t('factSession')}>{session !== null && <Mono wrap>{session}</Mono>}</Step>
        <Step label={t('paymentCdrs')}>
          {cdrs.length > 0 && <Mono wrap>{cdrs.join(', ')}</Mono>}
          {billed !== null && <Mono>{money(billed.after ?? billed.before)}</Mono>}
        </Step>
        <Step label={t('paymentConfirmation')}>
          {confirmation !== null && (
            <>
              <Mono wrap>{confirmation.id}</Mono> <Chip tone="plain">{confirmation.status}</Chip>
              {confirmation.captured !== null && (
                <Mono>{money(confirmation.captured.after ?? confirmation.captured.before)}</Mono>
              )}
            </>
          )}
        </Step>
        <Step label={t('paymentInvoice')}>
          {invoice !== null && (
            <>
              <Mono wrap>{invoice.id}</Mono>
              {invoice.reference !== null && <Mono wrap>{invoice.reference}</Mono>}
            </>
          )}
        </Step>
      </dl>
    </section>
  );
}

/** What is missing is said: of a payment every step is due. */
function Step({ label, children }: FactProps) {
  const t = useTexts('bill');
  const parts = Array.isArray(children) ? children : [children];
  const none = parts.every(part => part === false || part === null || part === undefined);
  return <Fact label={label}>{none ? <span className={styles['none']}>{t('paymentNone')}</span> : children}</Fact>;
}
