import type { Problem } from '../../contract/explanation.ts';

/** A problem before the findings and cases that belong to it are put beside it. */
export type Told = Omit<Problem, 'cases' | 'findings'>;
