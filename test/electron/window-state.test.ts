import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStateFile } from '../../electron/state-file.ts';
import { placeWindow, SMALLEST } from '../../electron/window-state.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const RIGHT_OF_IT = { x: 1440, y: 0, width: 2560, height: 1440 };
const kept = (x: number, y: number, width = 1200, height = 800) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe('where the window opens', () => {
  it('the system places the first one', () => {
    expect(placeWindow(undefined, [LAPTOP])).toEqual({ width: 1280, height: 800 });
  });

  it('is where it was left, on whichever display', () => {
    expect(placeWindow(kept(100, 60), [LAPTOP])).toEqual({ x: 100, y: 60, width: 1200, height: 800 });
    expect(placeWindow(kept(2000, 300), [LAPTOP, RIGHT_OF_IT])).toMatchObject({ x: 2000, y: 300 });
  });

  it('is on a display that is there when the one it was on is gone', () => {
    expect(placeWindow(kept(2000, 300), [LAPTOP])).toEqual({ width: 1200, height: 800 });
  });

  it('is no larger than its display, and never too small to work in', () => {
    expect(placeWindow(kept(1500, 0, 9000, 9000), [LAPTOP, RIGHT_OF_IT])).toMatchObject({ width: 2560, height: 1440 });
    expect(placeWindow(kept(0, 30, 10, 10), [LAPTOP])).toMatchObject(SMALLEST);
  });

  it('wherever it was left, its title bar can be caught hold of', () => {
    const place = fc.integer({ min: -100_000, max: 100_000 });
    const size = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(place, place, size, size, (x, y, width, height) => {
        const { x: left, y: top, width: across } = placeWindow(kept(x, y, width, height), [LAPTOP, RIGHT_OF_IT]);
        if (left === undefined || top === undefined) return;
        const shown = [LAPTOP, RIGHT_OF_IT].some(
          display =>
            top >= display.y &&
            top <= display.y + display.height &&
            Math.min(left + across, display.x + display.width) - Math.max(left, display.x) >= 100,
        );
        expect(shown).toBe(true);
      }),
    );
  });
});

describe('what the desktop remembers', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-state-'));
    file = join(folder, 'deeper', 'desktop.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps each part when another one changes', () => {
    const state = createStateFile(file);
    state.change({ database: '/data/one.db' });
    state.change({ window: kept(1, 2) });
    expect(createStateFile(file).read()).toEqual({ database: '/data/one.db', window: kept(1, 2) });
  });

  it.each([
    '',
    '{',
    '[]',
    '{"window":{"bounds":{"x":"left"}}}',
    '{"window":{"bounds":{"x":0.5,"y":0,"width":1,"height":1},"maximized":false}}',
  ])('counts a damaged file as none: %s', text => {
    createStateFile(file).change({ database: '/data/one.db' });
    writeFileSync(file, text);
    expect(createStateFile(file).read()).toEqual({});
    createStateFile(file).change({ database: '/data/two.db' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ database: '/data/two.db' });
  });

  it('goes on without memory where the disk refuses', () => {
    writeFileSync(join(folder, 'deeper'), 'a file where the folder would be');
    const state = createStateFile(file);
    expect(() => state.change({ database: '/data/one.db' })).not.toThrow();
    expect(state.read()).toEqual({});
  });
});
