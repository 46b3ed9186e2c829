import { describe, expect, it } from 'vitest';
import { answerTypeOf } from '../../../core/ocpi/answer-types.ts';
import { bodyTypeOf } from '../../../core/ocpi/body-types.ts';
import { type CatalogueEntry, catalogue } from '../../../core/ocpi/catalogue.ts';
import { checkDocument } from '../../../core/ocpi/checked-document.ts';
import type { OcpiType } from '../../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { fixturesOf } from '../../ocpi/fixtures.ts';
import { type Played, Playing } from './played.ts';

interface Case {
  readonly kind: string;
  /** One of these codes a good reader finds then; of none: nothing new at all. Absent: what it finds is not looked at. */
  readonly finds?: readonly string[];
  /** Versions of which there is no object it could be meant for, or of which nothing is wrong with it. */
  readonly notIn?: readonly Version[];
  /** There is no object of any type that it does not fit. */
  readonly everywhere?: true;
  /** The most values that are other ones in one message. */
  readonly most?: number;
}

/** Kinds that work on objects by their types. */
const KINDS: readonly Case[] = [
  {
    kind: 'object.required-missing',
    finds: [
      'field.missing',
      'last-updated.missing',
      'cdr-token.party-missing',
      'command.timeout-missing',
      'confirmation.eft-data-missing',
    ],
    everywhere: true,
  },
  { kind: 'object.optional-null', finds: [] },
  { kind: 'object.unknown-enum', finds: ['enum.unknown', 'enum.undecidable'] },
  { kind: 'object.number-as-text', finds: ['type.string-for-number'] },
  { kind: 'object.text-too-long', finds: ['text.too-long', 'url.too-long'] },
  { kind: 'object.date-with-offset', finds: ['date-time.offset'], notIn: ['2.1.1'] },
  { kind: 'object.date-without-zone' },
  { kind: 'object.date-with-fraction', finds: ['date-time.too-long'] },
  { kind: 'object.date-impossible', finds: ['date-time.unusable'] },
  { kind: 'object.coordinate-decimals', finds: ['coordinates.spelling'], most: 20 },
  { kind: 'money.vat-missing', finds: [], notIn: ['2.1.1'], most: 40 },
  { kind: 'money.tax-included-missing', finds: ['tariff.tax-included-missing'], notIn: ['2.1.1', '2.2.1'] },
  { kind: 'money.number-for-price', finds: ['price.other-shape'], notIn: ['2.1.1'], most: 40 },
  { kind: 'money.watt-hours', finds: ['energy.watt-hours'], most: 40 },
];

interface Place {
  readonly entry: CatalogueEntry;
  readonly version: Version;
  readonly type: OcpiType;
  readonly side: 'answer' | 'send';
  readonly objects: readonly string[];
}

/** Every operation of every version of whose type there are objects. */
const PLACES: readonly Place[] = VERSIONS.flatMap(version => {
  const fixtures = fixturesOf(version);
  return catalogue(version).flatMap(entry =>
    (['answer', 'send'] as const).flatMap((side): Place[] => {
      const type = (side === 'answer' ? answerTypeOf : bodyTypeOf)(entry, version);
      if (type?.kind !== 'object' || entry.method === 'PATCH' || entry.module === 'versions') return [];
      const objects = fixtures.filter(({ type: name }) => name === type.name).map(({ value }) => written(value));
      return objects.length === 0 ? [] : [{ entry, version, type, side, objects }];
    }),
  );
});

/** As few would write it: what is kept to the byte keeps its lines and the zeros of its numbers. */
function written(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/": (-?\d+\.\d+)/g, '": $10');
}

function crossed(playing: Playing, { entry, version, side, objects }: Place): { before: string; after: Played } {
  const [first = ''] = objects;
  const before = side === 'answer' && entry.items ? `[${objects.join(', ')}]` : first;
  const crossing = { operation: entry.id, version, json: before };
  return { before, after: side === 'answer' ? playing.answer(crossing) : playing.send(crossing) };
}

function codesIn(text: string, type: OcpiType): string[] {
  const { findings } = checkDocument(new TextEncoder().encode(text), { type });
  return findings.map(({ finding }) => finding.code);
}

it('there are real objects of every module in every version', () => {
  const modules = new Set(PLACES.map(({ entry, version }) => `${version} ${entry.module}`));
  expect(modules.size).toBe(7 + 9 + 12);
});

describe.each(KINDS)('$kind', ({ kind, finds, notIn = [], everywhere, most = 2 }) => {
  const hit = PLACES.flatMap(place => {
    const { before, after } = crossed(new Playing(kind, {}, place.entry.id), place);
    return after.applied ? [{ place, before, after: String(after.data) }] : [];
  });

  it('works on objects of every version, and a good reader finds what it did', () => {
    const meant = hit.filter(({ place }) => !notIn.includes(place.version));
    expect(new Set(meant.map(({ place }) => place.version)).size).toBe(VERSIONS.length - notIn.length);
    const types = (places: readonly Place[]) => new Set(places.map(({ version, type }) => `${version} ${type.name}`));
    if (everywhere) expect(types(hit.map(({ place }) => place))).toEqual(types(PLACES));
    for (const { place, before, after } of meant) {
      expect(after, place.entry.id).not.toBe(before);
      const known = codesIn(before, place.type);
      const fresh = codesIn(after, place.type).filter(code => !known.includes(code));
      const words = `${place.version} ${place.entry.id}: ${fresh.join()} in ${after}`;
      if (finds?.length === 0) expect(fresh, words).toEqual([]);
      else if (finds)
        expect(
          finds.some(code => fresh.includes(code as never)),
          words,
        ).toBe(true);
    }
  });

  it('leaves everything else in the message as it was, to the byte', () => {
    expect(hit.length).toBeGreaterThan(0);
    for (const { before, after } of hit) {
      const changed = differences(JSON.parse(before), JSON.parse(after));
      expect(changed, after).toBeGreaterThan(0);
      expect(changed, after).toBeLessThanOrEqual(most);
      const known = new Set(before.split('\n'));
      const fresh = after.split('\n').filter(line => !known.has(line));
      // Behind a last field that went, the line before it lost its comma.
      expect(fresh.length, fresh.join('\n')).toBeLessThanOrEqual(most);
    }
  });
});

/** How many values are other ones, absent or new. */
function differences(left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return 1;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  let sum = Array.isArray(left) === Array.isArray(right) ? 0 : 1;
  for (const name of names) sum += differences(Reflect.get(left, name), Reflect.get(right, name));
  return sum;
}
