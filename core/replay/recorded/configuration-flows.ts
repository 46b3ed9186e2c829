import type { RecordedExchange } from '../from-exchanges.ts';
import type { FlowStep } from '../recording.ts';
import type { LeftOut } from './left-out.ts';

export interface RecordedFlow {
  readonly flow: FlowStep['flow'];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly exchangeIds: readonly number[];
}

/** Longer apart, two exchanges are no part of one registration. */
const PAUSE_MS = 120_000;
const CONFIGURATION = /^(?:versions|credentials)\./;

/** Versions and credentials: which tokens and endpoints hold is a matter of today. */
export function isConfiguration({ operation }: Pick<RecordedExchange, 'operation'>): boolean {
  return CONFIGURATION.test(operation);
}

/**
 * Registrations, rotations and looks as flows: what we began then in one go, or in one run. What the partner began is
 * left out, as only it can do it. `exchanges` in the order in which they began.
 */
export function configurationFlows(
  exchanges: readonly RecordedExchange[],
  { sender, leftOut }: { readonly sender: RecordedExchange['direction']; readonly leftOut: LeftOut },
): RecordedFlow[] {
  return groupsOf(exchanges).flatMap(group => {
    const ids = group.map(({ exchangeId }) => exchangeId);
    const [first] = group;
    const ours = group.filter(({ direction }) => direction === sender);
    if (first === undefined || ours.length === 0 || writes(first.direction, group) !== sender) {
      leftOut.leave(ids, 'versions and credentials are asked for by the partner, when it wants to');
      return [];
    }
    return { flow: flowOf(ours), startedAt: first.startedAt, exchangeIds: ids };
  });
}

/** Who registers: whoever sends credentials; the other one only looks up the versions meanwhile. */
function writes(usual: RecordedExchange['direction'], group: readonly RecordedExchange[]) {
  return group.find(({ operation }) => /^credentials\.(?:post|put|delete)$/.test(operation))?.direction ?? usual;
}

function flowOf(exchanges: readonly RecordedExchange[]): FlowStep['flow'] {
  const has = (operation: string) => exchanges.some(exchange => exchange.operation === operation);
  if (has('credentials.post')) return 'register';
  if (has('credentials.put')) return 'rotate';
  return has('credentials.delete') ? 'unregister' : 'look';
}

function groupsOf(exchanges: readonly RecordedExchange[]): RecordedExchange[][] {
  const groups: RecordedExchange[][] = [];
  for (const exchange of exchanges) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && belongs(exchange, before, group)) group.push(exchange);
    else groups.push([exchange]);
  }
  return groups;
}

/** Of two runs each is a flow; without runs a change of credentials ends one. */
function belongs(exchange: RecordedExchange, before: RecordedExchange, group: readonly RecordedExchange[]): boolean {
  const [run, runBefore] = [exchange.run?.id, group.findLast(one => one.run !== undefined)?.run?.id];
  if (run !== undefined && runBefore !== undefined) return run === runBefore;
  if (exchange.startedAt - before.startedAt > PAUSE_MS) return false;
  const finished = group.some(
    ({ operation, direction }) => /^credentials\./.test(operation) && direction === exchange.direction,
  );
  return !finished || exchange.operation !== 'versions.list';
}
