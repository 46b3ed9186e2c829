import type { PaymentStep } from '../../contract/transaction.ts';
import type { Observed } from '../observed.ts';
import { readingOf } from '../reading.ts';
import { amountIn, bodyOf, idIn, objectIn, objectsRead, wentWell } from './fields.ts';
import type { ObjectAt } from './known-objects.ts';

const CAPTURED: Readonly<Record<string, string>> = {
  SUCCESS: 'captured',
  PARTIAL_SUCCESS: 'partly captured',
  FAILED: 'capture failed',
};

/** What is known of the payment at a terminal, oldest first; empty where nobody paid so (2.3.0, digest 6.10). */
export function paymentOf(exchanges: readonly Observed[], objects: readonly ObjectAt[]): PaymentStep[] {
  const steps: PaymentStep[] = [];
  let atTerminal = false;
  const at = ({ startedAt }: Observed) => new Date(startedAt).toISOString();
  const billed = objects.findLast(({ kind }) => kind === 'cdr');
  for (const exchange of exchanges) {
    const reading = readingOf(exchange);
    const { entry } = reading;
    if (entry?.id === 'commands.start-session' && exchange.version === '2.3.0') {
      const body = bodyOf(reading);
      const adHoc = idIn(objectIn(body, 'token'), 'type') === 'AD_HOC_USER';
      if (!adHoc || idIn(body, 'authorization_reference') === undefined) continue;
      atTerminal = true;
      steps.push({ exchangeId: exchange.id, at: at(exchange), what: 'preauthorized', amount: null });
    } else if (entry?.module === 'payments') {
      const objectsOf = exchange.method === 'GET' ? objectsRead(reading) : [bodyOf(reading)];
      for (const confirmation of objectsOf) {
        atTerminal = true;
        const code = idIn(confirmation, 'capture_status_code') ?? '';
        const amount = amountIn(confirmation, 'total_costs', true) ?? null;
        const what = CAPTURED[code.toUpperCase()] ?? 'confirmed';
        steps.push({
          exchangeId: exchange.id,
          at: at(exchange),
          what: wentWell(exchange) ? what : `${what}, refused`,
          amount,
        });
      }
    }
  }
  const told = objects.findLast(({ kind, said }) => kind === 'session' && said['total_cost'] !== undefined);
  for (const [what, one] of [['session', told] as const, ['billed', billed] as const]) {
    if (!atTerminal || one === undefined) continue;
    const amount = amountIn(one.whole, 'total_cost', true) ?? null;
    steps.push({ exchangeId: one.exchange.id, at: at(one.exchange), what, amount });
  }
  return steps.sort((left, right) => left.at.localeCompare(right.at) || left.exchangeId - right.exchangeId);
}
