import type { FaultKind } from '../kind.ts';
import { COST_KINDS } from './money-costs.ts';
import { COURSE_KINDS } from './money-course.ts';

/** Sessions, CDRs and tariffs from which no right invoice can be made. */
export const MONEY_KINDS: readonly FaultKind[] = [...COURSE_KINDS, ...COST_KINDS];
