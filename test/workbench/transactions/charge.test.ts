import { afterEach, describe, expect, it } from 'vitest';
import type { OwnParty } from '../../../core/contract/platform.ts';
import type { TransactionView } from '../../../core/contract/transaction.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { type HeldPlatforms, holdPlatforms } from '../../insight/held-platforms.ts';
import { endOf, openPlatform, register, type TestPlatform } from '../../support/platform.ts';

const BEGIN = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const SPEED = 20;

const party = (partyId: string, role: OwnParty['role']): OwnParty => ({
  countryCode: 'NL',
  partyId,
  role,
  name: partyId,
});

let held: HeldPlatforms | undefined;
afterEach(() => held?.stop());

/** The newest transaction of one side, once everything recorded is in it. */
async function newest({ client }: TestPlatform): Promise<TransactionView> {
  for (;;) {
    const { rows, behind } = await client.transactions.page({ limit: 1 });
    if (behind === 0) return client.transactions.get({ id: rows[0]?.id ?? 0 });
  }
}

describe('a charge between two workbenches', () => {
  it.each(VERSIONS)(
    'is one transaction on either side in OCPI %s, from the command to the CDR',
    { timeout: 60_000 },
    async version => {
      const time = holdPlatforms(BEGIN);
      held = time;
      const { clock } = time;
      const cpo = await openPlatform({ parties: [party('CPO', 'CPO')], versions: [version], clock });
      const emsp = await openPlatform({ parties: [party('EMP', 'EMSP')], versions: [version], clock });
      await time.until(cpo.client.own.generate({ module: 'locations', version, count: 3, seed: 'charge' }));
      await time.until(emsp.client.own.generate({ module: 'tokens', version, count: 3, seed: 'charge' }));
      const { token, versionsUrl } = await cpo.client.links.invite({ name: 'emsp' });
      await emsp.client.links.add({ name: 'cpo', versionsUrl, token });
      expect(await time.until(register(emsp, { name: 'cpo' }))).toMatchObject({ state: 'done' });
      const run = await emsp.client.pulls.start({ name: 'cpo', module: 'locations' });
      expect(await time.until(endOf(emsp, run))).toMatchObject({ state: 'done' });
      expect((await emsp.client.transactions.page({})).rows).toEqual([]);

      await cpo.client.life.set({ speed: SPEED });
      await time.until(emsp.client.life.start({ as: 'app', link: 'cpo', kwh: 20 }));
      await time.pass(10_000);
      const running = await newest(emsp);
      expect(running).toMatchObject({ open: true, side: 'theirs', link: 'cpo' });
      // Which car it is nobody says: one that takes much at little power charges for hours.
      for (let waited = 0; waited < 300 && (await newest(cpo)).state !== 'billed'; waited++) await time.pass(MINUTE);

      const [ours, theirs] = [await newest(cpo), await newest(emsp)];
      for (const [view, side] of [[ours, 'ours'] as const, [theirs, 'theirs'] as const]) {
        expect(view).toMatchObject({ state: 'billed', open: false, side, version });
        const kinds = view.points.map(({ kind }) => kind);
        expect([kinds[0], new Set(kinds)]).toEqual(['command', new Set(['command', 'result', 'session', 'cdr'])]);
        expect(view.points.map(({ ok }) => ok)).not.toContain(false);
        expect(view.problems.filter(({ code }) => code.startsWith('transaction.'))).toEqual([]);
        expect(view.curve.filter(({ source }) => source === 'session').length).toBeGreaterThan(1);
      }
      expect(theirs.id).toBe(running.id);
      expect([ours.session, ours.cdr, ours.kwh, ours.cost]).toEqual([
        theirs.session,
        theirs.cdr,
        theirs.kwh,
        theirs.cost,
      ]);
      expect(ours.points).toHaveLength(theirs.points.length);

      // Each of its exchanges leads to it, and nothing else does.
      const last = theirs.points.at(-1)?.exchangeId ?? 0;
      expect(await emsp.client.transactions.of({ exchangeId: last })).toEqual([theirs.id]);
      expect((await emsp.client.transactions.get({ id: last })).id).toBe(theirs.id);
      expect(await emsp.client.transactions.of({ exchangeId: 1 })).toEqual([]);
      const ids = await emsp.workbench.transactions.exchangeIds(last);
      expect(ids).toEqual({ ok: true, value: theirs.points.map(({ exchangeId }) => exchangeId) });
      expect(
        (await emsp.client.transactions.page({ link: 'cpo', search: (theirs.session ?? '').slice(0, 5) })).count,
      ).toBe(1);
    },
  );
});
