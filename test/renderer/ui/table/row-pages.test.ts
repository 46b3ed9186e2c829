import { describe, expect, it } from 'vitest';
import { RowPages } from '../../../../renderer/ui/table/row-pages.ts';

/** Rows that say which key they were loaded under; what is asked for waits until it is let go. */
function source() {
  const asked: { offset: number; signal: AbortSignal; answer: (text: string) => void }[] = [];
  let changes = 0;
  const failures: unknown[] = [];
  const pages = new RowPages<string>({
    load: (offset, limit, signal) =>
      new Promise(resolve => {
        const answer = (text: string) => resolve(Array.from({ length: limit }, (_, at) => `${text} ${offset + at}`));
        asked.push({ offset, signal, answer });
      }),
    onChange: () => {
      changes += 1;
    },
    onFailure: error => failures.push(error),
  });
  return { pages, asked, failures, changes: () => changes };
}

const settled = () => new Promise(resolve => setTimeout(resolve, 80));
const turn = () => new Promise(resolve => setTimeout(resolve, 0));

describe('rows by page', () => {
  it('are asked for by the hundred, what shows before what lies around it', async () => {
    const { pages, asked } = source();
    pages.look({ first: 120, last: 150, count: 1000, key: 'a' });
    expect(asked.map(({ offset }) => offset)).toEqual([100]);
    asked[0]?.answer('a');
    await turn();
    expect(asked.map(({ offset }) => offset)).toEqual([100, 200, 0]);
    expect(pages.row(120)).toBe('a 120');
    expect(pages.row(320)).toBeUndefined();
  });

  it('stay while newer ones are loaded, and a load that is under way is let finish', async () => {
    const { pages, asked } = source();
    const look = (key: string) => pages.look({ first: 0, last: 30, count: 100, key });
    look('a');
    look('b');
    look('c');
    expect(asked).toHaveLength(1);
    asked[0]?.answer('a');
    await turn();
    expect(pages.row(0)).toBe('a 0');
    expect(asked).toHaveLength(2);
    asked[1]?.answer('c');
    await turn();
    expect(pages.row(0)).toBe('c 0');
    expect(asked).toHaveLength(2);
  });

  it('that are flung past are not asked for, and what is no longer looked at is cancelled', async () => {
    const { pages, asked } = source();
    pages.look({ first: 0, last: 30, count: 1_000_000, key: 'a' });
    for (let first = 5000; first < 500_000; first += 5000) {
      pages.look({ first, last: first + 30, count: 1_000_000, key: 'a' });
    }
    await settled();
    expect(asked.map(({ offset }) => offset)).toEqual([0, 495_000]);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(asked[1]?.signal.aborted).toBe(false);
  });

  it('are kept a few pages around the view, however far one goes', async () => {
    const { pages, asked } = source();
    for (let first = 0; first < 5000; first += 50) {
      pages.look({ first, last: first + 30, count: 5000, key: 'a' });
      for (const { offset, answer } of asked) answer(`${offset}`);
      await turn();
    }
    await settled();
    expect(pages.size).toBeLessThanOrEqual(8);
    expect(pages.row(4950)).toBeDefined();
  });

  it('are not asked for again after a failure until one tries again or the rows change', async () => {
    let attempts = 0;
    const failures: unknown[] = [];
    const pages = new RowPages<string>({
      load: () => {
        attempts += 1;
        return Promise.reject(new Error('no'));
      },
      onChange: () => {},
      onFailure: error => failures.push(error),
    });
    const look = (key: string) => pages.look({ first: 0, last: 30, count: 100, key });
    look('a');
    await turn();
    look('a');
    await turn();
    expect([attempts, failures.length]).toEqual([1, 1]);
    pages.retry();
    await turn();
    look('b');
    await turn();
    expect(attempts).toBe(3);
  });

  it('are let go of when the table is left', () => {
    const { pages, asked } = source();
    pages.look({ first: 0, last: 30, count: 100, key: 'a' });
    pages.end();
    expect(asked[0]?.signal.aborted).toBe(true);
  });
});
