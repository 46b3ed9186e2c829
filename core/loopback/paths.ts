/** Where the contract is spoken over WebSocket. */
export const CONTRACT_PATH = '/contract';

/** Where another process of this user asks for an address of the page (POST). */
export const ADDRESS_PATH = '/address';
