import type { LinkView } from '../../../../core/contract/links.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { EnvironmentChip } from '../link-chips.tsx';

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  /** Asked on test links too, because it cannot be taken back. */
  readonly always?: boolean;
}

type GuardedLink = Pick<LinkView, 'name' | 'organisation' | 'environment'>;

/**
 * Does something to a link that may need the operator's word: on a production link it is asked for, with the link's name
 * typed, before anything is called; where only the core knows that it is needed, after it said so. Undefined: not done.
 */
export function useGuard() {
  const confirm = useConfirm();
  const t = useTexts('partners');
  const ask = (link: GuardedLink, question: Question, production: boolean) =>
    confirm({
      title: question.title,
      text: (
        <>
          {production && (
            <p>
              <EnvironmentChip environment="production" />{' '}
              {t('confirm-production', { name: link.name, organisation: link.organisation })}
            </p>
          )}
          <p>{question.text}</p>
        </>
      ),
      action: question.action,
      danger: true,
      ...(production && { typeToConfirm: link.name }),
    });
  return async <T,>(
    link: GuardedLink,
    question: Question,
    call: (confirmed: boolean) => Promise<T>,
  ): Promise<T | undefined> => {
    const production = link.environment === 'production';
    if (production || question.always) return (await ask(link, question, production)) ? call(true) : undefined;
    try {
      return await call(false);
    } catch (error) {
      if (failureOf(error).code !== 'CONFIRMATION_NEEDED') throw error;
      return (await ask(link, question, true)) ? call(true) : undefined;
    }
  };
}
