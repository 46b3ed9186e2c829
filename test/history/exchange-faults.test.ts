import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ExchangeFaults } from '../../core/http/exchange.ts';
import { createSealer } from '../../core/http/sealing.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { newFile, openAt } from './folder.ts';

const firing = (kind: string, applied = true) => ({
  rule: `rule of ${kind}`,
  ruleId: 1,
  kind,
  parameters: { status: 503 },
  hit: 2,
  did: 'data was replaced with null',
  applied,
});

const stamp = (...kinds: readonly string[]): ExchangeFaults => ({
  firings: kinds.map(kind => firing(kind)),
  intended: {
    start: 'HTTP/1.1 200 OK',
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from('{"status_code":1000}'),
  },
  wire: ['waited 3,000 ms', 'head', '3 of 20 bytes', 'reset'],
});

describe('what faults did to an exchange', () => {
  it('stands beside it: the rules, what would have been sent, and what was done on the wire', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    const { id } = await recorder.record(versionsExchange(1, { faults: stamp('envelope.data-null') }));
    const view = exchanges.get(id);
    expect(view?.faults).toEqual(['envelope.data-null']);
    expect(view?.fault).toEqual({
      firings: [firing('envelope.data-null')],
      intended: {
        start: 'HTTP/1.1 200 OK',
        headers: [['Content-Type', 'application/json']],
        body: '{"status_code":1000}',
        length: 20,
      },
      wire: ['waited 3,000 ms', 'head', '3 of 20 bytes', 'reset'],
    });
    expect(exchanges.record(id)?.faults?.wire).toHaveLength(4);
  });

  it('is nothing where no rule met it, and names no kind where a rule found nothing to do', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    const plain = await recorder.record(versionsExchange(1));
    const met = await recorder.record(
      versionsExchange(2, { faults: { firings: [firing('paging.no-link', false)], wire: [] } }),
    );
    expect(exchanges.get(plain.id)).toMatchObject({ faults: [], fault: null });
    expect(exchanges.get(met.id)).toMatchObject({ faults: [], fault: { intended: null } });
  });

  it('comes with an update as well, when the exchange was opened before', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    const { id, stored } = recorder.open(versionsExchange(1, { ended: { how: 'open' } }));
    await stored;
    await recorder.update(id, {
      ended: { how: 'broken-off', by: 'reset', sent: 3 },
      faults: stamp('transport.reset'),
    });
    expect(exchanges.get(id)).toMatchObject({
      ended: 'broken-off',
      endedDetails: { by: 'reset', sent: 3 },
      faults: ['transport.reset'],
    });
    expect(exchanges.list({ errors: true }).map(one => one.id)).toEqual([id]);
  });

  it('does not make a failure of a request that was kept back', async () => {
    const { recorder, exchanges } = await openAt(newFile());
    const { response: _, ...request } = versionsExchange(1, { ended: { how: 'withheld' } });
    await recorder.record({ ...request, faults: stamp('async.never') });
    expect(exchanges.list({ errors: true })).toEqual([]);
  });

  it('finds exchanges by any fault, by a family and by a kind, also while their facets are not derived yet', async () => {
    const { recorder, find, traffic } = await openAt(newFile());
    const kinds = [undefined, 'envelope.data-null', 'envelope.data', 'paging.no-link'];
    for (const [at, kind] of kinds.entries()) {
      await recorder.record(versionsExchange(at + 1, kind === undefined ? {} : { faults: stamp(kind) }));
    }
    const found = async (fault: string) => {
      const page = await traffic.page({ fault, offset: 0, limit: 10 });
      return page.ok ? page.found.rows.map(({ id }) => id) : page.reason;
    };
    expect(await found('any')).toEqual([4, 3, 2]);
    expect(await found('envelope')).toEqual([3, 2]);
    expect(await found('envelope.data')).toEqual([3]);
    expect(await found('env_lope')).toEqual([]);
    const listed = await find({ fault: 'paging', limit: 10 });
    expect(listed.ok && listed.exchanges.map(({ id }) => id)).toEqual([4]);
  });

  it('holds no token: neither what would have been sent, nor a parameter, nor a sentence', () => {
    const token = randomBytes(18).toString('base64url');
    const sealer = createSealer({ idOf: () => 'ID', known: () => [{ id: 'ID', token }] });
    const sealed = sealer.record(
      versionsExchange(1, {
        faults: {
          firings: [{ ...firing('auth.raw'), parameters: { token, list: [token] }, did: `wrote ${token}` }],
          intended: {
            start: `GET https://volta.example/?t=${token}`,
            headers: [['Authorization', `Token ${Buffer.from(token).toString('base64')}`]],
            body: Buffer.from(JSON.stringify({ token })),
          },
          wire: [token],
        },
      }),
    );
    const text = JSON.stringify(sealed.faults, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(text).not.toContain(token);
    expect(text).not.toContain(Buffer.from(token).toString('base64'));
    expect(text.match(/\{token:ID:/g)).toHaveLength(6);
  });
});
