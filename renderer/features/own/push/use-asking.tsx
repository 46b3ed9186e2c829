import type { LinkView } from '../../../../core/contract/links.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';

/**
 * Sends to a link that may need the operator's word: on a production link it is asked for, with its name typed, before
 * anything leaves; where only the core knows that it is needed, after it said so. Undefined: not sent.
 */
export function useAsking() {
  const confirm = useConfirm();
  const t = useTexts('own');
  const ask = (name: string, what: string) =>
    confirm({
      title: t('productionTitle', { name }),
      text: t('productionText', { what, name }),
      action: t('push'),
      danger: true,
      typeToConfirm: name,
    });
  return async <T,>(
    { name, environment }: Pick<LinkView, 'name' | 'environment'>,
    what: string,
    call: (confirmed: boolean) => Promise<T>,
  ): Promise<T | undefined> => {
    if (environment === 'production') return (await ask(name, what)) ? call(true) : undefined;
    try {
      return await call(false);
    } catch (error) {
      if (failureOf(error).code !== 'CONFIRMATION_NEEDED') throw error;
      return (await ask(name, what)) ? call(true) : undefined;
    }
  };
}
