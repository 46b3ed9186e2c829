/** CDRs of many periods priced anew one by one, and what partners notice of it meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { openHistory } from '../../core/history/history.ts';
import type { Bench } from './figure.ts';
import { type AskedTarget, askedTarget, end, p99Of } from './load-runs.ts';
import { idOf, type Priced } from './price-target.ts';

const CDRS = 10_000;
const PERIODS = 20;
const AT_ONCE = 500;
const BEGIN = Date.UTC(2026, 0, 5, 4);
const MINUTE = 60_000;

interface PriceMeasured extends Priced {
  readonly resting: number;
  readonly working: number;
}

async function measurePricing(): Promise<PriceMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-price-'));
  const file = join(folder, 'workbench.db');
  try {
    await fill(file);
    const target = await askedTarget<'price', Priced>(join(import.meta.dirname, 'price-target.ts'), file, String(CDRS));
    await target.ask('price');
    const priced = await target.ask('price');
    const resting = await p99Of(target.port);
    const working = await p99While(target);
    await end(target.process);
    return { ...priced, resting, working };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function p99While(target: Target): Promise<number> {
  let working = true;
  const pricing = (async () => {
    while (working) await target.ask('price');
  })();
  const p99 = await p99Of(target.port);
  working = false;
  target.process.send('stop');
  await pricing;
  return p99;
}

type Target = AskedTarget<'price', Priced>;

async function fill(file: string): Promise<void> {
  const opened = await openHistory({ file, keyStore: 'file', clock: systemClock });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  for (let first = 0; first < CDRS; first += AT_ONCE) {
    history.ownData.put(
      Array.from({ length: Math.min(AT_ONCE, CDRS - first) }, (_, at) => ({
        ...{ party: 'NL-WBX', module: 'cdrs' as const, id: idOf(first + at), type: '', version: '2.2.1' as const },
        text: JSON.stringify(cdrOf(first + at)),
      })),
    );
  }
  await history.close();
}

/** Energy by day and by night, time, and parking at the end: every rule of a tariff has its part in it. */
function cdrOf(number: number): object {
  const begin = BEGIN + number * 7 * MINUTE;
  const at = (minutes: number) => new Date(begin + minutes * MINUTE).toISOString();
  const charging_periods = Array.from({ length: PERIODS }, (_, period) => ({
    start_date_time: at(period * 6),
    dimensions:
      period === PERIODS - 1
        ? [{ type: 'PARKING_TIME', volume: 0.1 }]
        : [
            { type: 'ENERGY', volume: 0.5 },
            { type: 'TIME', volume: 0.1 },
          ],
    tariff_id: 'T',
  }));
  const energy = (price: number) => ({ type: 'ENERGY', price, vat: 21, step_size: 1 });
  return {
    ...{ country_code: 'NL', party_id: 'WBX', id: idOf(number), session_id: `S-${number}`, currency: 'EUR' },
    ...{ start_date_time: at(0), end_date_time: at(PERIODS * 6), auth_method: 'WHITELIST' },
    cdr_token: { country_code: 'NL', party_id: 'EMP', uid: 'U', type: 'RFID', contract_id: 'C' },
    cdr_location: { id: 'L', country: 'NLD', evse_uid: 'E', connector_id: '1' },
    tariffs: [
      {
        ...{ country_code: 'NL', party_id: 'WBX', id: 'T', currency: 'EUR', last_updated: at(0) },
        elements: [
          { price_components: [energy(0.5)], restrictions: { start_time: '07:00', end_time: '22:00' } },
          { price_components: [energy(0.5)] },
          {
            price_components: [
              { type: 'TIME', price: 1, vat: 21, step_size: 1 },
              { type: 'PARKING_TIME', price: 3, vat: 21, step_size: 60 },
            ],
          },
        ],
      },
    ],
    charging_periods,
    // 9.5 kWh, 1.9 h and 0.1 h of parking.
    total_cost: { excl_vat: 6.95, incl_vat: 8.4095 },
    ...{ total_energy: 9.5, total_time: 2, total_parking_time: 0.1, last_updated: at(PERIODS * 6) },
  };
}

export const priceBench: Bench = {
  name: 'price',
  about: `${CDRS.toLocaleString('en')} CDRs of ${PERIODS} periods priced one by one, and what is answered meanwhile`,
  measure: async () => {
    const { seconds, processor, bills, right, resting, working } = await measurePricing();
    if (right !== bills) throw new Error(`${bills - right} of ${bills} bills were not found right`);
    return [
      {
        name: 'all of them priced',
        value: seconds,
        unit: 's',
        atMost: 10,
        note: `${bills} bills, ${processor.toFixed(1)} s of the processor`,
      },
      {
        name: 'p99 of answers meanwhile, times that at rest',
        value: working / resting,
        unit: 'ratio',
        atMost: 1.5,
        note: `${resting.toFixed(2)} ms at rest, ${working.toFixed(2)} ms meanwhile`,
      },
    ];
  },
};

if (import.meta.main) console.table(await priceBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
