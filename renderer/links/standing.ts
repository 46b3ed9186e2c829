import type { LinkView } from '../../core/contract/links.ts';

/** Calls go out and come in: it has been agreed on how, and it is no link of an imported log. */
export function isStanding({ state, importedLog }: Pick<LinkView, 'state' | 'importedLog'>): boolean {
  return (state === 'registered' || state === 'adopted') && importedLog === null;
}
