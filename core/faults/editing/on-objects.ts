import type { Draft } from '../draft.ts';
import type { Altered, Using } from '../kind.ts';
import { countWords, hitObjects, type WhichObject } from './aim.ts';
import { altered, nothing } from './altered.ts';
import type { JsonEdit } from './json.ts';
import { changeObjects, contentsOf, type MessageObject, NO_OBJECTS } from './objects.ts';

/** What a kind does to an object. */
export interface ObjectFault<P> {
  /** Undefined passes it over. Pointers begin at the object. */
  readonly edits: (object: MessageObject, using: Using<P>) => readonly JsonEdit[] | undefined;
  readonly did: (objects: string, using: Using<P>) => string;
  /** Why nothing was done: a sentence. */
  readonly none: string;
}

/** The `alter` of a kind that changes whole objects, those that are chosen of those it can change. */
export function onObjects<P extends { readonly object: WhichObject }>({ edits, did, none }: ObjectFault<P>) {
  return (draft: Draft, using: Using<P>): Altered => {
    const contents = contentsOf(draft.message, using.facts);
    if (contents === undefined) return nothing(NO_OBJECTS);
    const changes = new Map<number, readonly JsonEdit[]>();
    const hit = hitObjects(contents, {
      which: using.parameters.object,
      draw: using.draw,
      fits: object => {
        const found = edits(object, using);
        if (found !== undefined) changes.set(object.index, found);
        return found !== undefined;
      },
    });
    if (hit.length === 0) return nothing(none);
    const made = hit.map(({ index }) => ({ index, edits: changes.get(index) ?? [] }));
    return altered(changeObjects(draft, contents, made), did(countWords(hit, contents), using));
  };
}
