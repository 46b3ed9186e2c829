import { failureOf } from '../../bridge/failure.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useConfirm } from '../../ui/confirm.tsx';

/** Does something that may need the operator's word: a production partner may be reached. Undefined: it was not done. */
export function useConfirmed() {
  const t = useTexts('faults');
  const confirm = useConfirm();
  return async <T>(act: (confirmed: boolean) => Promise<T>): Promise<T | undefined> => {
    try {
      return await act(false);
    } catch (error) {
      const { code, message } = failureOf(error);
      if (code !== 'CONFIRMATION_NEEDED') throw error;
      const meant = await confirm({
        title: t('confirmTitle'),
        text: message,
        action: t('confirmAction'),
        danger: true,
      });
      return meant ? act(true) : undefined;
    }
  };
}
