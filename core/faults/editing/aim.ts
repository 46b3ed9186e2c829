import * as z from 'zod';
import { type Field, fieldsOf } from './fields.ts';
import type { Contents, MessageObject } from './objects.ts';

/** Which of the objects of a message a fault hits. */
export const WhichObject = z
  .enum(['drawn', 'first', 'last', 'all'])
  .default('drawn')
  .describe('Which object of a list is hit: one drawn by chance, the first, the last, or all.');
export type WhichObject = z.infer<typeof WhichObject>;

/** Of kinds that hit one object of a list. */
export const OneObject = z
  .enum(['drawn', 'first', 'last'])
  .default('drawn')
  .describe('Which object of the list is hit: one drawn by chance, the first, or the last.');

/** Which of the fields it fits. */
export const WhichField = z
  .string()
  .max(200)
  .default('')
  .describe('The field that is hit, as status or coordinates.latitude; empty: one drawn by chance of those it fits.');

const EveryField = z.boolean().default(false).describe('All fields it fits are hit, instead of one.');

/** Parameters of kinds that hit a field of an object. */
export const AIM = { object: WhichObject, field: WhichField, every: EveryField };

export interface Aim {
  readonly object: WhichObject;
  readonly field: string;
  readonly every: boolean;
}

/** For sentences: `one object, drawn by chance`. */
export function objectWords(which: WhichObject): string {
  return {
    drawn: 'one object of the message',
    first: 'the first object',
    last: 'the last object',
    all: 'every object',
  }[which];
}

/** For sentences: `one date of the first object`, `status of every object`; `thing` as in `date`. */
export function aimWords({ object, field, every }: Aim, thing: string): string {
  const what = field !== '' ? field : every ? `every ${thing}` : `one ${thing}`;
  return `${what} of ${objectWords(object)}`;
}

type Draw = (name: string) => number;

/** The element that a number in [0, 1) falls on; undefined of an empty list. */
export function drawn<T>(list: readonly T[], number: number): T | undefined {
  return list[Math.min(Math.floor(number * list.length), list.length - 1)];
}

/** What is hit of one object; never empty. */
export interface Hit {
  readonly object: MessageObject;
  readonly fields: readonly Field[];
}

export interface Aiming {
  readonly contents: Contents;
  readonly aim: Aim;
  readonly draw: Draw;
  /** Whether the fault can hit a field of the name wanted. */
  readonly fits: (field: Field, object: MessageObject) => boolean;
}

/** The fields that are hit, object by object; an object without a field that fits is passed over. */
export function takeAim({ contents, aim, draw, fits }: Aiming): Hit[] {
  const { isPart } = contents;
  const hits: Hit[] = [];
  for (const object of inTurn(contents.objects, aim.object, draw)) {
    const fitting = named(fieldsOf(object, { isPart }), aim.field).filter(field => fits(field, object));
    const one = drawn(fitting, draw(`field ${object.index}`));
    if (one === undefined) continue;
    hits.push({ object, fields: aim.every ? outermost(fitting) : [one] });
    if (aim.object !== 'all') break;
  }
  return hits;
}

/** The objects that are hit, of those that fit. */
export function hitObjects(
  contents: Contents,
  { which, draw, fits = () => true }: { which: WhichObject; draw: Draw; fits?: (object: MessageObject) => boolean },
): MessageObject[] {
  const fitting: MessageObject[] = [];
  for (const object of inTurn(contents.objects, which, draw)) {
    if (!fits(object)) continue;
    fitting.push(object);
    if (which !== 'all') break;
  }
  return fitting;
}

/** In the order in which they are tried: from the one drawn on, round about. */
function inTurn(objects: readonly MessageObject[], which: WhichObject, draw: Draw): readonly MessageObject[] {
  if (which === 'last') return objects.toReversed();
  if (which !== 'drawn') return objects;
  const start = Math.floor(draw('object') * objects.length);
  return [...objects.slice(start), ...objects.slice(0, start)];
}

/** Those of this path; where there are none, those of this name, wherever they stand. */
function named(fields: readonly Field[], wanted: string): readonly Field[] {
  if (wanted === '') return fields;
  const exact = fields.filter(({ path }) => path === wanted);
  return exact.length > 0 ? exact : fields.filter(({ path }) => path.endsWith(`.${wanted}`));
}

/** A change of what holds others makes those within moot. */
function outermost(fields: readonly Field[]): readonly Field[] {
  const taken = new Set(fields.map(({ at }) => at));
  return fields.filter(({ at }) => {
    for (let end = at.lastIndexOf('/'); end > 0; end = at.lastIndexOf('/', end - 1)) {
      if (taken.has(at.slice(0, end))) return false;
    }
    return true;
  });
}

/** For sentences: `evses.0.status of object 3`, with how many more there were in brackets. */
export function hitWords(hits: readonly Hit[], { isList }: Pick<Contents, 'isList'>): string {
  const [first] = hits;
  const [field] = first?.fields ?? [];
  if (first === undefined || field === undefined) return 'nothing';
  const others = hits.reduce((sum, { fields }) => sum + fields.length, 0) - 1;
  const more = others === 0 ? '' : ` (and ${others} more)`;
  return `${field.at.slice(1).replaceAll('/', '.')}${isList ? ` of object ${first.object.index + 1}` : ''}${more}`;
}

/** For sentences: `object 3`, `5 objects`, and `the object` where it stands alone. */
export function countWords(objects: readonly MessageObject[], { isList }: Pick<Contents, 'isList'>): string {
  const [first] = objects;
  if (objects.length !== 1 || first === undefined) return `${objects.length} objects`;
  return isList ? `object ${first.index + 1}` : 'the object';
}

/** For sentences: `1 object`, `3 objects`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
