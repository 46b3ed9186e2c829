import type { ReportBy } from '../../contract/reports.ts';
import { type BillColumns, valueAt } from '../../insight/report/bill-columns.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { dayOf, hourOf } from './charge-scan.ts';
import type { PlacedStart } from './failed-start-places.ts';
import type { Names } from './names.ts';
import type { Place } from './places.ts';

/** How charges are told apart in a report: a number for each group, and what it is called. */
export interface ReportGroups {
  /** NaN where the charge does not tell it. */
  numberOf(columns: BillColumns, at: number, local: number): number;
  name(number: number): GroupName;
  /** Of a start that failed, by the clocks of its place; undefined where starts do not tell it. */
  failed: ((start: PlacedStart, local: number) => GroupName) | undefined;
}

export interface GroupName {
  /** To narrow by; empty where the charges do not tell it. */
  readonly key: string;
  /** For people. */
  readonly label: string;
  /** Whose it is, as conditions have it: ids of locations, EVSEs and tariffs are each party's own. */
  readonly of?: GroupOwner;
}

export interface GroupOwner {
  readonly link: string;
  /** Empty where nobody knows. */
  readonly party: string;
}

export interface GroupsAsked {
  readonly by: ReportBy;
  readonly names: Names;
  readonly places: ReadonlyMap<number, Place>;
  readonly linkName: (id: number) => string;
}

const NOT_TOLD: GroupName = { key: '', label: '' };
const DAY = 86_400_000;
/** The key of our own data, where links are told apart. */
export const OWN_KEY = '-';
/** Numbers of names and places are below it. */
const NUMBERS = 2 ** 32;

export function reportGroups(asked: GroupsAsked): ReportGroups {
  switch (asked.by) {
    case 'day':
      return ofTime(dayOf, dayText);
    case 'month':
      return ofTime(local => monthOf(dayOf(local)), monthText);
    case 'hour':
      return ofTime(hourOf, hour => String(hour).padStart(2, '0'));
    case 'link': {
      const named = (id: number) => {
        const name = asked.linkName(id);
        return id === 0 ? { key: OWN_KEY, label: 'our own' } : { key: name, label: name };
      };
      return {
        numberOf: ({ link }, at) => valueAt(link, at),
        name: named,
        failed: ({ linkId }) => (linkId === null ? NOT_TOLD : named(linkId)),
      };
    }
    case 'location':
      return byLocation(asked);
    case 'evse': {
      const { names } = asked;
      const { owned, failed } = ofOwners(asked);
      return {
        ...owned('evse', number => plain(names.text(number))),
        failed: start => failed(start, plain(start.evse)),
      };
    }
    case 'tariff':
      return { ...ofOwners(asked).owned('tariff', number => plain(asked.names.text(number))), failed: undefined };
    case 'token':
    case 'party': {
      const { by, names } = asked;
      return {
        numberOf: (columns, at) => valueAt(columns[by], at) || Number.NaN,
        name: number => plain(names.text(number)),
        failed: start => plain(start[by]),
      };
    }
  }
}

function plain(text: string | undefined): GroupName {
  return text === undefined ? NOT_TOLD : { key: text, label: text };
}

/** Moments that are not told are NaN, and so is whatever is worked out of them. */
function ofTime(numberOf: (local: number) => number, text: (number: number) => string): ReportGroups {
  const named = (number: number) => plain(text(number));
  return { numberOf: (_, __, local) => numberOf(local), name: named, failed: (_, local) => named(numberOf(local)) };
}

function byLocation(asked: GroupsAsked): ReportGroups {
  const { owned, failed } = ofOwners(asked);
  const named = (place: Place | undefined): GroupName => {
    if (place === undefined) return NOT_TOLD;
    const { text, name } = place;
    return { key: text, label: name === null ? text : `${name} (${text})` };
  };
  return {
    ...owned('place', number => named(asked.places.get(number))),
    failed: start => failed(start, start.place === undefined ? plain(start.location) : named(start.place)),
  };
}

/** What is named by ids that only its owner gives once. */
function ofOwners({ names, linkName }: Pick<GroupsAsked, 'names' | 'linkName'>) {
  const numbers = new Map<number, number>();
  const owners: GroupOwner[] = [];
  const linkKey = (link: number) => (link === 0 ? OWN_KEY : linkName(link));
  const ownerNumber = (link: number, party: number): number => {
    const both = link * NUMBERS + party;
    const known = numbers.get(both);
    if (known !== undefined) return known;
    const number = owners.push({ link: linkKey(link), party: names.text(party) }) - 1;
    numbers.set(both, number);
    return number;
  };
  const owned = (
    column: 'place' | 'evse' | 'tariff',
    name: (number: number) => GroupName,
  ): Pick<ReportGroups, 'numberOf' | 'name'> => ({
    numberOf: (columns, at) => {
      const number = valueAt(columns[column], at);
      if (number === 0) return Number.NaN;
      return ownerNumber(valueAt(columns.link, at), valueAt(columns.party, at)) * NUMBERS + number;
    },
    name(group) {
      const of = owners[Math.floor(group / NUMBERS)];
      if (of === undefined) throw new Error(`there is no group ${group}`);
      return { ...name(group % NUMBERS), of };
    },
  });
  const failed = ({ linkId, party }: PlacedStart, name: GroupName): GroupName =>
    name.key === '' || linkId === null ? name : { ...name, of: { link: linkKey(linkId), party: party ?? '' } };
  return { owned, failed };
}

/** Equal without regard to case: one group. */
export function groupId({ key, of }: GroupName): string {
  return ciKey(of === undefined ? key : `${key}\n${of.party}\n${of.link}`);
}

/** Labels by which groups of the same id are told apart: with the party, and with the link where that does not do. */
export function distinctLabels(groups: readonly GroupName[]): (group: GroupName) => string {
  const counts = new Map<string, number>();
  const idOf = ({ key }: GroupName) => ciKey(key);
  const ofParty = ({ key, of }: GroupName) => ciKey(`${key}\n${of?.party}`);
  for (const group of groups) {
    if (group.of === undefined) continue;
    for (const one of [idOf(group), ofParty(group)]) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return group => {
    const { label, of } = group;
    if (of === undefined || (counts.get(idOf(group)) ?? 0) < 2) return label;
    const isPartyEnough = of.party !== '' && (counts.get(ofParty(group)) ?? 0) < 2;
    return [label, of.party, isPartyEnough ? '' : of.link].filter(part => part !== '').join(' · ');
  };
}

export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** A month of the calendar as one number; remembered by day, since charges are many and days few. */
const months = new Map<number, number>();
const MOST_DAYS = 50_000;

function monthOf(day: number): number {
  const known = months.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (months.size >= MOST_DAYS) months.clear();
  months.set(day, month);
  return month;
}

function monthText(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
