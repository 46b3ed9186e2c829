import * as z from 'zod';

/** Why something asked for was not done. Codes are stable; scripts branch on them. */
export const FailureCode = z.enum([
  'INVALID_INPUT',
  'NOT_FOUND',
  'NAME_TAKEN',
  'WRONG_STATE',
  'READ_ONLY_LINK',
  'CONFIRMATION_NEEDED',
  'TOKEN_UNREADABLE',
  'TOKEN_MISSING',
  'NOT_SERVING',
  'PORT_TAKEN',
  'ADDRESS_UNUSABLE',
  'TLS_UNUSABLE',
  'BUSY',
  'DATABASE_NEWER',
  'DATABASE_DAMAGED',
  'DATABASE_UNUSABLE',
  'DATABASE_OWNED',
  'OPERATION_FAILED',
]);
export type FailureCode = z.infer<typeof FailureCode>;

export const Failure = z.object({
  code: FailureCode,
  /** What happened, naming what and where. */
  message: z.string(),
  /** What to do next. */
  advice: z.string(),
});
export type Failure = z.infer<typeof Failure>;

/** An expected outcome: the value, or the reason there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(code: FailureCode, message: string, advice: string): Outcome<never> {
  return { ok: false, failure: { code, message, advice } };
}
