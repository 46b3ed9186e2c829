import * as z from 'zod';
import { cutJson } from '../../ocpi/json-cut.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { objectWords, WhichObject } from '../editing/aim.ts';
import { amountEdits, grossOf, netOf, netPointer, tidy } from '../editing/amounts.ts';
import { billedStep } from '../editing/billed-step.ts';
import { ownField } from '../editing/fields.ts';
import { holds } from '../editing/fitting.ts';
import { onEveryField } from '../editing/on-fields.ts';
import { onObjects } from '../editing/on-objects.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const BOTH = ['answer', 'send'] as const;
const CDR = { operation: 'cdrs.post', version: '2.2.1', direction: 'send' } as const;

const TOTALS = { cost: 'total_cost', energy: 'total_energy', time: 'total_time' } as const;

const totalOff = faultKind({
  kind: 'money.total-off',
  family: 'money',
  title: 'Total that is not the sum',
  explain: ({ object, total, by }) =>
    `Makes ${TOTALS[total]} of ${objectWords(object)} ${Math.abs(by)} ${by < 0 ? 'less' : 'more'} than its periods and tariff give.`,
  parameters: z.strictObject({
    object: WhichObject,
    total: z.enum(['cost', 'energy', 'time']).default('cost').describe('Which total: of the cost, kWh or hours.'),
    by: z
      .number()
      .min(-1e6)
      .max(1e6)
      .refine(by => by !== 0, 'another number than 0')
      .default(1)
      .describe('How much is added: money, kWh or hours; negative takes away.'),
  }),
  cases: [31],
  directions: BOTH,
  fits: holds('CDR'),
  sample: CDR,
  alter: onObjects({
    edits: (object, { parameters: { total, by } }) => {
      const field = ownField(object, TOTALS[total]);
      const net = field && netOf(field);
      return field === undefined || net === undefined ? undefined : amountEdits(field, net + by);
    },
    did: (objects, { parameters: { total, by } }) => `${TOTALS[total]} of ${objects} was changed by ${by}`,
    none: 'no object of this message has such a total',
  }),
});

const stepSize = faultKind({
  kind: 'money.step-size',
  family: 'money',
  title: 'One step too many',
  explain: ({ object, steps }) =>
    `Charges for ${steps} ${steps === 1 ? 'step' : 'steps'} more than were used in ${objectWords(object)}, by the step_size and the price that were in force at its end.`,
  parameters: z.strictObject({
    object: WhichObject,
    steps: z.int().min(1).max(100_000).default(1).describe('How many steps more.'),
  }),
  cases: [31],
  directions: BOTH,
  fits: holds('CDR'),
  sample: CDR,
  alter: onObjects({
    edits: (object, { parameters: { steps }, facts: { version } }) => {
      const step = version && billedStep(object.json, version);
      if (step === undefined) return undefined;
      const { part, cost, isTaxed, rate } = step;
      const edits = ['total_cost', part].flatMap(name => {
        const field = ownField(object, name);
        const net = field && netOf(field);
        if (field === undefined || net === undefined) return [];
        const gross = isTaxed ? grossOf(field) : undefined;
        return amountEdits(field, net + steps * (gross ? (cost * net) / gross : cost), rate);
      });
      return edits.length === 0 ? undefined : edits;
    },
    did: (objects, { parameters: { steps } }) =>
      `${steps} ${steps === 1 ? 'step' : 'steps'} more than were used were charged in ${objects}`,
    none: 'no object of this message has a tariff with a price and a step_size in it',
  }),
});

const PRICES: readonly string[] = ['Price', 'PriceLimit'];

const vatMissing = faultKind({
  kind: 'money.vat-missing',
  family: 'money',
  title: 'VAT left out',
  explain: ({ object }) => `Leaves out what says of VAT and taxes in the prices of ${objectWords(object)}.`,
  parameters: z.strictObject({ object: WhichObject }),
  cases: [32],
  directions: BOTH,
  fits: holds(...PRICES, 'PriceComponent'),
  sample: CDR,
  alter: onEveryField({
    fits: ({ field: { within, required, isElement, value, name } }) =>
      !required &&
      !isElement &&
      value !== undefined &&
      (PRICES.includes(within.type.name) || (within.type.name === 'PriceComponent' && name === 'vat')),
    edits: ({ field: { at } }) => [{ at, drop: true }],
    did: where => `${where} was left out`,
    none: 'no VAT and no tax',
  }),
});

