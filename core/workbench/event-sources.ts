import type { History } from '../history/history.ts';
import type { EventHub } from './events.ts';

/** Tells of what the history hears; the desks tell of the rest themselves. */
export function bindEvents({ history, events }: { readonly history: History; readonly events: EventHub }): void {
  // Known before anything happens: a batch of changes alone names the newest too.
  const [last] = history.exchanges.list({ limit: 1 });
  events.tell({ kind: 'exchanges', recorded: 0, failed: 0, newest: last?.id ?? 0, changed: [] });
  history.onCommit(commit => events.tell({ kind: 'exchanges', ...commit }));
  history.onHealth(() => events.tell({ kind: 'platform' }));
  history.onChange(change => {
    if (change.kind !== 'objects') events.tell(change);
    else {
      const link = history.links.nameOf(change.linkId);
      if (link !== undefined) events.tell({ kind: 'objects', list: `${link}/${change.module}` });
    }
  });
}
