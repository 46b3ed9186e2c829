/**
 * What a page answers over a MessagePort to each message it has taken: a port has no measure of its own for how much is
 * on its way to a page that is slow or stands still.
 */
export const TAKEN = 'taken';
