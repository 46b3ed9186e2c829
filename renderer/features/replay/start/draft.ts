import type { ReplayOptions } from '../../../../core/contract/replay.ts';
import { printSpeed, readSpeed } from './speed.ts';

/** The options as they are being chosen; numbers as they were typed. */
export interface ReplayDraft {
  readonly speed: string;
  /** Empty: whatever fits. */
  readonly play: '' | 'ours' | 'theirs';
  readonly part: '' | NonNullable<ReplayOptions['part']>;
  readonly fromStep: string;
  readonly strict: boolean;
  readonly times: 'start' | 'end';
  readonly wait: string;
  readonly seed: string;
  /** Of a scenario, those that differ from what it says itself. */
  readonly set: Readonly<Record<string, string>>;
  /** `location:LOC1` -> `LOC9`. */
  readonly map: Readonly<Record<string, string>>;
  readonly paused: boolean;
}

export const NEW_DRAFT: ReplayDraft = {
  speed: '1',
  play: '',
  part: '',
  fromStep: '1',
  strict: false,
  times: 'start',
  wait: '',
  seed: '',
  set: {},
  map: {},
  paused: false,
};

export type DraftField = 'speed' | 'fromStep' | 'wait' | 'seed';

export type ReadDraft =
  | { readonly options: Omit<ReplayOptions, 'to' | 'source' | 'confirmed'> }
  | { readonly problems: ReadonlySet<DraftField> };

const LONGEST_WAIT = 86_400;
const LONGEST_SEED = 100;

/** What is asked for, or which fields need another value. What is as usual is left out. */
export function readDraft(draft: ReplayDraft): ReadDraft {
  const speed = readSpeed(draft.speed);
  const fromStep = readWhole(draft.fromStep);
  const wait = draft.wait.trim() === '' ? undefined : Number(draft.wait.trim().replace(',', '.'));
  const seed = draft.seed.trim();
  const problems = new Set<DraftField>();
  if (speed === undefined) problems.add('speed');
  if (fromStep === undefined) problems.add('fromStep');
  if (wait !== undefined && !(wait > 0 && wait <= LONGEST_WAIT)) problems.add('wait');
  if (seed.length > LONGEST_SEED) problems.add('seed');
  if (problems.size > 0 || speed === undefined || fromStep === undefined) return { problems };
  return {
    options: {
      speed,
      ...(draft.play !== '' && { play: draft.play }),
      ...(draft.part !== '' && { part: draft.part }),
      ...(fromStep > 1 && { fromStep }),
      ...(draft.strict && { strict: true }),
      ...(draft.times === 'end' && { times: 'end' as const }),
      ...(wait !== undefined && { wait }),
      ...(seed !== '' && { seed }),
      ...(Object.keys(draft.set).length > 0 && { set: { ...draft.set } }),
      ...(Object.keys(draft.map).length > 0 && { map: { ...draft.map } }),
      ...(draft.paused && { paused: true }),
    },
  };
}

/** As an earlier replay was begun. Its seed is not taken over: the partner may know the ids that were made of it. */
export function draftOf(options: ReplayOptions): ReplayDraft {
  return {
    speed: printSpeed(options.speed ?? 1),
    play: options.play ?? '',
    part: options.part ?? '',
    fromStep: String(options.fromStep ?? 1),
    strict: options.strict ?? false,
    times: options.times ?? 'start',
    wait: options.wait === undefined ? '' : String(options.wait),
    seed: '',
    set: options.set ?? {},
    map: options.map ?? {},
    paused: options.paused ?? false,
  };
}

/** Without an entry where the text is empty, or what it would be anyway. */
export function withEntry(
  entries: Readonly<Record<string, string>>,
  key: string,
  text: string,
  usual: string,
): Readonly<Record<string, string>> {
  const { [key]: _, ...others } = entries;
  return text === '' || text === usual ? others : { ...others, [key]: text };
}

function readWhole(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}
