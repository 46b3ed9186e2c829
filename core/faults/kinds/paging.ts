import type { FaultKind } from '../kind.ts';
import { PAGING_COUNT_KINDS } from './paging-counts.ts';
import { PAGING_LINK_KINDS } from './paging-link.ts';

/** Lists whose pages do not fit together. */
export const PAGING_KINDS: readonly FaultKind[] = [...PAGING_LINK_KINDS, ...PAGING_COUNT_KINDS];
