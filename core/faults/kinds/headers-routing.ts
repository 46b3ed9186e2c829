import * as z from 'zod';
import { formatPartyId } from '../../ocpi/party-id.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { altered, nothing } from '../editing/altered.ts';
import { dropHeaders, hasHeader, setHeader, withHeaders } from '../editing/headers.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const TO = ['OCPI-to-party-id', 'OCPI-to-country-code'] as const;
const FROM = ['OCPI-from-party-id', 'OCPI-from-country-code'] as const;
const NONE = 'there are no routing headers';

const ROUTED = {
  family: 'headers',
  directions: ['answer', 'send'],
  cases: [21],
  fits: ({ functional }: { readonly functional: boolean }) => functional,
  sample: { operation: 'locations.list', version: '2.2.1', direction: 'answer' },
} as const;

const missing = faultKind({
  ...ROUTED,
  kind: 'headers.routing-missing',
  title: 'No routing headers',
  explain: ({ which }) => `${which === 'both' ? 'All routing headers are' : `The OCPI-${which} headers are`} left out.`,
  parameters: z.strictObject({
    which: z.enum(['both', 'to', 'from']).default('both').describe('Which party is left out.'),
  }),
  sample: { ...ROUTED.sample, direction: 'send' },
  alter: (draft, { parameters: { which } }) => {
    const { headers } = draft.message;
    const names = [...(which === 'from' ? [] : TO), ...(which === 'to' ? [] : FROM)];
    if (!names.some(name => hasHeader(headers, name))) return nothing(NONE);
    return altered(
      withHeaders(draft, dropHeaders(headers, ...names)),
      which === 'both' ? 'the routing headers were left out' : `the OCPI-${which} headers were left out`,
    );
  },
});

const swapped = faultKind({
  ...ROUTED,
  kind: 'headers.routing-swapped',
  title: 'Routing headers swapped',
  explain: () => 'Sender and addressee have changed places in the routing headers.',
  parameters: NO_PARAMETERS,
  alter: draft => {
    const { headers } = draft.message;
    if (![...TO, ...FROM].some(name => hasHeader(headers, name))) return nothing(NONE);
    const changed = [0, 1].reduce<RawHeaders>((lines, at) => {
      const [to, from] = [TO[at] ?? TO[0], FROM[at] ?? FROM[0]];
      return write(write(lines, to, headerValue(headers, from)), from, headerValue(headers, to));
    }, headers);
    return altered(withHeaders(draft, changed), 'sender and addressee were swapped in the routing headers');
  },
});

const selfAddressed = faultKind({
  ...ROUTED,
  kind: 'headers.routing-self-addressed',
  title: 'Addressed to its own sender',
  explain: () => 'The routing headers name the sender as the addressee.',
  parameters: NO_PARAMETERS,
  alter: draft => {
    const { headers } = draft.message;
    const [partyId, countryCode] = FROM.map(name => headerValue(headers, name));
    if (partyId === undefined || countryCode === undefined) return nothing('no sender stands in the routing headers');
    if (TO.every((name, at) => headerValue(headers, name) === [partyId, countryCode][at])) {
      return nothing('it is addressed to its own sender anyway');
    }
    const changed = setHeader(setHeader(headers, TO[0], partyId), TO[1], countryCode);
    return altered(
      withHeaders(draft, changed),
      `it was addressed to its own sender, ${formatPartyId({ countryCode, partyId })}`,
    );
  },
});

function write(headers: RawHeaders, name: string, value: string | undefined): RawHeaders {
  return value === undefined ? dropHeaders(headers, name) : setHeader(headers, name, value);
}

export const ROUTING_KINDS: readonly FaultKind[] = [missing, swapped, selfAddressed];
