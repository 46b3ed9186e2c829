import type { CodeExplanation } from '../../../core/contract/explanation.ts';
import { compareVersions } from '../../../core/ocpi/versions.ts';
import type { TroubleRow } from './matrix.ts';

export interface ShownMeaning {
  readonly text: string;
  /** For which it holds, where it is not the same in all. */
  readonly versions: readonly string[];
}

/**
 * What a code means where it was met: in the versions that were spoken, newest first. Of a code that means one thing where
 * we asked and another where we were asked, the first is the former.
 */
export function meaningsFor(
  { meanings }: Pick<CodeExplanation, 'meanings'>,
  { direction, versions }: Pick<TroubleRow, 'direction' | 'versions'>,
): readonly ShownMeaning[] {
  const shown = meanings.map(({ meaning, versions }) => ({ text: meaning, versions }));
  if (shown.every(({ versions }) => versions.length === 0)) {
    const one = direction === 'out' ? shown[0] : shown.at(-1);
    return one === undefined ? [] : [one];
  }
  const spoken = shown.filter(one => one.versions.some(version => versions.includes(version)));
  return (spoken.length > 0 ? spoken : shown).sort((left, right) =>
    compareVersions(newest(right.versions), newest(left.versions)),
  );
}

function newest(versions: readonly string[]): string {
  return [...versions].sort(compareVersions).at(-1) ?? '';
}
