import type { RedactionGroup } from '../../contract/session-log.ts';

/** How a pseudonym is made, so that it still reads as what it stands for. */
export type Shape = 'id' | 'contract' | 'e-mail' | 'phone' | 'country' | 'party' | 'host' | 'address' | 'degrees';

interface KindAbout {
  readonly group: RedactionGroup;
  readonly shape: Shape;
}

const personal = { group: 'personal', shape: 'id' } as const;
const parties = { group: 'parties', shape: 'id' } as const;
const addresses = { group: 'addresses', shape: 'id' } as const;

/** Every kind of value that is replaced, by the name operators see. */
export const KINDS = {
  'token uid': { group: 'personal', shape: 'contract' },
  'contract id': { group: 'personal', shape: 'contract' },
  'visual number': { group: 'personal', shape: 'contract' },
  'group id': { group: 'personal', shape: 'contract' },
  name: personal,
  'e-mail': { group: 'personal', shape: 'e-mail' },
  phone: { group: 'personal', shape: 'phone' },
  'licence plate': personal,
  vehicle: personal,
  'access code': personal,
  'payment data': personal,
  'invoice number': personal,
  'personal field': personal,
  'country code': { group: 'parties', shape: 'country' },
  'party id': { group: 'parties', shape: 'party' },
  party: { group: 'parties', shape: 'party' },
  company: parties,
  'company phone': { group: 'parties', shape: 'phone' },
  'tax number': parties,
  'link name': parties,
  address: addresses,
  city: addresses,
  'postal code': addresses,
  state: addresses,
  directions: addresses,
  'place name': addresses,
  coordinate: { group: 'coordinates', shape: 'degrees' },
  'host name': { group: 'hosts', shape: 'host' },
  'IP address': { group: 'hosts', shape: 'address' },
} as const satisfies Record<string, KindAbout>;

export type ValueKind = keyof typeof KINDS;

export function aboutKind(kind: ValueKind): KindAbout {
  return KINDS[kind];
}
