import type { LinkView } from '../../../core/contract/links.ts';
import { failureOf } from '../../bridge/failure.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useConfirm } from '../../ui/confirm.tsx';

/**
 * Begins a replay that may need the operator's word: what changes something at a production partner is asked for, with
 * its name typed, before anything leaves; anything else where the core says that it is needed. Undefined: not begun.
 */
export function useConfirmed() {
  const confirm = useConfirm();
  const t = useTexts('replay');
  const common = useTexts('common');
  return async <T>(
    { name, environment }: Pick<LinkView, 'name' | 'environment'>,
    writes: number,
    begin: (confirmed: boolean) => Promise<T>,
  ): Promise<T | undefined> => {
    const ask = (text: string) =>
      confirm({ title: t('confirmTitle', { name }), text, action: t('run'), danger: true, typeToConfirm: name });
    if (environment === 'production' && writes > 0) {
      const text = `${common('production')}: ${t('confirmText', { count: writes, name })}`;
      return (await ask(text)) ? begin(true) : undefined;
    }
    try {
      return await begin(false);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'CONFIRMATION_NEEDED') throw error;
      return (await ask(failure.message)) ? begin(true) : undefined;
    }
  };
}
