import type { LinkView } from '../../../core/contract/links.ts';
import { failureOf } from '../../bridge/failure.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useConfirm } from '../../ui/confirm.tsx';

/**
 * Sends something that may need the operator's word: what changes something at a production partner is asked for before
 * anything leaves, anything else where the core says that it is needed. Undefined: it was not sent.
 */
export function useConfirmed() {
  const confirm = useConfirm();
  const t = useTexts('send');
  const common = useTexts('common');
  return async <T>(
    { name, environment }: Pick<LinkView, 'name' | 'environment'>,
    what: { readonly words: string; readonly writes: boolean },
    send: (confirmed: boolean) => Promise<T>,
  ): Promise<T | undefined> => {
    const ask = (text: string) => confirm({ title: t('confirmTitle'), text, action: t('confirmSend'), danger: true });
    if (environment === 'production' && what.writes) {
      const text = `${common('production')}: ${t('confirmProduction', { link: name, words: what.words })}`;
      return (await ask(text)) ? send(true) : undefined;
    }
    try {
      return await send(false);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'CONFIRMATION_NEEDED') throw error;
      return (await ask(failure.message)) ? send(true) : undefined;
    }
  };
}
