import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { LinkParty } from '../../../core/contract/link.ts';
import { createAddresses } from '../../../core/server/addresses.ts';
import { ownBookingResponder } from '../../../core/server/modules/own-bookings.ts';
import { ownTerminalResponder } from '../../../core/server/modules/own-terminals.ts';
import { receiverResponders } from '../../../core/server/modules/receivers.ts';
import type { OwnChanged, OwnData } from '../../../core/server/own-data.ts';
import type { PushOutcome } from '../../../core/server/pushed-objects.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { ask, request } from '../../support/raw-client.ts';
import { AUTHORIZATION, house } from '../house.ts';

const REFUSED = { ok: false, reason: 'the disk is full' } as const;

interface Given {
  readonly parties?: readonly LinkParty[];
  readonly changed?: OwnChanged;
  readonly pushed?: PushOutcome;
}

/** A server over one booking location and one terminal, whose store refuses what it is told to. */
async function serve({ parties = [], changed = REFUSED, pushed = REFUSED }: Given = {}) {
  const handed: string[] = [];
  const kept: string[] = [];
  const objects = { terminals: fixture('2.3.0', 'Terminal'), booking_locations: fixture('2.3.0', 'BookingLocation') };
  const data: OwnData = {
    page: () => ({ total: 0, items: [] }),
    get: ({ list, id }) => {
      const object = list === undefined || !(list in objects) ? undefined : objects[list as keyof typeof objects];
      const own = object?.['terminal_id'] ?? object?.['id'];
      return own === id ? JSON.stringify(object) : undefined;
    },
  };
  const parts = {
    data,
    changes: {
      put: ({ text }: { readonly text: string }) => {
        if (changed.ok) kept.push(text);
        return changed;
      },
    },
    clock: systemClock,
    newId: () => 'NEW',
  };
  const { port } = await house({
    responders: [
      ownBookingResponder({ ...parts, deciding: { asks: () => false, decide: () => ({ answer: 'accept' }) } }),
      ownTerminalResponder({ ...parts, handOver: ({ text }) => handed.push(text) }),
      ...receiverResponders({
        objects: { get: () => undefined, keep: async () => pushed, remove: async () => pushed },
        modules: () => ['payments', 'invoicereconciliation'],
        urls: createAddresses('http://127.0.0.1:1', undefined),
        clock: systemClock,
      }),
    ],
    authenticate: ([first]) =>
      first && {
        linkId: 1,
        token: { id: 'id', kind: 'C', state: 'active' },
        registered: true,
        parties,
        form: first.form,
      },
  });
  const send = async (method: string, path: string, body: unknown) => {
    const head = [AUTHORIZATION, 'Content-Type: application/json'];
    const answer = await ask({ port }, request(`${method} /ocpi/2.3.0/${path}`, head, JSON.stringify(body)));
    const json = JSON.parse(answer.body) as { status_code: number; data?: Record<string, unknown> };
    return { codes: [answer.status, json.status_code], data: json.data };
  };
  return { send, handed, kept };
}

const { canceled: _, ...booking } = fixture('2.3.0', 'BookingRequest');
const TERMINAL = 'sender/payments/terminals/T-3301';

describe('what cannot be stored', () => {
  it.each<readonly [string, string, unknown]>([
    ['POST', 'sender/bookings', booking],
    ['POST', 'sender/payments/terminals/activate', { reference: 'SN' }],
    ['POST', `${TERMINAL}/deactivate`, {}],
    ['PUT', TERMINAL, fixture('2.3.0', 'Terminal')],
    ['PATCH', TERMINAL, { city: 'Lund' }],
    ['POST', 'receiver/payments/terminals', fixture('2.3.0', 'Terminal')],
    ['POST', 'receiver/payments/financial-advice-confirmations', fixture('2.3.0', 'FinancialAdviceConfirmation')],
    ['POST', 'receiver/invoicereconciliation', fixture('2.3.0', 'InvoiceReconciliationRecord')],
  ])('is answered with 3000, and nothing is handed over: %s %s', async (method, path, body) => {
    const { send, handed } = await serve();
    const { codes, data } = await send(method, path, body);
    expect([codes, data, handed]).toEqual([[200, 3000], undefined, []]);
  });
});

describe('a terminal', () => {
  const parties = [{ countryCode: 'NL', partyId: 'ABC', role: 'CPO' }];

  it('keeps the spelling of what is not patched, and of what is', async () => {
    const { send, kept } = await serve({ changed: { ok: true } });
    expect((await send('PATCH', TERMINAL, { coordinates: { latitude: '55.60', longitude: '13.0' } })).codes).toEqual([
      200, 1000,
    ]);
    expect(kept[0]).toContain('"coordinates":{"latitude":"55.60","longitude":"13.0"}');
  });

  it('that is activated without an id gets one, and is handed over once the answer is out', async () => {
    const { send, kept, handed } = await serve({ changed: { ok: true } });
    expect(
      (await send('POST', 'sender/payments/terminals/activate', { terminal_id: null, city: 'Lund' })).codes,
    ).toEqual([201, 1000]);
    await expect.poll(() => handed).toEqual(kept);
    expect(JSON.parse(kept[0] ?? '')).toMatchObject({ terminal_id: 'NEW', city: 'Lund' });
  });

  it('cannot be rented to a party that the caller did not announce', async () => {
    const { send, kept } = await serve({ parties, changed: { ok: true } });
    const others = { country_code: 'DE', party_id: 'XYZ' };
    expect((await send('POST', 'sender/payments/terminals/activate', others)).codes).toEqual([200, 2001]);
    expect(kept).toEqual([]);
  });
});
