import * as z from 'zod';
import { FailureCode } from './failure.ts';

const data = z.object({ advice: z.string() });

/** Every failure as a typed error of every procedure: the code, a message, and `data.advice`. */
export const failures = Object.fromEntries(FailureCode.options.map(code => [code, { data }])) as {
  readonly [Code in FailureCode]: { readonly data: typeof data };
};
