import type { CDPSession, Page } from '@playwright/test';

/** What frames took, in milliseconds. */
export interface Frames {
  readonly count: number;
  readonly p999: number;
  readonly worst: number;
}

function framesOf(deltas: readonly number[]): Frames {
  const sorted = [...deltas].sort((left, right) => left - right);
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.999) - 1);
  return { count: sorted.length, p999: sorted[at] ?? 0, worst: sorted.at(-1) ?? 0 };
}

/** From the first byte asked for until rows stand in the table, and until the filter can be typed into. */
export async function whenUsable(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const look = () => {
          const row = document.querySelector('[role=row][data-index="0"] time');
          const input = document.querySelector<HTMLInputElement>('search input');
          if (row === null || input === null) return requestAnimationFrame(look);
          input.focus();
          // The frame in which both stand is drawn when the next one begins.
          return requestAnimationFrame(() => resolve(performance.now()));
        };
        look();
      }),
  );
}

/** Milliseconds from the last change of the filter's text until the first rows of another filter are drawn. */
export async function typeFilter(page: Page, text: string): Promise<number> {
  await page.locator('search input').focus();
  await page.evaluate(() => {
    const first = () => document.querySelector('[role=row][data-index="0"] time')?.getAttribute('datetime') ?? '';
    const before = first();
    const seen = { typed: 0, drawn: 0 };
    Object.assign(window, { seenByBench: seen });
    const typed = () => {
      seen.typed = performance.now();
    };
    document.querySelector('search input')?.addEventListener('input', typed, { once: true });
    const look = (now: number) => {
      // Drawn with the frame that ends before this one.
      if (seen.typed > 0 && first() !== before) seen.drawn = now;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  // Its last key, as far as the page can tell.
  await page.keyboard.insertText(text);
  const took = await page.waitForFunction(() => {
    const { typed, drawn } = (window as unknown as { seenByBench: { typed: number; drawn: number } }).seenByBench;
    return drawn > 0 ? drawn - typed : false;
  });
  return (await took.jsonValue()) as number;
}

/** Milliseconds from the click on the area Errors until its grid is drawn. */
export async function openErrors(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const began = performance.now();
        const look = () => {
          if (document.querySelector('[role=grid] [role=rowheader]') === null) return requestAnimationFrame(look);
          // Drawn when the next frame begins.
          return requestAnimationFrame(() => resolve(performance.now() - began));
        };
        document.querySelector<HTMLElement>('a[href$="#/errors"]')?.click();
        look();
      }),
  );
}

/** Scrolls from top to bottom in so many frames, and back to the top; what each frame took. */
export async function scrollThrough(page: Page, frames: number): Promise<Frames> {
  const deltas = await page.evaluate(
    frames =>
      new Promise<number[]>((resolve, reject) => {
        const grid = document.querySelector('[role=grid]');
        if (grid === null) return reject(new Error('there is no table'));
        const end = grid.scrollHeight - grid.clientHeight;
        const deltas: number[] = [];
        let last = performance.now();
        let frame = 0;
        const step = (now: number) => {
          if (frame > 0) deltas.push(now - last);
          last = now;
          frame += 1;
          grid.scrollTop = (end * frame) / frames;
          if (frame >= frames) resolve(deltas);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    frames,
  );
  return framesOf(deltas);
}

/** Scrolls at a reader's pace, so many pixels a frame, so that every page of rows is loaded and drawn. */
export async function readThrough(page: Page, frames: number, pixels: number): Promise<Frames> {
  const deltas = await page.evaluate(
    ({ frames, pixels }) =>
      new Promise<number[]>((resolve, reject) => {
        const grid = document.querySelector('[role=grid]');
        if (grid === null) return reject(new Error('there is no table'));
        const deltas: number[] = [];
        let last = 0;
        const step = (now: number) => {
          if (last > 0) deltas.push(now - last);
          last = now;
          grid.scrollTop += pixels;
          if (deltas.length >= frames) resolve(deltas);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { frames, pixels },
  );
  return framesOf(deltas);
}

/** Watches frames, and how often the first row became another one, until it is asked. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames & { readonly turns: number }>> {
  await page.evaluate(() => {
    const watched = { deltas: [] as number[], turns: 0, on: true };
    let last = 0;
    let first = '';
    const step = (now: number) => {
      if (last > 0) watched.deltas.push(now - last);
      last = now;
      const row = document.querySelector('[role=row][data-index="0"] time')?.getAttribute('datetime') ?? '';
      if (row !== first) watched.turns += 1;
      first = row;
      if (watched.on) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    Object.assign(window, { watchedByBench: watched });
  });
  return async () => {
    const { deltas, turns } = await page.evaluate(() => {
      const { watchedByBench } = window as unknown as {
        watchedByBench: { deltas: number[]; turns: number; on: boolean };
      };
      watchedByBench.on = false;
      return { deltas: watchedByBench.deltas, turns: watchedByBench.turns };
    });
    return { ...framesOf(deltas), turns };
  };
}

/** Bytes of JavaScript objects that are still referenced. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
