import type { EvseTimeline } from '../../contract/health.ts';
import type { Facts } from '../../history/facts/facts.ts';
import { createPlaceRows, type EvseAt, type PlaceRow } from '../../history/facts/place-rows.ts';
import { createStatusReading, type StatusReading } from '../../history/facts/status-reading.ts';
import { availabilityOf, spansBetween, type Usable, usableIn } from '../../insight/health/availability.ts';
import { STUCK_STATUSES } from '../../insight/health/evse-limits.ts';
import type { LocationRow, StatusAnswer, StatusQuestion } from './status-messages.ts';

type ListQuestion = Extract<StatusQuestion, { kind: 'statuses-locations' }>;
type PlaceQuestion = Extract<StatusQuestion, { kind: 'statuses-locations' | 'statuses-location' }>;

/** An EVSE that changes all the time is told by its newest changes. */
const MOST_SPANS = 5000;
const STUCK: ReadonlySet<string> = new Set(STUCK_STATUSES);

/** Answers what is asked about statuses, on a connection to the file of facts. Throws what SQLite throws. */
export function createStatusAnswers(
  facts: ReturnType<Facts['connection']>,
): (question: StatusQuestion) => StatusAnswer {
  const reading = createStatusReading(facts);
  const places = createPlaceRows(facts);

  const locations = (question: ListQuestion): StatusAnswer => {
    const { linkIds, search, only, order, offset, limit, from, now } = question;
    const rows = rowsOf(places.all(linkIds, search), places.evsesOf(linkIds), question);
    const shown = rows.filter(({ row }) => only === null || ONLY[only](row));
    const page = (all: readonly Row[]) => all.slice(offset, offset + limit);
    const withShare = (all: readonly Row[], usable: (object: number) => Usable | undefined) =>
      all.map(({ object, row }) => ({ object, row: { ...row, availability: shareOf(usable(object)) } }));
    let sorted: Row[];
    if (order === 'availability') {
      const usable = reading.usable(linkIds, from, now);
      sorted = page(withShare(shown, object => usable.get(object)).sort(byAvailability));
    } else {
      const some = page(shown.sort(order === 'name' ? byName : byWorst));
      sorted = withShare(some, object => usableOf(reading, object, question));
    }
    return { kind: 'statuses-locations', count: shown.length, rows: sorted.map(({ row }) => row) };
  };
  const location = (question: Extract<StatusQuestion, { kind: 'statuses-location' }>): StatusAnswer => {
    const found = places.named(question.linkIds, question.party, question.id);
    const evses = found === undefined ? [] : reading.evsesOf(found.object);
    const [made] = found === undefined ? [] : rowsOf([found], evses, question);
    if (found === undefined || made === undefined) return { kind: 'statuses-location', location: null };
    const { from, now } = question;
    const stuckSince = stuckOf(question)(found.linkId);
    const told = evses.map(evse => {
      const spans = spansBetween(reading.beginsOf(evse.id, from), from, now);
      const { uid, evseId, status, since } = evse;
      const usable = usableIn(spans);
      const timeline: EvseTimeline = {
        ...{ evse: uid, evseId, status, since: stamp(since) },
        stuck: isStuck(evse, stuckSince),
        availability: availabilityOf([usable]),
        spans: spans.slice(-MOST_SPANS).map(span => ({ ...span, from: stamp(span.from), to: stamp(span.to) })),
      };
      return { usable, timeline };
    });
    const availability = availabilityOf(told.map(({ usable }) => usable));
    const timelines = told.map(({ timeline }) => timeline);
    return { kind: 'statuses-location', location: { ...made.row, availability, timelines } };
  };

  return question => {
    switch (question.kind) {
      case 'statuses-of-links':
        return { kind: 'statuses-of-links', links: reading.now(question.linkIds) };
      case 'statuses-over':
        return { kind: 'statuses-over', links: question.limits.map(limits => reading.over(limits, question.now)) };
      case 'statuses-locations':
        return locations(question);
      case 'statuses-location':
        return location(question);
    }
  };
}

