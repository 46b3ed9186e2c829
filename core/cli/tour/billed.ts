import type { PricedBill } from '../../contract/price.ts';
import { billText } from '../price-text.ts';
import { type Drive, driven } from './charges.ts';
import type { Scene } from './scene.ts';
import { endOf, type Platform, type Stage } from './stage.ts';

const LINK = 'partner 2.3.0 - added';
/** Tariffs of the built-in partner that count time in blocks of five minutes end so. */
const BY_THE_BLOCK = /-HOUR$/;

/** Two charges at one charger of the partner: the bill of the first is right, that of the second has a block too many. */
export async function billed({ us, partner }: Stage): Promise<Scene[]> {
  const place = await chargerByTheBlock(us);
  if (place === undefined) {
    return [
      { title: 'a bill, line by line', ok: false, lines: [`${LINK} has no charger that is free and paid for by time`] },
    ];
  }
  const drive: Drive = { driver: us, as: 'app', link: LINK, ...place };
  const right = await priced(drive);
  const rule = await partner.client.faults.add({
    kind: 'money.step-size',
    scope: { operation: 'cdrs.post', direction: 'send' },
  });
  const wrong = await priced(drive);
  await partner.client.faults.remove({ ids: [rule.id] });
  return [
    scene('a bill, line by line: what is stated is what is due', right, bill => bill.verdict === 'right'),
    scene('the partner bills one step_size more: it is found out, by how much and why', wrong, isOneStepMore),
  ];
}

function isOneStepMore({ verdict, departures }: PricedBill): boolean {
  const reasons = departures.flatMap(one => one.reasons.map(({ code }) => code));
  return verdict === 'wrong' && reasons.includes('step-size-one-more');
}

function scene(title: string, bill: PricedBill | string, isShown: (bill: PricedBill) => boolean): Scene {
  if (typeof bill === 'string') return { title, ok: false, lines: [bill] };
  return {
    title,
    ok: isShown(bill),
    lines: billText(bill)
      .split('\n')
      .filter(line => line !== ''),
  };
}

/** The bill of a charge there, priced anew; or why there is none. */
async function priced(drive: Drive): Promise<PricedBill | string> {
  const { money, transactions } = drive.driver.client;
  const trip = await driven(drive);
  if (trip?.state !== 'billed') return `the charge was ${trip?.state ?? 'lost'}: ${trip?.reason ?? ''}`;
  const [transaction] = (await transactions.page({ search: trip.reference, limit: 1 })).rows;
  if (transaction === undefined) return `no transaction has the reference ${trip.reference}`;
  return money.price({ bill: { transaction: transaction.id, what: 'cdr' } });
}

/** As far as it takes to find one. */
interface Location {
  readonly id: string;
  readonly evses?: readonly {
    readonly uid: string;
    readonly status: string;
    readonly capabilities?: readonly string[];
    readonly connectors: readonly { readonly tariff_ids?: readonly string[] }[];
  }[];
}

async function chargerByTheBlock(us: Platform): Promise<Pick<Drive, 'location' | 'evse'> | undefined> {
  await endOf(us, await us.client.pulls.start({ name: LINK, module: 'locations' }));
  const { objects } = await us.client.objects.list({ name: LINK, module: 'locations', limit: 1000 });
  for (const { object } of objects) {
    const { id, evses = [] } = object as Location;
    const free = evses.find(
      ({ status, capabilities = [], connectors }) =>
        status === 'AVAILABLE' &&
        !capabilities.includes('START_SESSION_CONNECTOR_REQUIRED') &&
        BY_THE_BLOCK.test(connectors[0]?.tariff_ids?.[0] ?? ''),
    );
    if (free !== undefined) return { location: id, evse: free.uid };
  }
  return undefined;
}
