/** Modules of this area. */
export const PULLED = ['locations', 'tariffs'] as const;
export type Pulled = (typeof PULLED)[number];
