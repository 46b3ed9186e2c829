import { done, failed } from '../../contract/failure.ts';
import type { LogProgress } from '../../contract/session-log.ts';
import { Forget, type Forgotten } from '../../contract/storage.ts';
import type { Dropped } from '../session-logs/desks.ts';
import { stepping } from '../stepping.ts';
import type { ForgetDesk } from './desks.ts';
import type { KeepingParts } from './parts.ts';

interface ForgetParts extends KeepingParts {
  /** Files made of exchanges that wait for somebody are thrown away, whatever they hold. */
  readonly dropCopies: () => Promise<readonly Dropped[]>;
}

/** Erases what belongs to a person: the uid of a token, or the id of a contract. */
export function createForgetDesk(parts: ForgetParts): ForgetDesk {
  const { history, onChange, transactionsAnew, dropCopies } = parts;
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
        if (dry || !forgotten.ok) {
          if (!dry) onChange();
          return forgotten;
        }
        // What was made before it was erased may hold it, also what was being made meanwhile.
        const dropped = await dropCopies();
        onChange();
        const left = dropped.find(({ gone }) => !gone);
        if (left !== undefined) {
          return failed(
            'OPERATION_FAILED',
            `"${value}" is erased, but ${left.where} cannot be removed, and may hold it`,
            'They lie in a folder beside the database: remove it, or make it writable, and begin anew.',
          );
        }
        const places = dropped.map(({ where, count }) => ({ where, count }));
        return done({ ...forgotten.value, places: [...forgotten.value.places, ...places] });
      }, signal),
  };
}
