import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemClock } from '../../../core/clock.ts';
import type { History } from '../../../core/history/history.ts';

function derivedUpTo(file: string): unknown {
  if (!existsSync(`${file}.search`)) return undefined;
  const index = new Database(`${file}.search`, { readonly: true });
  try {
    return index.prepare('SELECT min(facet_state.up_to, state.up_to) FROM facet_state, state').pluck().get();
  } catch {
    // It is being made.
    return undefined;
  } finally {
    index.close();
  }
}

/** Resolves when the worker has derived everything: words are found then. */
export async function settled(history: History): Promise<void> {
  for (let left = 400; left > 0; left--) {
    const derived = derivedUpTo(history.file);
    if (derived === history.exchanges.list({ limit: 1 })[0]?.id) return;
    await systemClock.sleep(20);
  }
  throw new Error('the facets never came to the newest exchange');
}
