import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';

export type Target = Pick<ExchangeSummary, 'id' | 'link' | 'direction' | 'method'>;

/**
 * Sends something that may need the operator's word: on a production link it is asked for before anything leaves, else
 * where the core says that it is needed. Undefined: it was not sent.
 */
export function useAsking(production: ReadonlySet<string>) {
  const confirm = useConfirm();
  const t = useTexts('traffic');
  const common = useTexts('common');
  return async <T,>(
    { link, method, direction }: Target,
    send: (confirmed: boolean) => Promise<T>,
  ): Promise<T | undefined> => {
    const title = t('resendTitle');
    const action = t('resendConfirm', { method });
    if (link !== null && production.has(link)) {
      const text = direction === 'out' ? t('resendProduction', { link }) : t('resendProductionOurs', { link });
      const question = `${common('production')}: ${text}`;
      return (await confirm({ title, text: question, action, danger: true })) ? send(true) : undefined;
    }
    try {
      return await send(false);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'CONFIRMATION_NEEDED') throw error;
      return (await confirm({ title, text: failure.message, action, danger: true })) ? send(true) : undefined;
    }
  };
}
