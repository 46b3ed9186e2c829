import { done, failed } from '../../contract/failure.ts';
import type { LogProgress } from '../../contract/session-log.ts';
import { Forget, type Forgotten } from '../../contract/storage.ts';
import { stepping } from '../stepping.ts';
import type { ForgetDesk } from './desks.ts';
import type { KeepingParts } from './parts.ts';

/** Erases what belongs to a person: the uid of a token, or the id of a contract. */
export function createForgetDesk({ history, onChange, transactionsAnew }: KeepingParts): ForgetDesk {
  return {
    forget: (input, signal) =>
      stepping<LogProgress, Forgotten>(async (tell, stop) => {
        const asked = Forget.safeParse(input);
        if (!asked.success) {
          return failed(
            'INVALID_INPUT',
            'this names no value, or two of them',
            'Give the uid of a token or the id of a contract, of 2 to 64 characters.',
          );
        }
        const { tokenUid, contractId, dry, confirmed } = asked.data;
        const value = tokenUid ?? contractId ?? '';
        if (!dry && confirmed !== true) {
          return failed(
            'CONFIRMATION_NEEDED',
            `"${value}" would be replaced in every exchange, object, note and run, and in own objects, for good.`,
            'Confirm it. A dry run only counts.',
          );
        }
        const forgotten = await history.forgetting.forget(value, {
          dry,
          signal: stop,
          derivedAnew: transactionsAnew,
          progress: told => tell({ kind: 'progress', ...told }),
        });
        if (!dry) onChange();
        return forgotten.ok ? done(forgotten.value) : forgotten;
      }, signal),
  };
}
