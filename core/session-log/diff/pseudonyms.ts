import type { RedactionGroup } from '../../contract/session-log.ts';
import { jsonPlaces } from '../redact/json-places.ts';
import { aboutKind, type ValueKind } from '../redact/kinds.ts';
import type { OneToOne } from './one-to-one.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * A text of the first log with the names that the second one has for what was redacted in either of them: pseudonyms are others in
 * each file. What is not consistently one for the other stays, so that it is told as a difference.
 */
export function withNamesOf(
  b: string,
  a: string,
  { groups, names }: { readonly groups: ReadonlySet<RedactionGroup>; readonly names: OneToOne },
): string {
  if (groups.size === 0) return a;
  const places = { a: placesOf(a, groups), b: placesOf(b, groups) };
  const edits = [...places.a].flatMap(([kind, ours]) => {
    const theirs = places.b.get(kind) ?? [];
    // What only one of them has cannot be laid beside anything.
    if (ours.length !== theirs.length) return [];
    return ours.flatMap((place, at) => {
      const other = theirs[at];
      const [was, is] = [a.slice(place.start, place.end), other && b.slice(other.start, other.end)];
      if (is === undefined || was === is) return [];
      // A rounded number stands for many.
      const one = aboutKind(kind).shape === 'degrees' || names.bind(`pseudonym ${kind}`, was, is);
      return one ? [{ ...place, text: is }] : [];
    });
  });
  let made = '';
  let copied = 0;
  for (const { start, end, text } of edits.sort((left, right) => left.start - right.start)) {
    if (start < copied) continue;
    made += a.slice(copied, start) + text;
    copied = end;
  }
  return made + a.slice(copied);
}

function placesOf(text: string, groups: ReadonlySet<RedactionGroup>): Map<ValueKind, Place[]> {
  const places = new Map<ValueKind, Place[]>();
  jsonPlaces(text, 0, {
    value(start, end, kind) {
      if (!groups.has(aboutKind(kind).group)) return;
      const known = places.get(kind);
      if (known === undefined) places.set(kind, [{ start, end }]);
      else known.push({ start, end });
    },
    nested: () => {},
    packed: () => {},
    impersonal: () => {},
  });
  for (const of of places.values()) of.sort((left, right) => left.start - right.start);
  return places;
}
