/** Follows objects of a database a batch at a time, telling of each, until it is killed. */
import { openFacts } from '../../../core/history/facts/facts.ts';

if (process.argv[1] === import.meta.filename) {
  const facts = openFacts({ file: process.argv[2] ?? '', databaseId: process.argv[3] ?? '' });
  for (;;) {
    const { isMore } = facts.following().follow(() => false);
    // Heard before the next batch begins: that one is what it is killed in.
    await new Promise<void>(resolve => process.send?.(isMore, undefined, {}, () => resolve()));
    if (!isMore) break;
  }
}
