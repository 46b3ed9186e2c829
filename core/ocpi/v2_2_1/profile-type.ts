import type * as z from 'zod';
import { closedEnum } from '../schema.ts';

/** What a driver prefers; sessions, tokens and tariffs speak of it (digest 6.2). */
export const ProfileType = closedEnum('ProfileType', ['CHEAP', 'FAST', 'GREEN', 'REGULAR']);
export type ProfileType = z.infer<typeof ProfileType>;
