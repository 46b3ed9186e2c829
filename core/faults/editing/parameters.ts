import * as z from 'zod';

/** Of kinds that need not be told anything. */
export const NO_PARAMETERS = z.strictObject({});

/** A final HTTP status. */
export const HttpStatus = z.int().min(200).max(599);

/** Any code of an envelope, those of other people's making included. */
export const OcpiStatus = z.int().min(1000).max(4999);

/** What stands in the body of a refusal. */
export const RefusalBody = z.enum(['envelope', 'framework', 'html', 'none']);
export type RefusalBody = z.infer<typeof RefusalBody>;
