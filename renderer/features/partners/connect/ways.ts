/** Who begins a connection: we register, we invite, or it exists already. */
export const WAYS = ['register', 'invite', 'adopt'] as const;
export type Way = (typeof WAYS)[number];
