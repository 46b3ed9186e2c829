import type { CostPart, PriceDeparture } from '../../contract/price.ts';
import type { Bill, Total } from './bill.ts';
import { type Differing, differing, dueFor, isNear, toleranceOf } from './differing.ts';
import type { Due } from './due.ts';
import { type Pricing, priceOtherwise } from './pricing.ts';
import { add, negate, type Ratio, subtract, sumOf, toNumber, write, writeAmount } from './ratio.ts';
import { COST_PARTS } from './stated.ts';
import { type Suspicion, suspicionsOf, zoneSuspicions } from './suspicions.ts';

/** Nobody reads more of them. */
const MOST_REASONS = 3;

/**
 * Where a bill states another amount than is due, and the likely reasons: each of them was computed, and gives what is stated to
 * within a cent. Volumes that were rounded where they were written are no departure: what they give is noted as a doubt.
 */
export function departuresOf(pricing: Pricing): PriceDeparture[] {
  const volumes = volumeDepartures(pricing.bill);
  if (pricing.terms.length === 0) return volumes;
  const found = differing(pricing, pricing.due);
  if (found.length === 0) return volumes;
  const high = priceOtherwise(pricing, { reckoning: { stepping: () => 'high' } });
  if (differing(pricing, high).length === 0) {
    pricing.doubts.add(
      'volumes-rounded',
      'A volume lies so close to a whole step that its rounding decides: what is stated fits.',
      false,
    );
    return volumes;
  }
  doubtSteps(pricing);
  const tried = trials(pricing, found);
  return [...found.map(one => departureOf(one, { pricing, tried })), ...volumes];
}

/** Only 2.2 and later say that a step size counts once for a charge (digest 6.4). */
function doubtSteps(pricing: Pricing): void {
  if (pricing.bill.version !== '2.1.1') return;
  const each = priceOtherwise(pricing, { reckoning: { stepping: () => 'each-period' } });
  if (differing(pricing, each).length > 0) return;
  pricing.doubts.add(
    'step-size-unsaid',
    '2.1.1 does not say whether a step_size counts once for a charge, or for each of its periods.',
    true,
  );
}

interface Trial {
  readonly code: string;
  readonly said: string;
  readonly due: Due;
}

/** Another zone is tried where nothing else gives what is stated: there are many, and each needs another walk. */
function trials(pricing: Pricing, found: readonly Differing[]): readonly Trial[] {
  const tried = suspicionsOf(pricing).map(one => trialOf(one, pricing));
  const isExplained = (one: Differing) =>
    [...byTrial(one, { pricing, tried }), ...byArithmetic(one, pricing)].length > 0;
  const left = found.filter(one => !isExplained(one));
  if (left.length === 0) return tried;
  for (const suspicion of zoneSuspicions(pricing)) {
    const trial = trialOf(suspicion, pricing);
    if (left.some(one => byTrial(one, { pricing, tried: [trial] }).length > 0)) return [trial, ...tried];
  }
  return tried;
}

function trialOf({ code, said, otherwise }: Suspicion, pricing: Pricing): Trial {
  return { code, said, due: priceOtherwise(pricing, otherwise) };
}

interface Tried {
  readonly pricing: Pricing;
  readonly tried: readonly Trial[];
}

function departureOf(one: Differing, { pricing, tried }: Tried): PriceDeparture {
  const { field, taxes, stated, due } = one;
  const reasons = [...byTrial(one, { pricing, tried }), ...byArithmetic(one, pricing)];
  const seen = new Set<string>();
  return {
    field,
    pointer: stated.pointer,
    taxes,
    stated: write(stated.amount),
    due: write(due),
    by: write(subtract(stated.amount, due)),
    reasons: reasons.filter(({ code }) => !seen.has(code) && seen.add(code)).slice(0, MOST_REASONS),
  };
}

type Reason = PriceDeparture['reasons'][number];

function byTrial(one: Differing, { pricing, tried }: Tried): Reason[] {
  return tried.flatMap(({ code, said, due }): Reason[] => {
    const amount = dueFor(due, one);
    if (amount === undefined || !explains(amount, one, pricing.due)) return [];
    return [{ code, sentence: `Perhaps ${said}: that gives ${money(amount, pricing.bill)}.` }];
  });
}

