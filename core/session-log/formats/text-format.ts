import type { RedactionGroup } from '../../contract/session-log.ts';
import type { ExchangeLine } from '../format/records.ts';

/** Exchanges as another program's file, piece by piece. */
export interface TextFormat {
  begin(): string;
  exchange(line: ExchangeLine): string;
  end(): string;
}

/** What such a file says of itself, and how links are called in it. */
export interface FormatContext {
  readonly title: string;
  readonly redacted: readonly RedactionGroup[];
  /** Why personal data stays in; null where it does not. */
  readonly keptPersonal: string | null;
  /** Of the workbench. */
  readonly release: string;
  /** Redacted, as whatever else stands in the file. */
  readonly linkName: (id: number) => string | undefined;
}

/** What became of personal data, in a sentence. */
export function redactionSentence({ redacted, keptPersonal }: FormatContext): string {
  const replaced = redacted.length === 0 ? '' : `Replaced by pseudonyms: ${redacted.join(', ')}.`;
  const kept = keptPersonal === null ? '' : `Personal data was kept: ${keptPersonal}`;
  return [replaced, kept].filter(text => text !== '').join(' ');
}
