import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createAddresses } from '../../../core/server/addresses.ts';
import type { Asking, Decided } from '../../../core/server/deciding.ts';
import { withDecisions } from '../../../core/server/modules/decided-objects.ts';
import { receiverResponders } from '../../../core/server/modules/receivers.ts';
import type { PushedObjects } from '../../../core/server/pushed-objects.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { ask, request } from '../../support/raw-client.ts';
import { AUTHORIZATION, house } from '../house.ts';

interface Given {
  readonly said: (asking: Asking) => Decided | Promise<Decided>;
  readonly asks?: boolean;
}

/** A server over tariffs and CDRs in memory, whose answers somebody decides. */
async function serve({ said, asks = false }: Given) {
  const texts = new Map<string, string>();
  const questions: string[] = [];
  const objects: PushedObjects = {
    get: ({ id }) => texts.get(id),
    keep: async ({ text }) => {
      texts.set((JSON.parse(text) as { id: string }).id, text);
      return { ok: true };
    },
    remove: async ({ id }) => {
      texts.delete(id);
      return { ok: true };
    },
  };
  const deciding = {
    asks: () => asks,
    decide: (asking: Asking, words: () => string) => {
      questions.push(words());
      return said(asking);
    },
  };
  const responders = receiverResponders({
    objects,
    modules: () => ['cdrs', 'tariffs'],
    urls: createAddresses('http://127.0.0.1:1', undefined),
    clock: systemClock,
  }).map(responder => withDecisions(responder, deciding));
  const token = { id: 'id', kind: 'C', state: 'active' } as const;
  const parties = [{ countryCode: 'NL', partyId: 'ABC' }];
  const { port, recorder } = await house({
    responders,
    authenticate: ([first]) =>
      first && { linkId: 1, linkName: 'volta', token, registered: true, parties, form: first.form },
  });
  const send = async (method: string, path: string, body?: unknown) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = [AUTHORIZATION, 'Content-Type: application/json'];
    const answer = await ask({ port }, request(`${method} /ocpi/2.2.1/receiver/${path}`, headers, text));
    return [answer.status, (JSON.parse(answer.body) as { status_code: number }).status_code];
  };
  return { send, texts, questions, recorder };
}

const tariff = { ...fixture('2.2.1', 'Tariff'), country_code: 'NL', party_id: 'ABC', id: 'T1' };
const cdr = { ...fixture('2.2.1', 'CDR'), country_code: 'NL', party_id: 'ABC', id: 'C1' };
const T1 = 'tariffs/NL/ABC/T1';

describe('what is pushed', () => {
  it('and rejected is not kept, answered with the code, and looked at all the same', async () => {
    const { send, texts, recorder } = await serve({ said: () => ({ answer: 'reject' }) });
    expect(await send('PUT', T1, { ...tariff, type: 'FREE_FOR_ALL' })).toEqual([200, 2001]);
    expect(recorder.exchanges[0]?.findings.map(({ code }) => code)).toContain('enum.unknown');
    expect(await send('PUT', T1, [])).toEqual([200, 2001]);
    expect(await send('POST', 'cdrs', cdr)).toEqual([200, 2001]);
    texts.set('T1', JSON.stringify(tariff));
    expect(await send('DELETE', T1)).toEqual([200, 2001]);
    expect([...texts.keys()]).toEqual(['T1']);
  });

  it('and rejected with another code is answered with that', async () => {
    const { send } = await serve({ said: () => ({ answer: 'reject', result: '3000' }) });
    expect(await send('PUT', T1, tariff)).toEqual([200, 3000]);
  });

  it.each([
    [{ answer: 'accept' }, 1000],
    [{ answer: 'simulate' }, 1000],
    [{ answer: 'accept', result: '1901' }, 1901],
  ] as const)('and decided with %o is kept', async (said, code) => {
    const { send, texts } = await serve({ said: () => said });
    expect(await send('PUT', T1, tariff)).toEqual([201, code]);
    expect(await send('POST', 'cdrs', cdr)).toEqual([201, code]);
    expect([...texts.keys()]).toEqual(['T1', 'C1']);
  });

  it('is asked about as an open exchange, in words', async () => {
    const open: unknown[] = [];
    const { send, questions, recorder } = await serve({
      asks: true,
      said: async ({ exchangeId }) => {
        open.push([exchangeId, recorder.exchanges.at(-1)?.ended]);
        return { answer: 'accept' };
      },
    });
    expect(await send('PUT', T1, tariff)).toEqual([201, 1000]);
    expect(await send('POST', 'cdrs', cdr)).toEqual([201, 1000]);
    expect(await send('DELETE', T1)).toEqual([200, 1000]);
    expect(questions).toEqual([
      'volta asks to put tariff T1 of NL-ABC',
      'volta asks to post cdr C1',
      'volta asks to delete tariff T1 of NL-ABC',
    ]);
    expect(open).toEqual([1, 2, 3].map(id => [id, { how: 'open' }]));
  });

  it('and refused anyway is not asked about; nor is what is read back', async () => {
    const { send, texts, questions } = await serve({ asks: true, said: () => ({ answer: 'accept' }) });
    expect(await send('PUT', T1, { ...tariff, id: 'T2' })).toEqual([200, 2001]);
    expect(await send('PUT', T1, {})).toEqual([200, 2001]);
    expect(await send('PUT', 'tariffs/DE/XYZ/T1', tariff)).toEqual([404, 2001]);
    texts.set('T1', JSON.stringify(tariff));
    expect(await send('GET', T1)).toEqual([200, 1000]);
    expect(questions).toEqual([]);
  });
});
