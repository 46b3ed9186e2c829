import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { LinkParty } from '../../core/contract/link.ts';
import { createAddresses } from '../../core/server/addresses.ts';
import { receiverResponders } from '../../core/server/modules/receivers.ts';
import type { PushedObjects, PushOutcome } from '../../core/server/pushed-objects.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { ask, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house } from './house.ts';

interface Given {
  readonly parties?: readonly LinkParty[];
  readonly outcome?: PushOutcome;
}

/** A server over objects that are kept in memory, or refused. */
async function serve({ parties = [], outcome = { ok: true } }: Given = {}) {
  const texts = new Map<string, string>();
  const objects: PushedObjects = {
    get: ({ id }) => texts.get(id),
    keep: async ({ text }) => {
      if (outcome.ok) texts.set((JSON.parse(text) as { id: string }).id, text);
      return outcome;
    },
    remove: async ({ id }) => {
      if (outcome.ok) texts.delete(id);
      return outcome;
    },
  };
  const responders = receiverResponders({
    objects,
    modules: () => ['cdrs', 'tariffs'],
    urls: createAddresses('http://127.0.0.1:1', 'https://ocpi.example/wb'),
    clock: systemClock,
  });
  const token = { id: 'id', kind: 'C', state: 'active' } as const;
  const { port, events } = await house({
    responders,
    authenticate: ([first]) => first && { linkId: 1, token, registered: true, parties, form: first.form },
  });
  const send = async (method: string, path: string, body?: unknown) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await ask(
      { port },
      request(`${method} /ocpi/2.2.1/receiver/${path}`, [AUTHORIZATION, 'Content-Type: application/json'], text),
    );
    const json = JSON.parse(answer.body) as { status_code: number };
    return { ...answer, codes: [answer.status, json.status_code] };
  };
  return { send, texts, events };
}

const tariff = { ...fixture('2.2.1', 'Tariff'), country_code: 'NL', party_id: 'ABC', id: 'T1' };
const cdr = { ...fixture('2.2.1', 'CDR'), country_code: 'NL', party_id: 'ABC', id: 'C1' };
const T1 = 'tariffs/NL/ABC/T1';

describe('the receiver', () => {
  it('answers 3000 where nothing can be stored, and says no Location', async () => {
    const { send, texts } = await serve({ outcome: { ok: false, reason: 'the disk is full' } });
    texts.set('T1', JSON.stringify(tariff));
    expect((await send('PUT', T1, tariff)).codes).toEqual([200, 3000]);
    expect((await send('DELETE', T1)).codes).toEqual([200, 3000]);
    const posted = await send('POST', 'cdrs', cdr);
    expect([...posted.codes, posted.header('Location')]).toEqual([200, 3000, undefined]);
  });

  it('says the public URL in Location, ids percent-encoded', async () => {
    const { send } = await serve();
    const posted = await send('POST', 'cdrs', { ...cdr, id: 'C/1 ä' });
    expect(posted.header('Location')).toBe('https://ocpi.example/wb/ocpi/2.2.1/receiver/cdrs/NL/ABC/C%2F1%20%C3%A4');
  });

  it.each<readonly [string, readonly LinkParty[], number]>([
    ['its own party in another spelling', [{ countryCode: 'nl', partyId: 'abc' }], 201],
    [
      'one of several parties',
      [
        { countryCode: 'DE', partyId: 'XYZ' },
        { countryCode: 'NL', partyId: 'ABC' },
      ],
      201,
    ],
    ['anybody, as a hub', [{ countryCode: 'DE', partyId: 'HUB', role: 'HUB' }], 201],
    ['anybody, where nobody is known', [], 201],
    ['somebody else', [{ countryCode: 'DE', partyId: 'ABC', role: 'CPO' }], 404],
  ])('lets a partner push for %s or not', async (_, parties, status) => {
    const { send, texts } = await serve({ parties });
    expect((await send('PUT', T1, tariff)).status).toBe(status);
    expect(texts.size).toBe(status === 201 ? 1 : 0);
  });

  it('goes on with an object after a bug', async () => {
    const { send, texts, events } = await serve();
    texts.set('C1', 'no JSON');
    expect((await send('POST', 'cdrs', cdr)).codes).toEqual([500, 3000]);
    expect(events).toMatchObject([{ kind: 'bug', operation: 'cdrs.post' }]);
    texts.clear();
    expect((await send('POST', 'cdrs', cdr)).codes).toEqual([201, 1000]);
  });
});
