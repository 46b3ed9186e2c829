import type { LinkHealth } from '../../../../core/contract/health.ts';

export type Hour = LinkHealth['hours'][number];

export interface Bar {
  readonly x: number;
  readonly width: number;
  /** Of all exchanges, and how much of it failed; from the ground up. */
  readonly height: number;
  readonly failed: number;
}

const LEAST = 2;

/** Hours side by side: as high as they are busy, what failed at the ground. What is there at all is seen. */
export function barsOf(hours: readonly Hour[], size: { readonly width: number; readonly height: number }): Bar[] {
  const most = Math.max(1, ...hours.map(({ exchanges }) => exchanges));
  const step = size.width / Math.max(1, hours.length);
  return hours.map(({ exchanges, failed }, at) => {
    const failedHeight = failed === 0 ? 0 : Math.max(LEAST, (failed / most) * size.height);
    const height = exchanges === 0 ? 0 : Math.max(LEAST, failedHeight, (exchanges / most) * size.height);
    return { x: at * step, width: Math.max(1, step - 1), height, failed: failedHeight };
  });
}

/** One path for all of them. */
export function pathOf(bars: readonly Bar[], which: 'height' | 'failed', ground: number): string {
  return bars
    .filter(bar => bar[which] > 0)
    .map(bar => {
      const tall = bar[which].toFixed(2);
      return `M${bar.x.toFixed(2)} ${ground}v-${tall}h${bar.width.toFixed(2)}v${tall}z`;
    })
    .join('');
}

/** How many there were, and how many failed, over all of them. */
export function totalOf(hours: readonly Hour[]): { readonly exchanges: number; readonly failed: number } {
  return hours.reduce(
    (sum, { exchanges, failed }) => ({ exchanges: sum.exchanges + exchanges, failed: sum.failed + failed }),
    { exchanges: 0, failed: 0 },
  );
}
