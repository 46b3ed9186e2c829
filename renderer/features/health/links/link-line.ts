import type { LinkHealth, Notice } from '../../../../core/contract/health.ts';
import type { Tone } from '../../../ui/chip.tsx';

const WEIGHT = { error: 3, warning: 2, note: 1 } as const;

export const SEVERITY_TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const satisfies Record<
  Notice['severity'],
  Tone
>;

/** The heaviest of what is over its threshold and still goes on; undefined where nothing does. */
export function heaviest(notices: readonly Notice[]): Notice['severity'] | undefined {
  return notices
    .filter(({ until }) => until === null)
    .map(({ severity }) => severity)
    .sort((left, right) => WEIGHT[right] - WEIGHT[left])[0];
}

/** Links with the heaviest notices first, then by name: they keep their places while figures change. */
export function worstFirst(links: readonly LinkHealth[]): LinkHealth[] {
  const weight = ({ notices }: LinkHealth) => {
    const severity = heaviest(notices);
    return severity === undefined ? 0 : WEIGHT[severity];
  };
  return [...links].sort((left, right) => weight(right) - weight(left) || left.link.localeCompare(right.link));
}

export interface LastPull {
  /** RFC 3339, of the newest that went well; null: none did. */
  readonly good: string | null;
  /** Modules whose newest pull did not go well. */
  readonly failing: readonly string[];
}

/** Undefined where nothing was ever pulled. */
export function lastPullOf({ pulls }: Pick<LinkHealth, 'pulls'>): LastPull | undefined {
  const tried = pulls.filter(({ last }) => last !== null);
  if (tried.length === 0) return undefined;
  const good = tried
    .flatMap(({ lastGood }) => lastGood ?? [])
    .sort((left, right) => Date.parse(right) - Date.parse(left))[0];
  return { good: good ?? null, failing: tried.filter(({ lastOk }) => lastOk === false).map(({ module }) => module) };
}

/** Days since the oldest token was issued; undefined where none is known. */
export function oldestToken({ tokens }: Pick<LinkHealth, 'tokens'>): number | undefined {
  return tokens.length === 0 ? undefined : Math.max(...tokens.map(({ days }) => days));
}
