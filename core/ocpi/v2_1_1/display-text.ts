import type * as z from 'zod';
import { OcpiString, ocpiObject } from '../schema.ts';

/** Digest 5, the same in every version: plain text in one language (ISO 639-1). */
export const DisplayText = ocpiObject('DisplayText', { language: OcpiString(2), text: OcpiString(512) });
export type DisplayText = z.infer<typeof DisplayText>;
