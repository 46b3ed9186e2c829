import type * as z from 'zod';
import { ReplayOptions } from '../../contract/replay.ts';

/** What is asked of a replay, with the standard of everything that was left out. */
export const ReplayInput = ReplayOptions;
export type ReplayInput = z.output<typeof ReplayOptions>;
