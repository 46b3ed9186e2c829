import { PulledModule } from '../contract/objects.ts';
import { PullBookmark } from '../contract/pulls.ts';
import type { PullPorts } from '../flows/pull/ports.ts';
import type { History } from '../history/history.ts';

/** Where pulls that ended early stood, among the settings of the database. */
export function bindBookmarks({
  settings,
  transaction,
}: Pick<History, 'settings' | 'transaction'>): Pick<PullPorts, 'bookmark' | 'keepBookmark'> {
  return {
    bookmark: (linkId, module) => settings.get(nameOf(linkId, module), PullBookmark),
    keepBookmark: (linkId, module, bookmark) => {
      transaction(() => settings.set(nameOf(linkId, module), bookmark));
    },
  };
}

/** Of a link that goes. Inside a transaction. */
export function forgetPulls({ settings }: Pick<History, 'settings'>, linkId: number): void {
  for (const module of PulledModule.options) settings.set(nameOf(linkId, module), undefined);
}

function nameOf(linkId: number, module: PulledModule): string {
  return `pull.bookmark.${linkId}.${module}`;
}