/** The other amount is what is stated, and is not what is due. */
function explains(amount: Ratio, { stated, part, due }: Differing, right: Due): boolean {
  const slack = toleranceOf(right, part) - right.cent / 2;
  return isNear(amount, stated.amount, slack) && !isNear(amount, due, slack / 2);
}

/** What needs no other pricing: amounts in the place of others, and parts that are missing. */
function byArithmetic(one: Differing, pricing: Pricing): Reason[] {
  const { bill, due } = pricing;
  const reasons: Reason[] = [];
  const see = (code: string, said: string, amount: Ratio | undefined): void => {
    if (amount === undefined || !explains(amount, one, due)) return;
    reasons.push({ code, sentence: `Perhaps ${said}: that gives ${money(amount, bill)}.` });
  };
  if (one.taxes === 'before')
    see('vat-included', 'the amount without taxes holds them', dueFor(due, { ...one, taxes: 'after' }));
  see(
    'credit-sign',
    bill.isCredit ? 'the sign of a credit was left out' : 'the sign was turned, as for a credit',
    negate(one.due),
  );
  if (one.part === undefined) {
    for (const part of COST_PARTS) {
      const share = dueFor(due, { part, taxes: one.taxes });
      if (share === undefined || share.top === 0n) continue;
      const signed = bill.isCredit ? negate(share) : share;
      see('part-left-out', `the cost of ${PART_NAMES[part]} is left out`, subtract(one.due, signed));
      see('part-twice', `the cost of ${PART_NAMES[part]} is billed twice`, add(one.due, signed));
    }
  }
  return reasons;
}

const PART_NAMES: Readonly<Record<CostPart, string>> = {
  energy: 'energy',
  time: 'time of charging',
  parking: 'parking',
  fixed: 'the flat fee',
  reservation: 'the reservation',
};

function money(amount: Ratio, { currency }: Bill): string {
  return `${writeAmount(amount)}${currency === '' ? '' : ` ${currency}`}, as stated`;
}

/** Totals of a bill that are not those of its periods (digest 6.3). */
function volumeDepartures({ periods, totals }: Bill): PriceDeparture[] {
  const summed = (of: readonly ('energy' | 'time' | 'parking')[]): Ratio | undefined => {
    const found = periods.flatMap(period => of.flatMap(name => period[name]?.amount ?? []));
    return found.length === 0 ? undefined : sumOf(found);
  };
  const reserved = sumOf(periods.flatMap(period => period.reserved.map(({ volume }) => volume.amount)));
  const charging = summed(['time']) && summed(['time', 'parking']);
  return [
    ...volumeDeparture(totals.energy, [summed(['energy'])], periods.length),
    // Whether the time of a reservation belongs to it is not said.
    ...volumeDeparture(totals.time, [charging, charging && add(charging, reserved)], periods.length),
    ...(totals.parking.amount?.top ? volumeDeparture(totals.parking, [summed(['parking'])], periods.length) : []),
  ];
}

function volumeDeparture(
  { field, amount }: Total,
  dues: readonly (Ratio | undefined)[],
  periods: number,
): PriceDeparture[] {
  const [due] = dues;
  if (amount === undefined || due === undefined) return [];
  if (dues.some(one => one && isNear(one, amount, 0.005 + 0.001 * periods))) return [];
  const factor = due.top === 0n ? 0 : toNumber(amount) / toNumber(due);
  const reasons =
    field === 'total_energy' || field === 'kwh'
      ? isThousand(factor)
        ? [{ code: 'wh-for-kwh', sentence: 'It is a thousand times the sum of the periods: Wh where kWh are due.' }]
        : []
      : [60, 3600].flatMap(unit =>
          Math.abs(factor / unit - 1) < 0.01
            ? [
                {
                  code: unit === 60 ? 'minutes-for-hours' : 'seconds-for-hours',
                  sentence: `It is ${unit} times the sum of the periods: ${unit === 60 ? 'minutes' : 'seconds'} where hours are due.`,
                },
              ]
            : [],
        );
  return [
    {
      field,
      pointer: `/${field}`,
      taxes: 'none',
      stated: write(amount),
      due: write(due),
      by: write(subtract(amount, due)),
      reasons,
    },
  ];
}

function isThousand(factor: number): boolean {
  return Math.abs(factor / 1000 - 1) < 0.01;
}
