import type { CostPart } from '../../contract/price.ts';
import type { Bill } from './bill.ts';
import type { Doubts } from './doubts.ts';
import { add, compare, divide, multiply, negate, type Ratio, roundTo, subtract, ZERO } from './ratio.ts';
import { COST_PARTS } from './stated.ts';
import { type Step, type StepGroup, type Stepping, stepsOf } from './steps.ts';
import { type Component, commonTax, type Limit, type Terms } from './terms.ts';
import type { Use } from './uses.ts';

/** Money without and with taxes; `after` is undefined where nobody can tell. */
export interface Money {
  readonly before: Ratio;
  readonly after: Ratio | undefined;
}

/** How amounts are made of uses. All but what is left out is wrong on purpose, to find out how somebody else may have reckoned. */
export interface Reckoning {
  readonly stepping?: (group: StepGroup) => Stepping;
  /** `of`: the rate of another part, as a factor. */
  readonly tax?: 'left-out' | 'twice' | { readonly factor: Ratio };
  readonly limits?: 'no-least' | 'no-most' | 'none';
  /** Each line to so many decimals. */
  readonly rounding?: { readonly digits: number; readonly way: 'half' | 'up' | 'down' };
}

/** What has an amount: something used, a fee, or what whole steps add. */
export interface Charge extends Money {
  readonly use: Use;
  readonly step: Step | undefined;
}

/** What the limits of a tariff add or take away. */
export interface LimitCharge extends Money {
  readonly kind: 'least' | 'most';
  readonly tariff: string;
}

/** A bill as it ought to be. Of a credit CDR only the total has its sign turned (T38). */
export interface Due {
  readonly charges: readonly Charge[];
  readonly limits: readonly LimitCharge[];
  readonly parts: ReadonlyMap<CostPart, Money>;
  readonly total: Money;
  /** False where prices hold taxes that nobody tells: amounts before taxes mean nothing then. */
  readonly beforeKnown: boolean;
  /** By how much an amount may differ because volumes are rounded where they are written; by part. */
  readonly slack: ReadonlyMap<CostPart, number>;
  /** The smallest amount of the currency: 0.01, or 1 where it has no decimals. */
  readonly cent: number;
}

const NOTHING: Money = { before: ZERO, after: ZERO };

export interface ToSum {
  readonly bill: Bill;
  readonly uses: readonly Use[];
  /** Those in force in any period, in order. */
  readonly terms: readonly Terms[];
  readonly doubts: Doubts;
}

export function dueOf({ bill, uses, terms, doubts }: ToSum, reckoning: Reckoning = {}): Due {
  const steps = stepsOf(uses, reckoning.stepping ?? (() => 'once'));
  const charges = [
    ...uses.map((use): Charge => ({ use, step: undefined, ...amountOf(use.component, use.volume, reckoning) })),
    ...steps.map((step): Charge => ({ use: step.use, step, ...amountOf(step.component, step.volume, reckoning) })),
  ];
  const parts = new Map<CostPart, Money>();
  const slack = new Map<CostPart, number>();
  for (const charge of charges) {
    const { part, component } = charge.use;
    parts.set(part, plus(parts.get(part) ?? NOTHING, charge));
    if (component !== undefined && charge.step === undefined && charge.use.slack > 0) {
      slack.set(part, (slack.get(part) ?? 0) + charge.use.slack * component.size);
    }
  }
  const sum = COST_PARTS.reduce((all, part) => plus(all, parts.get(part) ?? NOTHING), NOTHING);
  const components = uses.flatMap(({ component }) => component ?? []);
  const limits = limitCharges({ sum, terms, components, doubts }, reckoning.limits);
  const total = limits.reduce(plus, sum);
  return {
    charges,
    limits,
    parts,
    total: bill.isCredit ? { before: negate(total.before), after: total.after && negate(total.after) } : total,
    beforeKnown: components.every(({ beforeKnown }) => beforeKnown),
    slack,
    cent: centOf(bill.currency),
  };
}

const cents = new Map<string, number>();

/** A currency of three decimals is compared as if it had two. */
function centOf(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 0.01;
  const known = cents.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const cent = maximumFractionDigits === 0 ? 1 : 0.01;
  cents.set(currency, cent);
  return cent;
}

function plus(left: Money, right: Money): Money {
  return {
    before: right.before === ZERO ? left.before : add(left.before, right.before),
    after: left.after && right.after && (right.after === ZERO ? left.after : add(left.after, right.after)),
  };
}

