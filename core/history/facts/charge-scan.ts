import type { Database } from 'better-sqlite3';
import type { ReportConditions } from '../../contract/reports.ts';
import { BILL_STATE, type BillColumns, valueAt } from '../../insight/report/bill-columns.ts';
import { type ZoneClock, zoneClock } from '../../insight/tariff/zones.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { createStretchReading } from './bill-stretches.ts';
import type { Names } from './names.ts';
import type { Place, Places } from './places.ts';

/** As the contract's, with the link by its ids: a name may have been used for several. 0 is our own data. */
export interface ChargeConditions extends Omit<ReportConditions, 'link'> {
  readonly linkIds?: readonly number[] | undefined;
  /** None of these: logs half imported, or half deleted. */
  readonly hiddenLinkIds?: readonly number[] | undefined;
  /** Sessions too that are no charges. */
  readonly withAny?: boolean;
}

/** One charge where it stands, and when it began by the clocks of its zone: milliseconds, NaN where that is not told. */
export type VisitCharge = (columns: BillColumns, at: number, bill: number, local: number) => void;

export interface ChargeScan {
  /** Every session or CDR that meets the conditions, credit CDRs among them. Gives how many had no zone. */
  each(conditions: ChargeConditions, visit: VisitCharge): { readonly withoutZone: number };
  readonly places: ReadonlyMap<number, Place>;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

export interface ChargeScanParts {
  readonly names: Names;
  readonly places: Places;
  /** Between two stretches: whoever reads may rest. */
  readonly pause: () => void;
}

/** Of one moment: locations are read once. */
export function createChargeScan(facts: Database, { names, places, pause }: ChargeScanParts): ChargeScan {
  const stretches = createStretchReading(facts);
  const known = new Map(places.all().map(place => [place.id, place]));
  const clocks: (ZoneClock | undefined)[] = [];
  for (const { id, zone } of known.values()) clocks[id] = zone === null ? undefined : zoneClock(zone);

  return {
    places: known,
    each(conditions, visit) {
      const choose = chooser(conditions, { names, places: known });
      const { from, before } = localBounds(conditions);
      const asked = conditions.zone === undefined ? undefined : zoneClock(conditions.zone);
      const { withAny } = conditions;
      const hour = conditions.hour === undefined ? undefined : Number(conditions.hour);
      let withoutZone = 0;
      for (const { first, columns } of stretches(conditions.source === 'cdrs' ? 'cdr' : 'session')) {
        const { state, start, place } = columns;
        for (let at = 0; at < state.length; at++) {
          const told = valueAt(state, at);
          if (told === 0 || (told === BILL_STATE.none && withAny !== true) || !choose(columns, at)) continue;
          const clock = asked ?? clocks[valueAt(place, at)];
          const begin = valueAt(start, at);
          const local = clock === undefined ? begin : begin + clock.spanAt(begin).offset;
          if (from !== undefined && !(local >= from)) continue;
          if (before !== undefined && !(local < before)) continue;
          if (hour !== undefined && hourOf(local) !== hour) continue;
          if (clock === undefined) withoutZone++;
          visit(columns, at, first + at, local);
        }
        pause();
      }
      return { withoutZone };
    },
  };
}

/** Milliseconds on the clocks of a zone, of UTC where there is none. */
export function localTime(at: number, zone: string | null | undefined): number {
  const clock = typeof zone === 'string' ? zoneClock(zone) : undefined;
  return clock === undefined ? at : at + clock.spanAt(at).offset;
}

export function dayOf(local: number): number {
  return Math.floor(local / DAY);
}

export function hourOf(local: number): number {
  return Math.floor((local - dayOf(local) * DAY) / HOUR);
}

/** Of `from` and `to`, as milliseconds on local clocks; the latter exclusive. */
export function localBounds({ from, to }: Pick<ChargeConditions, 'from' | 'to'>): {
  readonly from: number | undefined;
  readonly before: number | undefined;
} {
  return {
    from: from === undefined ? undefined : Date.parse(`${from}T00:00:00Z`),
    before: to === undefined ? undefined : Date.parse(`${to}T00:00:00Z`) + DAY,
  };
}

type Chooses = (columns: BillColumns, at: number) => boolean;

const NAMED = ['party', 'evse', 'token', 'tariff'] as const;

/** By everything but time. */
function chooser(
  { linkIds, hiddenLinkIds, location, ...conditions }: ChargeConditions,
  { names, places }: { readonly names: Names; readonly places: ReadonlyMap<number, Place> },
): Chooses {
  const chosen: Chooses[] = [];
  if (linkIds !== undefined) {
    const links = new Set(linkIds);
    chosen.push(({ link }, at) => links.has(valueAt(link, at)));
  }
  if (hiddenLinkIds !== undefined) {
    const hidden = new Set(hiddenLinkIds);
    chosen.push(({ link }, at) => !hidden.has(valueAt(link, at)));
  }
  for (const name of NAMED) {
    const text = conditions[name];
    if (text === undefined) continue;
    // Nobody was ever called so: no number is.
    const id = text === '' ? 0 : (names.find(name, text) ?? -1);
    chosen.push((columns, at) => valueAt(columns[name], at) === id);
  }
  if (location !== undefined) {
    const ids = new Set([...places.values()].flatMap(({ id, text }) => (ciKey(text) === ciKey(location) ? [id] : [])));
    if (location === '') ids.add(0);
    chosen.push(({ place }, at) => ids.has(valueAt(place, at)));
  }
  const [first, ...others] = chosen;
  if (first === undefined) return () => true;
  return others.length === 0 ? first : (columns, at) => chosen.every(meets => meets(columns, at));
}
