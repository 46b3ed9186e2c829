import type { Plan } from '../plan.ts';
import { evseOf, type Mark } from './marks.ts';
import { targetOf } from './message-marks.ts';
import { shiftTime } from './shift-time.ts';

/** What values are told by. */
export type Known = Pick<Plan, 'mapping' | 'shiftMs' | 'movesFrom' | 'recording'>;

/** Under what an id is found in the mapping. Connectors of several EVSEs have the same ids: `EVSE/CONNECTOR`. */
export function mappedAs({ kind, value, group }: Mark): string {
  if (kind === 'response_url') return targetOf(value);
  const evse = kind === 'connector' ? evseOf(group) : undefined;
  return evse === undefined ? value : `${evse}/${value}`;
}

/** What a place says now; undefined where that is not known yet. */
export function valueNow({ mapping, shiftMs, movesFrom, recording }: Known, mark: Mark): string | undefined {
  if (mark.kind === 'time') return shiftTime(mark.value, { shiftMs, from: movesFrom }, recording.version);
  const to = mapping.get(mark.kind, mappedAs(mark)) ?? alone(mark, mapping);
  return mark.half === undefined ? to : halfOf(to, mark.half);
}

/** An EVSE's connector by its id alone, where it was told so: by the operator. */
function alone({ kind, value }: Mark, mapping: Known['mapping']): string | undefined {
  return kind === 'connector' ? mapping.get(kind, value) : undefined;
}

/** Half of a party that stands without the other one tells nothing. */
function halfOf(party: string | undefined, half: 'country' | 'party'): string | undefined {
  if (party === undefined) return undefined;
  const [country, id] = splitParty(party);
  return half === 'country' ? country : id;
}

export function splitParty(party: string): readonly [country: string, id: string] {
  const at = party.indexOf('-');
  return [party.slice(0, at === -1 ? 0 : at), party.slice(at + 1)];
}

/** A text with other values at some of its places; everything else stays, byte for byte. */
export function withValues(
  text: string,
  marks: readonly Mark[],
  said: (mark: Mark, at: number) => string | undefined,
  plainNumbers = false,
): string {
  let written = '';
  let copied = 0;
  for (const [at, mark] of marks.entries()) {
    const value = said(mark, at);
    const before = mark.half === undefined ? mark.value : undefined;
    if (value === undefined || value === before || value === heldAt(text, mark)) continue;
    written += text.slice(copied, mark.start) + literal(mark, value, plainNumbers);
    copied = mark.end;
  }
  return written + text.slice(copied);
}

function heldAt(text: string, { start, end, quoted }: Mark): string {
  return quoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
}

/** A number stays one; what a scenario writes as a text where the table has a number becomes one. */
function literal({ quoted, number }: Mark, value: string, plainNumbers: boolean): string {
  const digits = /^(?:0|[1-9]\d{0,15})$/.test(value);
  return digits && (!quoted || (number && plainNumbers)) ? value : JSON.stringify(value);
}