function amountOf(component: Component | undefined, volume: Ratio, { tax, rounding }: Reckoning): Money {
  if (component === undefined) return NOTHING;
  const before = multiply(component.before, volume);
  const after = taxed(component, before, volume, tax);
  if (rounding === undefined) return { before, after };
  const { digits, way } = rounding;
  return { before: roundTo(before, digits, way), after: after && roundTo(after, digits, way) };
}

function taxed(component: Component, before: Ratio, volume: Ratio, tax: Reckoning['tax']): Ratio | undefined {
  if (tax === 'left-out') return before;
  const after = component.after && multiply(component.after, volume);
  if (tax === undefined || after === undefined) return after;
  if (tax !== 'twice') return multiply(before, tax.factor);
  if (component.before.top === 0n) return after;
  return component.after && multiply(after, divide(component.after, component.before));
}

interface ToLimit {
  readonly sum: Money;
  readonly terms: readonly Terms[];
  readonly components: readonly Component[];
  readonly doubts: Doubts;
}

/** Amounts before and after taxes are held within the limits by themselves (digest 6.4). */
function limitCharges({ sum, terms, components, doubts }: ToLimit, left: Reckoning['limits']): LimitCharge[] {
  const charges: LimitCharge[] = [];
  let reached = sum;
  const limited = terms.filter(({ least, most }) => least !== undefined || most !== undefined);
  if (limited.length > 0 && terms.length > 1) {
    doubts.add(
      'limits-of-several',
      'The tariff changed during the charge: which lowest and highest price holds is not said.',
      true,
    );
  }
  for (const { id, least, most } of limited.slice(0, 1)) {
    for (const [kind, limit] of [
      ['least', least],
      ['most', most],
    ] as const) {
      if (limit === undefined || left === 'none' || left === `no-${kind}`) continue;
      const held = asTold(limit, { kind, reached, components, doubts });
      if (held === undefined) continue;
      const moved = moveTo(kind, withTaxes(held, { kind, reached, components, doubts }), reached);
      if (moved.before.top === 0n && (reached.after === undefined || moved.after?.top === 0n)) continue;
      charges.push({ kind, tariff: id, ...moved });
      reached = plus(reached, moved);
    }
  }
  return charges;
}

/** How far an amount is from what the limit allows; nothing where it is within. */
function moveTo(kind: 'least' | 'most', limit: TaxedLimit, reached: Money): Money {
  const by = (amount: Ratio, bound: Ratio | undefined): Ratio => {
    if (bound === undefined) return ZERO;
    const way = compare(amount, bound);
    return (kind === 'least' ? way < 0 : way > 0) ? subtract(bound, amount) : ZERO;
  };
  return {
    before: by(reached.before, limit.before),
    after: reached.after && !limit.isUnknown ? by(reached.after, limit.after) : undefined,
  };
}

interface TaxedLimit extends Limit {
  /** It holds without taxes, and nobody can tell what that is with them. */
  readonly isUnknown?: true;
}

interface ToTax {
  readonly kind: 'least' | 'most';
  readonly reached: Money;
  readonly components: readonly Component[];
  readonly doubts: Doubts;
}

/**
 * Where nobody tells which taxes the prices hold, only a limit with taxes can be held against them; undefined where it has none.
 * What is shown in the place of the amount without taxes is limited in the same way.
 */
function asTold(limit: Limit, { kind, reached, components, doubts }: ToTax): Limit | undefined {
  if (components.every(({ beforeKnown }) => beforeKnown)) return limit;
  if (limit.after !== undefined) return { before: limit.after, after: limit.after };
  const isFarOff = kind === 'most' && limit.before !== undefined && compare(reached.before, limit.before) <= 0;
  if (!isFarOff) {
    doubts.add(
      'limits-untaxed',
      `The tariff tells its ${LIMIT_NAMES[kind]} price without taxes, and not which taxes its prices hold: the limit is left out.`,
      true,
    );
  }
  return undefined;
}

const LIMIT_NAMES = { least: 'lowest', most: 'highest' } as const;

/** A limit that is told without taxes only holds with them by the rate of what it limits, where there is one. */
function withTaxes(limit: Limit, { kind, reached, components, doubts }: ToTax): TaxedLimit {
  if (limit.before === undefined || limit.after !== undefined) return limit;
  const way = compare(reached.before, limit.before);
  if (kind === 'least' ? way >= 0 : way <= 0) return limit;
  const factor = commonTax(components.filter(({ price }) => price.top !== 0n));
  doubts.add(
    'limits-need-taxes',
    `The tariff tells its ${LIMIT_NAMES[kind]} price without taxes only: with them it is ${factor ? 'reckoned by the rate of its prices' : 'unknown'}.`,
    false,
  );
  return factor === undefined
    ? { ...limit, isUnknown: true }
    : { before: limit.before, after: multiply(limit.before, factor) };
}
