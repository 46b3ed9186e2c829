export type GroupId = 'areas' | 'partners' | 'commands' | 'transactions' | 'exchanges' | 'objects';

/** One thing the palette leads to. */
export interface Entry {
  readonly id: string;
  readonly group: GroupId;
  readonly label: string;
  /** Shown beside the label, and searched as well. */
  readonly hint?: string;
  go(): void;
}

/** What is asked for first stands first. */
const ORDER: readonly GroupId[] = ['areas', 'partners', 'commands', 'transactions', 'exchanges', 'objects'];

/** Those of which label or hint has every word, without regard to case. */
export function matching(entries: readonly Entry[], typed: string): readonly Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ label, hint = '' }) => {
    const text = `${label} ${hint}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

export interface Group {
  readonly id: GroupId;
  readonly entries: readonly Entry[];
}

export function grouped(entries: readonly Entry[]): readonly Group[] {
  return ORDER.map(id => ({ id, entries: entries.filter(({ group }) => group === id) })).filter(
    ({ entries }) => entries.length > 0,
  );
}
