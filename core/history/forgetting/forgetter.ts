import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Forgotten } from '../../contract/storage.ts';
import type { Atomic } from '../atomic.ts';
import type { BodyStore } from '../bodies.ts';
import { createBits } from '../keeping/bits.ts';
import type { Keeper } from '../keeping/keeper.ts';
import { createAskingThread } from '../objects/asking-thread.ts';
import type { Gate } from '../objects/gate.ts';
import { troubleOf } from '../trouble.ts';
import type { Background } from '../worker/background.ts';
import type {
  ForgettingAnswer,
  ForgettingProgress,
  ForgettingQuestion,
  ForgettingStart,
} from './forgetting-messages.ts';
import { forgottenValue, isForgettable } from './forgotten-value.ts';

export interface ForgettingOptions {
  /** Only counts. */
  readonly dry: boolean;
  /** Makes anew what others derived from the database. */
  readonly derivedAnew: () => Promise<Outcome<unknown>>;
  readonly progress: (progress: ForgettingProgress) => void;
  /** What is erased by then stays so. */
  readonly signal: AbortSignal;
}

/** Erases a value from everywhere, and proves it. `history.forgetting`. */
export interface Forgetter {
  /** Whatever case it is written in. Its `proof.met` is 0 unless it is still there. */
  forget(value: string, options: ForgettingOptions): Promise<Outcome<Forgotten>>;
  /** Nobody can write at the moment: whoever wants to waits. */
  isRewriting(): boolean;
}

export interface ForgetterOptions {
  readonly file: string;
  readonly gate: Gate;
  readonly database: Database;
  readonly atomic: Atomic;
  readonly bodies: Pick<BodyStore, 'watch'>;
  readonly keeping: Pick<Keeper, 'alone'>;
  readonly background: Background | undefined;
  /** What is kept in memory is read anew. */
  readonly reload: () => Promise<void>;
}

/** It came so often again while it was erased that it cannot be said to be gone. */
const MOST_CYCLES = 3;
/** There as long as something is being erased, so that what a killed process left is replaced by the same. */
const SALT = 'forgetting-salt';

export function createForgetter(options: ForgetterOptions): Forgetter & { close(): Promise<void> } {
  const { file, gate, database, atomic, bodies, keeping, background, reload } = options;
  const rewriting = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = createAskingThread<ForgettingQuestion, ForgettingAnswer, ForgettingProgress>({
    script: new URL('./forgetting-worker.ts', import.meta.url),
    workerData: { file, gate, rewriting } satisfies ForgettingStart,
    gone: reason => ({ kind: 'gone', reason }),
  });
  const newestBody = database.prepare<[], number | null>('SELECT max(id) FROM body').pluck();
  const readSalt = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const writeSalt = database.prepare('INSERT INTO meta (name, value) VALUES (?, ?)');
  const dropSalt = database.prepare('DELETE FROM meta WHERE name = ?');
  const isTaken = database
    .prepare<[string, string], number>(
      'SELECT 1 FROM own_object WHERE key = ? UNION SELECT 1 FROM object_value WHERE value = ?',
    )
    .pluck();

  const unanswered = (answer: ForgettingAnswer): Outcome<never> => {
    if (answer.kind !== 'gone') throw new Error(`an answer about ${answer.kind}`);
    const { reason, isCancelled = false, advice = 'Try again.' } = answer;
    return isCancelled
      ? failed(
          'OPERATION_FAILED',
          'forgetting was cancelled',
          'What was erased until then stays so; begin anew to go on.',
        )
      : failed('DATABASE_UNUSABLE', `the value could not be erased: ${reason}`, advice);
  };
  const erase = async (value: Parameters<typeof forgottenValue>[0], { dry, progress, signal }: ForgettingOptions) => {
    const handedOut = createBits((newestBody.get() ?? 0) + 1);
    bodies.watch(handedOut.set);
    try {
      const question: ForgettingQuestion = { kind: 'erase', value, dry, handedOut: handedOut.shared };
      return await thread.ask(question, { progress, signal });
    } finally {
      bodies.watch(undefined);
      if (!dry) await reload();
    }
  };
  /** A short one might be there already. */
  const chosen = (value: string, salt: string) => {
    for (let attempt = 0; ; attempt++) {
      const asked = { value, salt, attempt };
      const { pseudonym, onlyNamed } = forgottenValue(asked);
      const key = pseudonym.toLowerCase();
      if (!onlyNamed || attempt === MOST_ATTEMPTS || isTaken.get(key, key) === undefined) {
        return { asked, pseudonym, onlyNamed };
      }
    }
  };

  const forgetAlone = async (value: string, how: ForgettingOptions): Promise<Outcome<Forgotten>> => {
    const left = readSalt.get(SALT);
    const salt = left ?? randomBytes(16).toString('hex');
    const { asked, pseudonym, onlyNamed } = chosen(value, salt);
    const sums = new Map<string, number>();
    const found = (proof: Forgotten['proof']): Outcome<Forgotten> => {
      const places = [...sums].map(([where, count]) => ({ where, count }));
      return done({ kind: 'forgotten', dry: how.dry, places, replacedBy: pseudonym, onlyNamed, proof });
    };
    if (!how.dry && left === undefined) atomic(() => writeSalt.run(SALT, salt));
    for (let cycle = 1; ; cycle++) {
      const answer = await erase(asked, how);
      if (answer.kind !== 'erased') return unanswered(answer);
      for (const { where, count } of answer.erased.places) sums.set(where, (sums.get(where) ?? 0) + count);
      if (how.dry) return found(null);
      if (answer.erased.isLeft && cycle < MOST_CYCLES) continue;
      // Also where nothing was met: a killed process may have come as far as this.
      const erased = sums.size > 0 || left !== undefined;
      if (erased) {
        const anew = await background?.anew();
        if (anew?.ok === false)
          return failed('OPERATION_FAILED', `the full text was not made anew: ${anew.reason}`, 'Try again.');
        const derived = await how.derivedAnew();
        if (!derived.ok) return derived;
      }
      const { progress, signal } = how;
      const settled = await thread.ask({ kind: 'settle', value: asked, erased }, { progress, signal });
      if (settled.kind !== 'settled') return unanswered(settled);
      const { files, bytes, stored, remains } = settled.proof;
      if (stored > 0 && cycle < MOST_CYCLES) continue;
      if (stored + remains === 0) atomic(() => dropSalt.run(SALT));
      return found({ files, bytes, met: stored + remains });
    }
  };

  return {
    isRewriting: () => Atomics.load(rewriting, 0) > 0,
    async forget(value, how) {
      if (!isForgettable(value)) {
        return failed('INVALID_INPUT', `"${value}" has neither a letter nor a digit`, 'Give the whole value.');
      }
      return keeping.alone(async () => {
        try {
          return await forgetAlone(value, how);
        } catch (error) {
          const trouble = troubleOf(error);
          if (trouble === undefined) throw error;
          return failed('DATABASE_UNUSABLE', `the value could not be erased: ${trouble.reason}`, trouble.advice);
        }
      });
    },
    close: thread.close,
  };
}

const MOST_ATTEMPTS = 50;
