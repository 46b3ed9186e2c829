import * as z from 'zod';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { countWords, hitObjects, OneObject, objectWords, WhichObject } from '../editing/aim.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { idOf } from '../editing/fields.ts';
import { hasObjects, isList } from '../editing/fitting.ts';
import { setHeader, withHeaders } from '../editing/headers.ts';
import { pointerStep } from '../editing/json.ts';
import { dropObjects, replaceObject } from '../editing/list.ts';
import { changeObjects, contentsOf, type MessageObject, NO_OBJECTS, objectText } from '../editing/objects.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const BOTH = ['answer', 'send'] as const;
const LOCATIONS = { operation: 'locations.list', version: '2.2.1', direction: 'answer' } as const;

const unknownProperty = faultKind({
  kind: 'object.unknown-property',
  family: 'object',
  title: 'Property nobody knows',
  explain: ({ object, name }) => `Adds a property called ${name} to ${objectWords(object)}.`,
  parameters: z.strictObject({
    object: WhichObject,
    name: z.string().min(1).max(100).default('partner_extension').describe('Name of the property.'),
    value: z.string().max(1000).default('unheard of').describe('Its value, a text.'),
  }),
  cases: [],
  directions: BOTH,
  fits: hasObjects,
  sample: LOCATIONS,
  alter: (draft, { parameters, facts, draw }) => {
    const { object: which, name, value } = parameters;
    const contents = contentsOf(draft.message, facts);
    if (contents === undefined) return nothing(NO_OBJECTS);
    const hit = hitObjects(contents, { which, draw, fits: ({ json }) => !Object.hasOwn(json, name) });
    if (hit.length === 0) return nothing(`every object has a property called ${name} already`);
    const changes = hit.map(({ index }) => ({ index, edits: [{ at: pointerStep(name), set: value }] }));
    return altered(
      changeObjects(draft, contents, changes),
      `${countWords(hit, contents)} got a property called ${name}`,
    );
  },
});

const HOW_UNUSABLE = ['without-id', 'empty', 'null', 'text'] as const;

const unusable = faultKind({
  kind: 'object.unusable',
  family: 'object',
  title: 'One bad object in a page',
  explain: ({ object, how }) =>
    `${{ 'without-id': 'Takes its id from', empty: 'Sends {} in place of', null: 'Sends null in place of', text: 'Sends a text in place of' }[how]} ${objectWords(object)}; the others of the page stay good.`,
  parameters: z.strictObject({
    object: OneObject,
    how: z
      .enum(HOW_UNUSABLE)
      .default('without-id')
      .describe('What becomes of it: its id is null, or {}, null or a text stands in its place.'),
  }),
  cases: [25],
  directions: ['answer'],
  fits: isList,
  sample: LOCATIONS,
  alter: onAnswer((message, draft, { parameters, facts, draw }) => {
    const contents = contentsOf(message, facts);
    if (contents === undefined || !contents.isList) return nothing('there is no list of objects in this answer');
    const { how } = parameters;
    const [hit] = hitObjects(contents, {
      which: parameters.object,
      draw,
      fits: ({ json }) => how !== 'without-id' || ownIdField(json) !== undefined,
    });
    if (hit === undefined) return nothing('no object of the list has an id');
    const { index, json } = hit;
    const place = `object ${index + 1} of ${contents.objects.length}`;
    if (how === 'without-id') {
      const edits = [{ at: `/${ownIdField(json) ?? 'id'}`, set: null }];
      return altered(changeObjects(draft, contents, [{ index, edits }]), `the id of ${place} became null`);
    }
    const instead = { empty: '{}', null: 'null', text: JSON.stringify(idOf(json) ?? 'object') }[how];
    const replaced = replaceObject(draft, contents, index, [instead]);
    return altered(replaced, `${place} was replaced with ${how === 'text' ? 'its id' : instead}`);
  }),
});

/** The name of the field that tells objects of a type apart. */
function ownIdField(json: Readonly<Record<string, unknown>>): string | undefined {
  return ['id', 'uid', 'terminal_id', 'party_id'].find(name => typeof json[name] === 'string');
}

const vanished = faultKind({
  kind: 'object.vanished',
  family: 'object',
  title: 'Objects vanish from the list',
  explain: ({ share }) =>
    `Leaves out each object of a list with a chance of ${Math.round(share * 100)} %, always the same ones, without a word that they were removed.`,
  parameters: z.strictObject({
    share: z.number().gt(0).max(1).default(0.2).describe('The chance of each object to be gone, up to 1.'),
    inTotal: z.boolean().default(false).describe('Whether X-Total-Count counts them all the same.'),
  }),
  cases: [15],
  directions: ['answer'],
  fits: isList,
  sample: LOCATIONS,
  alter: onAnswer((message, draft, { parameters, facts, draw, memory }) => {
    const contents = contentsOf(message, facts);
    if (contents === undefined || !contents.isList) return nothing('there is no list of objects in this answer');
    const isGone = (start: string) => (object: MessageObject) =>
      shareOf(`${start} ${idOf(object.json) ?? objectText(contents, object.index)}`) < parameters.share;
    // Whoever has vanished once stays away: what is drawn with the first hit decides for all, and there somebody goes.
    const first = Array.from({ length: 64 }, (_, at) => `${draw('start')} ${at}`);
    const start = memory.get('start') ?? first.find(one => contents.objects.some(isGone(one))) ?? '';
    memory.set('start', start);
    const gone = contents.objects.filter(isGone(start));
    if (gone.length === 0) return nothing('all objects of this page are among those that stay');
    const left = dropObjects(draft, contents, new Set(gone.map(({ index }) => index)));
    const total = Number(headerValue(message.headers, 'X-Total-Count'));
    const counted = parameters.inTotal || !Number.isInteger(total) || total < gone.length;
    const headers = counted
      ? left.message.headers
      : setHeader(left.message.headers, 'X-Total-Count', String(total - gone.length));
    return altered(withHeaders(left, headers), `${countWords(gone, contents)} of ${contents.objects.length} vanished`);
  }),
});

/** A number in [0, 1) that is always the same for a text (FNV-1a). */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

export const OBJECT_LIST_KINDS: readonly FaultKind[] = [unknownProperty, unusable, vanished];
