/** How what names a charge is written as a key; without regard to case, as ids are compared. */
const key = (kind: string, ...parts: readonly (string | undefined)[]) =>
  `${kind} ${parts.map(part => part ?? '*').join(' ')}`.toLowerCase();

/** Sessions are named with their owner by those who push them, and without by commands and by 2.1.1's lists. */
export const sessionKey = (owner: string | undefined, id: string) => key('session', owner, id);
export const cdrKey = (owner: string | undefined, id: string) => key('cdr', owner, id);
export const referenceKey = (reference: string) => key('reference', reference);
export const urlKey = (url: string) => `url ${url}`;
export const reservationKey = (id: string) => key('reservation', id);
export const bookingKey = (id: string) => key('booking', id);
export const correlationKey = (id: string) => `correlation ${id}`;
export const tokenKey = (uid: string) => key('token', uid);
export const contractKey = (id: string) => key('contract', id);
export const placeKey = (location: string, evse: string | undefined) => key('place', location, evse);
