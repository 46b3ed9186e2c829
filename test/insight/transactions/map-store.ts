import type { Charge } from '../../../core/insight/transactions/charge.ts';
import type { ChargeStore, Member } from '../../../core/insight/transactions/charge-store.ts';

interface NearRow {
  readonly scope: string;
  readonly key: string;
  at: number;
  until: number;
  readonly chargeId: number;
}

export interface MapStore extends ChargeStore {
  charges(): readonly Charge[];
  members(): readonly Member[];
}

/** As the SQLite file keeps charges, in memory. */
export function createMapStore(): MapStore {
  const charges = new Map<number, Charge>();
  const ties = new Map<string, number>();
  let nears: NearRow[] = [];
  let members: Member[] = [];
  const contracts = new Map<string, string>();
  const since = new Map<string, number>();
  const keyOf = (scope: string, key: string) => `${scope}|${key}`;

  const putNear = ({ scope, key, at, until, chargeId }: NearRow) => {
    const known = nears.find(row => row.chargeId === chargeId && row.scope === scope && row.key === key);
    if (known === undefined) nears.push({ scope, key, at, until, chargeId });
    else Object.assign(known, { at: Math.min(known.at, at), until: Math.max(known.until, until) });
  };
  const addMember = (member: Member) => {
    const isThere = members.some(
      ({ exchangeId, chargeId }) => exchangeId === member.exchangeId && chargeId === member.chargeId,
    );
    if (!isThere) members.push(member);
  };
  return {
    charge: id => charges.get(id),
    put: charge => void charges.set(charge.id, JSON.parse(JSON.stringify(charge)) as Charge),
    merge(from, into) {
      for (const [key, id] of ties) if (id === from) ties.set(key, into);
      const [moved, kept] = [nears.filter(row => row.chargeId === from), nears.filter(row => row.chargeId !== from)];
      nears = kept;
      for (const row of moved) putNear({ ...row, chargeId: into });
      const gone = members.filter(({ chargeId }) => chargeId === from);
      members = members.filter(({ chargeId }) => chargeId !== from);
      for (const member of gone) addMember({ ...member, chargeId: into });
      charges.delete(from);
    },
    tied: (scope, key) => ties.get(keyOf(scope, key)),
    tie: (scope, key, id) => void ties.set(keyOf(scope, key), id),
    near: (scope, key, at, most) =>
      nears
        .filter(row => row.scope === scope && row.key === key && row.at <= at)
        .sort((left, right) => right.at - left.at || right.chargeId - left.chargeId)
        .slice(0, most)
        .filter(({ until }) => until >= at)
        .map(({ chargeId }) => chargeId),
    notOpenAnyMore(id) {
      nears = nears.filter(({ chargeId, key }) => chargeId !== id || !key.startsWith('open '));
    },
    putNear,
    addMember,
    chargesOf: id => members.filter(({ exchangeId }) => exchangeId === id).map(({ chargeId }) => chargeId),
    contractOf: (scope, uid) => contracts.get(keyOf(scope, uid.toLowerCase())),
    putContract: (scope, uid, contract) => void contracts.set(keyOf(scope, uid.toLowerCase()), contract),
    sessionsSince: scope => since.get(scope),
    putSessionsSince: (scope, at) => {
      if (!since.has(scope)) since.set(scope, at);
    },
    charges: () => [...charges.values()].filter(({ loose }) => !loose),
    members: () => members,
  };
}
