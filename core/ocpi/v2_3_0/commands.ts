import type * as z from 'zod';
import { decisiveEnum, ocpiObject, ruled } from '../schema.ts';
import { judgeTarget } from '../stances/commands.ts';
import * as before from '../v2_2_1/commands.ts';
import { Token } from './tokens.ts';

// Commands of 2.3.0 (digest 6.6). What is not stated here is as in 2.2.1.

/** Open, yet what it asks for has to be known all the same (T30a). */
export const CommandType = decisiveEnum(
  'CommandType',
  ['CANCEL_RESERVATION', 'RESERVE_NOW', 'START_SESSION', 'STOP_SESSION', 'UNLOCK_CONNECTOR'],
  { open: true },
);
export type CommandType = z.infer<typeof CommandType>;

export const ReserveNow = ocpiObject('ReserveNow', { ...before.ReserveNow.shape, token: Token });
export type ReserveNow = z.infer<typeof ReserveNow>;

export const StartSession = ruled(
  ocpiObject('StartSession', { ...before.StartSession.shape, token: Token }),
  judgeTarget,
);
export type StartSession = z.infer<typeof StartSession>;
