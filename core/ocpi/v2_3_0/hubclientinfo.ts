import type * as z from 'zod';
import { ocpiObject } from '../schema.ts';
import * as before from '../v2_2_1/hubclientinfo.ts';
import { Role } from './credentials.ts';

/** As in 2.2.1, but the role HUB is gone: a hub that describes itself is warned about (T30b, T35). */
export const ClientInfo = ocpiObject('ClientInfo', { ...before.ClientInfo.shape, role: Role });
export type ClientInfo = z.infer<typeof ClientInfo>;
