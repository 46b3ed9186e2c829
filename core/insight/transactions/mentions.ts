import type { Observed } from '../observed.ts';
import { readingOf } from '../reading.ts';
import { bodyOf, idIn, objectsRead } from './fields.ts';
import type { Mention } from './mention.ts';
import { bookingMention, cdrMention, sessionMention } from './told-objects.ts';
import { aboutSession, authorizationMention, orderMention, paymentMention, resultMention } from './told-orders.ts';

/** The charges an exchange is about: none, one, of a list several, each at the same place however often it is asked. */
export function mentionsOf(observed: Observed): readonly Mention[] {
  const reading = readingOf(observed);
  const { entry } = reading;
  const objects = () => (observed.method === 'GET' ? objectsRead(reading) : [bodyOf(reading)]);
  const each = (mention: (object: ReturnType<typeof bodyOf>) => Mention | undefined) =>
    objects().flatMap(object => mention(object) ?? []);
  switch (entry?.module) {
    case 'sessions':
      if (entry.id === 'sessions.put-preferences') return [aboutSession(reading, 'preferences')];
      return each(object => sessionMention(reading, object));
    case 'cdrs':
      return each(object => cdrMention(reading, object));
    case 'commands':
      return [entry.base === 'given-url' ? resultMention(reading) : orderMention(reading)];
    case 'chargingprofiles':
      if (entry.base === 'given-url') return [resultMention(reading)];
      return [entry.interface === 'SENDER' ? aboutSession(reading, 'profile') : orderMention(reading)];
    case 'tokens':
      return entry.id === 'tokens.authorize' ? [authorizationMention(reading)] : [];
    case 'payments':
      return each(object => paymentMention(reading, object));
    case 'bookings':
      return each(object => bookingMention(reading, object));
    default:
      return [];
  }
}

/** Uid and auth_id of the tokens that a message of 2.1.1 holds. */
export function tokensIn(observed: Observed): readonly { readonly uid: string; readonly contract: string }[] {
  const reading = readingOf(observed);
  const objects = observed.method === 'GET' ? objectsRead(reading) : [bodyOf(reading)];
  return objects.flatMap(object => {
    const uid = idIn(object, 'uid') ?? reading.params['token_uid'];
    const contract = idIn(object, 'auth_id');
    return uid === undefined || contract === undefined ? [] : [{ uid, contract }];
  });
}
