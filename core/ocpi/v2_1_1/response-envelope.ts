import type * as z from 'zod';
import { anything, DateTimeText, OcpiString, ocpiInt, ocpiObject, optional, tolerated } from '../schema.ts';

/** Digest 1.4, the same in every version; `readEnvelope` is what answers are read with. */
export const ResponseEnvelope = ocpiObject('ResponseEnvelope', {
  data: optional(anything()),
  status_code: ocpiInt(),
  status_message: optional(OcpiString()),
  timestamp: tolerated(DateTimeText(), 'envelope.timestamp.missing'),
});
export type ResponseEnvelope = z.infer<typeof ResponseEnvelope>;
