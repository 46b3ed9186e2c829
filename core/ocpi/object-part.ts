import { ciEqual } from './ci-string.ts';
import { readDateTime } from './date-time.ts';
import { cutElements, cutMembers, joinElements, joinMembers } from './json-cut.ts';
import type { Version } from './versions.ts';

/** One step down into an object: to the element of a list that has an id. */
export interface PartStep {
  /** Name of the list: `evses`. */
  readonly list: string;
  /** Name of the id: `uid`. */
  readonly member: string;
  /** Compared without regard to case (T27). */
  readonly id: string;
}

/** A part of an object as it stands in its text; `missing`: the first step that leads to nothing. */
export type FoundPart = { readonly text: string } | { readonly missing: PartStep };

/** Goes down into the JSON text of an object. */
export function findPart(text: string, steps: readonly PartStep[]): FoundPart {
  let found = text;
  for (const step of steps) {
    const element = elementsOf(cutMembers(found), step).find(one => isNamed(one, step));
    if (element === undefined) return { missing: step };
    found = element;
  }
  return { text: found };
}

export interface PartChange {
  readonly steps: readonly PartStep[];
  /** JSON text of the part as it is now: in place of the one with its id, or a new one at the end. */
  readonly part: string;
  /** Moves the last_updated of what the part stands in to that of the part (digest 1.8): from 2.2 on. */
  readonly dated?: { readonly lastUpdated: string; readonly version: Version };
}

/** The text of an object with another part; what the part stands in has to be there. */
export function withPart(text: string, { steps, part, dated }: PartChange): string {
  const [step, ...rest] = steps;
  if (!step) return part;
  const members = cutMembers(text);
  const elements = elementsOf(members, step);
  const at = elements.findIndex(one => isNamed(one, step));
  if (at >= 0) elements[at] = withPart(elements[at] as string, { steps: rest, part, ...(dated && { dated }) });
  else if (rest.length === 0) elements.push(part);
  else throw new Error(`there is no ${step.id} in ${step.list}`);
  members.set(step.list, joinElements(elements));
  if (dated && !isLater(members.get('last_updated'), dated)) {
    members.set('last_updated', JSON.stringify(dated.lastUpdated));
  }
  return joinMembers(members);
}

/** Pushes may overtake each other: what was changed later by another part does not become older again. */
function isLater(
  text: string | undefined,
  { lastUpdated, version }: { lastUpdated: string; version: Version },
): boolean {
  const there: unknown = JSON.parse(text ?? 'null');
  if (typeof there !== 'string') return false;
  const [before, now] = [there, lastUpdated].map(moment => readDateTime(moment, version).epochMs);
  return before !== undefined && now !== undefined && before > now;
}

function elementsOf(members: ReadonlyMap<string, string>, { list }: PartStep): string[] {
  const text = members.get(list) ?? '';
  return text.startsWith('[') ? cutElements(text) : [];
}

function isNamed(element: string, { member, id }: PartStep): boolean {
  if (!element.startsWith('{')) return false;
  const value: unknown = JSON.parse(cutMembers(element).get(member) ?? 'null');
  return (typeof value === 'string' || typeof value === 'number') && ciEqual(String(value), id);
}
