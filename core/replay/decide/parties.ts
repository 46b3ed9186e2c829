import { entryById } from '../../ocpi/catalogue.ts';
import { formatPartyId, type PartyId, parsePartyId, samePartyId } from '../../ocpi/party-id.ts';
import type { RequestStep } from '../recording.ts';
import type { KnownParty, Surroundings } from '../surroundings.ts';
import type { Decisions } from './decisions.ts';
import { cpoOf, otherSide, type Side, type Use } from './uses.ts';

/** Decides about parties: what was ours becomes one of ours now, what was the partner's one of the partner's. */
export interface PartyDeciding {
  /** Sender and addressee as the routing headers name them. */
  routing(step: RequestStep): void;
  /** A party in a body or a URL. */
  named(use: Use): void;
  /** Whose party it was; undefined where nobody has named it yet. */
  sideOf(party: string): Side | undefined;
}

/** Types whose party is that of the customers, also where the CPO sends them. */
const OF_CUSTOMERS: ReadonlySet<string> = new Set(['Token', 'CdrToken', 'BookingToken', 'BookingRequest']);
const FROM_CUSTOMERS = 'tokens.';

export function decideParties(decisions: Decisions, surroundings: Surroundings): PartyDeciding {
  const used: Record<Side, PartyId[]> = { us: [], them: [] };
  const sides = new Map<string, Side>();

  const pick = (side: Side, role: string): { readonly party: KnownParty | undefined; readonly shared: boolean } => {
    const there = (side === 'us' ? surroundings.ours : surroundings.theirs).parties;
    const free = there.filter(one => !used[side].some(taken => samePartyId(taken, one)));
    const inRole = (one: KnownParty) => one.roles?.includes(role) === true;
    const party = free.find(inRole) ?? there.find(inRole) ?? free[0] ?? there[0];
    return { party, shared: party !== undefined && !free.includes(party) };
  };

  const decide = (from: string, side: Side, role: string): void => {
    const party = parsePartyId(from);
    const key = from.toLowerCase();
    if (party === undefined || sides.has(key)) return;
    sides.set(key, side);
    if (decisions.has('party', from)) return;
    const there = (side === 'us' ? surroundings.ours : surroundings.theirs).parties;
    if (there.some(one => samePartyId(one, party))) {
      used[side].push(party);
      decisions.keep('party', from);
      return;
    }
    const { party: chosen, shared } = pick(side, role);
    if (chosen === undefined && side === 'them' && surroundings.endpoints.length === 0) {
      decisions.decide({ kind: 'party', from, to: null, why: `${surroundings.link} tells it when it registers` });
      return;
    }
    if (chosen === undefined) {
      decisions.keep('party', from);
      decisions.note(`No party of ${side === 'us' ? 'ours' : surroundings.link} is known: ${from} stays as it was.`);
      return;
    }
    const to = formatPartyId(chosen);
    if (shared) decisions.note(`${from} becomes ${to}, as another party does: there are fewer parties now than then.`);
    used[side].push(chosen);
    const owner = side === 'us' ? 'our' : `${surroundings.link}'s`;
    decisions.decide({ kind: 'party', from, to, why: `${owner} party now` });
  };

  return {
    routing({ by, spoken }) {
      const entry = entryById(spoken.operation);
      const cpo = cpoOf(entry, by);
      const other = entry?.module === 'payments' ? 'PTP' : 'EMSP';
      const roleOf = (side: Side) => (cpo === side ? 'CPO' : other);
      if (spoken.fromParty !== undefined) decide(spoken.fromParty, by, roleOf(by));
      if (spoken.toParty !== undefined) decide(spoken.toParty, otherSide(by), roleOf(otherSide(by)));
    },
    named({ mark, spoken, cpo }) {
      if (cpo === undefined) return;
      const ofCustomer =
        OF_CUSTOMERS.has(mark.group.type) ||
        (mark.group.type === 'path' && spoken.operation.startsWith(FROM_CUSTOMERS));
      decide(mark.value, ofCustomer ? otherSide(cpo) : cpo, ofCustomer ? 'EMSP' : 'CPO');
    },
    sideOf: party => sides.get(party.toLowerCase()),
  };
}
