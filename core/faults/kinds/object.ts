import type { FaultKind } from '../kind.ts';
import { OBJECT_DATE_KINDS } from './object-dates.ts';
import { OBJECT_FIELD_KINDS } from './object-fields.ts';
import { OBJECT_ID_KINDS } from './object-ids.ts';
import { OBJECT_LIST_KINDS } from './object-lists.ts';

/** Objects that are not as their table has them, in answers and in what we push. */
export const OBJECT_KINDS: readonly FaultKind[] = [
  ...OBJECT_FIELD_KINDS,
  ...OBJECT_ID_KINDS,
  ...OBJECT_DATE_KINDS,
  ...OBJECT_LIST_KINDS,
];
