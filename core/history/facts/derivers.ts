import { billDeriver } from './bills.ts';
import { statusDeriver } from './evse-statuses.ts';
import type { ObjectDeriverKind } from './following.ts';

/** Who derives something from objects. One that is added lets FACTS_VERSION grow, once it is released. */
export const OBJECT_DERIVERS: readonly ObjectDeriverKind[] = [billDeriver, statusDeriver];
