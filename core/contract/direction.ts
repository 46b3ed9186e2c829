import * as z from 'zod';

/** Of an exchange: `in` where a partner called us, `out` where we called a partner. */
export const Direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof Direction>;
