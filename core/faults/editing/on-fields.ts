import type { Draft } from '../draft.ts';
import type { Altered, Using } from '../kind.ts';
import { type Aim, hitWords, takeAim, type WhichObject } from './aim.ts';
import { altered, nothing } from './altered.ts';
import type { Field } from './fields.ts';
import type { JsonEdit } from './json.ts';
import { changeObjects, contentsOf, type MessageObject, NO_OBJECTS, objectText } from './objects.ts';

/** A field that a fault works on. */
export interface AtField<P> {
  readonly field: Field;
  readonly object: MessageObject;
  readonly using: Using<P>;
  /** JSON text of the object it belongs to, where the spelling of a number counts. */
  readonly text: () => string;
}

/** What a kind that hits fields of objects does to one of them. */
export interface FieldFault<P extends Aim> {
  readonly fits: (at: Omit<AtField<P>, 'text'>) => boolean;
  /** Pointers from the object. */
  readonly edits: (at: AtField<P>) => readonly JsonEdit[];
  /** `where`: `status of object 3`. */
  readonly did: (where: string, using: Using<P>) => string;
  /** What it looks for, behind "there is": `no required field`. */
  readonly none: string;
}

/** The `alter` of such a kind: it works on any object of any module and version, by its type. */
export function onFields<P extends Aim>(fault: FieldFault<P>): (draft: Draft, using: Using<P>) => Altered {
  return (draft, using) => {
    const contents = contentsOf(draft.message, using.facts);
    if (contents === undefined) return nothing(NO_OBJECTS);
    const { parameters, draw } = using;
    const hits = takeAim({
      contents,
      aim: parameters,
      draw,
      fits: (field, object) => fault.fits({ field, object, using }),
    });
    if (hits.length === 0) {
      const named = parameters.field === '' ? '' : ` called ${parameters.field}`;
      return nothing(`there is ${fault.none}${named} in what the message holds`);
    }
    const changes = hits.map(({ object, fields }) => {
      const text = () => objectText(contents, object.index);
      return { index: object.index, edits: fields.flatMap(field => fault.edits({ field, object, using, text })) };
    });
    return altered(changeObjects(draft, contents, changes), fault.did(hitWords(hits, contents), using));
  };
}

/** As `onFields`, for kinds that hit every field that fits, and leave to choose only the object. */
export function onEveryField<P extends { readonly object: WhichObject }>(
  fault: FieldFault<P & Aim>,
): (draft: Draft, using: Using<P>) => Altered {
  const alter = onFields(fault);
  return (draft, using) => alter(draft, { ...using, parameters: { ...using.parameters, field: '', every: true } });
}