interface Row {
  readonly object: number;
  readonly row: LocationRow;
}

const ONLY: Readonly<Record<NonNullable<ListQuestion['only']>, (row: LocationRow) => boolean>> = {
  'out-of-order': ({ outOfOrder }) => outOfOrder > 0,
  inoperative: ({ inoperative }) => inoperative > 0,
  stuck: ({ stuck }) => stuck > 0,
  notices: ({ notices }) => notices > 0,
};

/** Without what they could be used, which takes longer to tell. */
function rowsOf(found: Iterable<PlaceRow>, evses: Iterable<EvseAt>, question: PlaceQuestion): Row[] {
  const stuckSince = stuckOf(question);
  const noticed = new Map(
    question.noticed.map(({ linkId, party, location, notices }) => [nameOf(linkId, party, location), notices]),
  );
  const counted = new Map(
    [...found].map(place => [place.object, { place, statuses: new Map<string, number>(), stuck: 0, changedAt: 0 }]),
  );
  for (const evse of evses) {
    const at = counted.get(evse.object);
    if (at === undefined) continue;
    at.statuses.set(evse.status, (at.statuses.get(evse.status) ?? 0) + 1);
    at.changedAt = Math.max(at.changedAt, evse.since);
    if (isStuck(evse, stuckSince(at.place.linkId))) at.stuck++;
  }
  return [...counted].map(([object, { place, statuses, stuck, changedAt }]) => ({
    object,
    row: {
      ...{ linkId: place.linkId, party: place.party, id: place.location, name: place.name },
      evses: [...statuses.values()].reduce((sum, count) => sum + count, 0),
      statuses: Object.fromEntries(statuses),
      outOfOrder: statuses.get('OUTOFORDER') ?? 0,
      inoperative: statuses.get('INOPERATIVE') ?? 0,
      stuck,
      availability: null,
      changedAt: changedAt === 0 ? null : stamp(changedAt),
      notices: noticed.get(nameOf(place.linkId, place.party, place.location)) ?? 0,
    },
  }));
}

function stuckOf({ stuckSince }: PlaceQuestion): (linkId: number) => number | null {
  const since = new Map(stuckSince);
  return linkId => since.get(linkId) ?? null;
}

function isStuck({ status, since }: Pick<EvseAt, 'status' | 'since'>, stuckSince: number | null): boolean {
  return stuckSince !== null && since < stuckSince && STUCK.has(status);
}

function usableOf(reading: StatusReading, object: number, { from, now }: PlaceQuestion): Usable {
  const all = reading.evsesOf(object).map(({ id }) => usableIn(spansBetween(reading.beginsOf(id, from), from, now)));
  return {
    usable: all.reduce((sum, { usable }) => sum + usable, 0),
    unusable: all.reduce((sum, { unusable }) => sum + unusable, 0),
  };
}

function shareOf(usable: Usable | undefined): number | null {
  return usable === undefined ? null : availabilityOf([usable]);
}

function byWorst({ row: left }: Row, { row: right }: Row): number {
  return (
    right.outOfOrder - left.outOfOrder ||
    right.inoperative - left.inoperative ||
    right.stuck - left.stuck ||
    right.notices - left.notices ||
    compare(placeOf(left), placeOf(right))
  );
}

function byName({ row: left }: Row, { row: right }: Row): number {
  return compare(left.name || left.id, right.name || right.id) || compare(placeOf(left), placeOf(right));
}

/** What nothing is known of comes last. */
function byAvailability({ row: left }: Row, { row: right }: Row): number {
  return (left.availability ?? 2) - (right.availability ?? 2) || compare(placeOf(left), placeOf(right));
}

function placeOf({ linkId, party, id }: LocationRow): string {
  return `${linkId} ${party} ${id}`;
}

function nameOf(linkId: number, party: string, location: string): string {
  return `${linkId} ${party} ${location}`.toLowerCase();
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function stamp(at: number): string {
  return new Date(at).toISOString();
}
