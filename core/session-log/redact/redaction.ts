import type { RedactedKind, RedactionGroup } from '../../contract/session-log.ts';
import type { HeaderLine, LogRecord } from '../format/records.ts';
import { createPlaceMemory } from './place-memory.ts';
import { createRecordTexts } from './record-texts.ts';
import { createSecrets, type Seal } from './secrets.ts';
import { createTexts } from './texts.ts';
import { createValues } from './values.ts';

export interface RedactionOptions {
  readonly groups: readonly RedactionGroup[];
  /** Drawn anew for every file: the same value has another pseudonym in the next. */
  readonly key: string;
  readonly seal: Seal;
}

/**
 * Replaces values by pseudonyms, in two passes over the same records (one read transaction): every record is looked at first,
 * since a value that one names may stand in the note of another before it. What only `apply` meets is replaced at its typed
 * places and in what follows.
 */
export interface Redaction {
  /** First pass: which values there are. */
  look(record: LogRecord): void;
  /** What is replaced; `values` after the first pass, `places` as far as the second one has come. */
  counts(): RedactedKind[];
  /** What the operator should know, one sentence each; complete after the second pass. */
  notes(): string[];
  /** Second pass: a sealed, redacted copy. */
  apply(record: LogRecord): LogRecord;
  /** Title, scope, reason and platform of the header; after the first pass. */
  header<T extends Omit<HeaderLine, 'type' | 'format'>>(header: T): T;
}

export function createRedaction({ groups, key, seal }: RedactionOptions): Redaction {
  const values = createValues({ groups, key, isToken: text => seal.text(text) !== text });
  const secrets = createSecrets(seal);
  const memory = createPlaceMemory();
  const looking = createRecordTexts(createTexts(values, { looking: true, memory }), secrets);
  const texts = createTexts(values, { looking: false, memory });
  const applying = createRecordTexts(texts, secrets);

  return {
    look(record) {
      looking.record(record);
    },
    apply: record => applying.record(record),
    header(header) {
      const { title, scope, keptPersonal, platform } = header;
      return { ...header, ...applying.details({ title, scope, keptPersonal, platform }) };
    },
    counts() {
      const kinds = values.counts();
      const { places } = secrets;
      if (places > 0)
        kinds.unshift({ group: 'tokens', kind: 'credentials token', values: places, places, example: null });
      const { unreadable } = applying;
      if (unreadable > 0) {
        kinds.push({ group: 'unreadable', kind: 'body', values: unreadable, places: unreadable, example: null });
      }
      return kinds;
    },
    notes() {
      const notes: string[] = [];
      const { lengthened } = values;
      if (lengthened > 0) {
        notes.push(
          `${count(lengthened, 'value is', 'values are')} so short that the pseudonym had to be longer, which changes lengths.`,
        );
      }
      const { unreadable } = applying;
      if (unreadable > 0) {
        notes.push(
          `${count(unreadable, 'body', 'bodies')} nobody can look into (no text, or packed and broken) stayed out.`,
        );
      }
      return notes;
    },
  };
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