const taxIncludedMissing = faultKind({
  kind: 'money.tax-included-missing',
  family: 'money',
  title: 'tax_included missing',
  explain: ({ object }) => `Leaves out tax_included in the tariffs of ${objectWords(object)}, which 2.3.0 asks for.`,
  parameters: z.strictObject({ object: WhichObject }),
  cases: [32],
  directions: BOTH,
  fits: holds('Tariff'),
  sample: { operation: 'tariffs.list', version: '2.3.0', direction: 'answer' },
  alter: onEveryField({
    fits: ({ field: { name, isElement, value } }) => name === 'tax_included' && !isElement && value !== undefined,
    edits: ({ field: { at } }) => [{ at, drop: true }],
    did: where => `${where} was left out`,
    none: 'no tax_included',
  }),
});

const numberForPrice = faultKind({
  kind: 'money.number-for-price',
  family: 'money',
  title: 'Number where Price is due',
  explain: ({ object }) => `Writes the prices of ${objectWords(object)} as plain numbers, as 2.1.1 has them.`,
  parameters: z.strictObject({ object: WhichObject }),
  cases: [32],
  directions: BOTH,
  fits: holds(...PRICES),
  sample: CDR,
  alter: onEveryField({
    fits: ({ field }) =>
      field.definition.kind === 'object' &&
      PRICES.includes(field.definition.name) &&
      isJsonObject(field.value) &&
      netOf(field) !== undefined,
    edits: ({ field, text }) => [{ at: field.at, text: cutJson(text(), netPointer(field)) ?? String(netOf(field)) }],
    did: where => `${where} was written as a number`,
    none: 'no price that is an object',
  }),
});

const ENERGIES: readonly string[] = ['kwh', 'total_energy'];

const wattHours = faultKind({
  kind: 'money.watt-hours',
  family: 'money',
  title: 'Wh for kWh',
  explain: ({ object, what }) =>
    `Writes ${{ volumes: 'the volumes of energy in the charging periods', totals: 'the total of energy', both: 'every energy' }[what]} of ${objectWords(object)} in Wh where kWh are due.`,
  parameters: z.strictObject({
    object: WhichObject,
    what: z
      .enum(['volumes', 'totals', 'both'])
      .default('volumes')
      .describe('The volumes in the charging periods, the totals, or both.'),
  }),
  cases: [],
  directions: BOTH,
  fits: holds('CdrDimension'),
  sample: CDR,
  alter: onEveryField({
    fits: ({ field: { name, path, within, value }, using: { parameters } }) => {
      if (typeof value !== 'number' || value === 0) return false;
      const isTotal = path === name && ENERGIES.includes(name);
      const type = within.json['type'];
      const isVolume = within.type.name === 'CdrDimension' && name === 'volume' && /^ENERGY/.test(String(type));
      return (isTotal && parameters.what !== 'volumes') || (isVolume && parameters.what !== 'totals');
    },
    edits: ({ field: { at, value } }) => [{ at, set: tidy(Number(value) * 1000) }],
    did: where => `${where} was written in Wh`,
    none: 'no such energy',
  }),
});

const LONGEST_ID = 39;

const creditUnreferenced = faultKind({
  kind: 'money.credit-unreferenced',
  family: 'money',
  title: 'Credit CDR without reference',
  explain: ({ object }) => `Makes ${objectWords(object)} a credit CDR that does not say which CDR it credits.`,
  parameters: z.strictObject({ object: WhichObject }),
  cases: [],
  directions: BOTH,
  fits: holds('CDR'),
  sample: CDR,
  alter: onObjects({
    edits: object => {
      const { id } = object.json;
      const field = ownField(object, 'total_cost');
      const net = field && netOf(field);
      if (!('credit' in object.type.shape) || typeof id !== 'string' || field === undefined || net === undefined) {
        return undefined;
      }
      return [
        { at: '/id', set: `${id.slice(0, LONGEST_ID - 2)}-C` },
        { at: '/credit', set: true },
        ...(object.json['credit_reference_id'] === undefined
          ? []
          : [{ at: '/credit_reference_id', drop: true as const }]),
        ...amountEdits(field, -Math.abs(net)),
      ];
    },
    did: objects => `${objects} became a credit CDR without credit_reference_id`,
    none: 'no CDR of a version that knows credit CDRs is in this message',
  }),
});

/** Costs, taxes and energies that are not what they should be. */
export const COST_KINDS: readonly FaultKind[] = [
  totalOff,
  stepSize,
  vatMissing,
  taxIncludedMissing,
  numberForPrice,
  wattHours,
  creditUnreferenced,
];
