import * as z from 'zod';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
export type Bounds = z.infer<typeof Bounds>;

/** What the desktop remembers between starts. */
export const DesktopState = z.object({
  window: z.object({ bounds: Bounds, maximized: z.boolean() }).optional(),
  /** The database that was open last. */
  database: z.string().optional(),
});
export type DesktopState = z.infer<typeof DesktopState>;

export const SMALLEST = { width: 900, height: 600 };
const FIRST = { width: 1280, height: 800 };
/** So much of a window must lie on a display for its title bar to be caught hold of. */
const CATCHABLE = { width: 120, height: 40 };

/** Reads what was kept; what is damaged or of another shape counts as nothing kept. */
export function readDesktopState(text: string | undefined): DesktopState {
  if (text === undefined) return {};
  try {
    return DesktopState.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/**
 * Where the window opens: as it was left, if a display still shows it there, no larger than that display. Displays are
 * given by their work areas. Without x and y the system places it.
 */
export function placeWindow(
  kept: DesktopState['window'],
  displays: readonly Bounds[],
): { width: number; height: number; x?: number; y?: number } {
  if (kept === undefined) return FIRST;
  const { bounds } = kept;
  for (const display of displays) {
    const { width, height } = sizeOn(display, bounds);
    const y = Math.max(bounds.y, display.y);
    if (isCatchable({ x: bounds.x, y, width, height }, bounds.y, display)) return { width, height, x: bounds.x, y };
  }
  return sizeOn(displays[0] ?? { x: 0, y: 0, ...FIRST }, bounds);
}

function sizeOn(display: Bounds, { width, height }: Bounds): { width: number; height: number } {
  return {
    width: Math.max(SMALLEST.width, Math.min(width, display.width)),
    height: Math.max(SMALLEST.height, Math.min(height, display.height)),
  };
}

/** `keptTop` is where the top was left: far above a display is not on it, a title bar's height above is. */
function isCatchable({ x, y, width }: Bounds, keptTop: number, display: Bounds): boolean {
  const across = Math.min(x + width, display.x + display.width) - Math.max(x, display.x);
  return (
    across >= CATCHABLE.width &&
    keptTop >= display.y - CATCHABLE.height &&
    y <= display.y + display.height - CATCHABLE.height
  );
}
