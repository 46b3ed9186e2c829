import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import { OwnModuleName } from '../../contract/own.ts';
import type { PushInput, PushMethod } from '../../contract/sending.ts';
import { type PushItem, type PushManyPorts, push } from '../../flows/push/push.ts';
import type { History } from '../../history/history.ts';
import { objectTexts } from '../../ocpi/object-texts.ts';
import type { OwnData } from '../../server/own-data.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import { refusal } from '../resend-rules.ts';
import type { RunDesk } from '../run-desk.ts';
import { createOwnTexts, type OwnTexts, ownList } from './own-texts.ts';
import { planPush } from './push-plan.ts';
import { itemAgain, moduleOfItem, notSent } from './push-retry.ts';
import { contextOf, readParty, type SendContext } from './routing.ts';

export interface PushDesk {
  push(input: PushInput): Promise<Outcome<number>>;
  retry(input: RetryInput): Promise<Outcome<number>>;
}

export interface RetryInput {
  readonly runId: number;
  readonly put?: boolean | undefined;
  readonly confirmed?: boolean | undefined;
}

export interface PushDeskOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly runs: RunDesk;
  /** What we serve. */
  readonly data: OwnData;
  readonly ports: Omit<PushManyPorts, 'clock'>;
}

/** Modules whose objects are new each time (digest 1.7, 6.3, 6.9, 6.10). */
const POSTED: ReadonlySet<OwnModuleName> = new Set(['cdrs', 'invoicereconciliation', 'payments']);

/** Pushes of objects to a partner, each a run; one of a link's module at a time, so that the order is kept. */
export function createPushDesk(options: PushDeskOptions): PushDesk {
  const { history, clock, platform, links, runs, data } = options;
  const busy = new Map<string, number>();
  const ports: PushManyPorts = { clock, ...options.ports };

  const begin = (context: SendContext, order: Pick<Order, 'module' | 'items' | 'stopAtFailure' | 'putAfterPatch'>) => {
    const { link, version } = context;
    const key = `${link.id} ${order.module}`;
    const other = busy.get(key);
    if (other !== undefined) return alreadyPushing(other, link, order.module);
    return runs.start({ kind: 'push', linkId: link.id, initiator: 'us' }, async run => {
      busy.set(key, run.runId);
      try {
        return await push(ports, run, { link, version, ...order });
      } finally {
        busy.delete(key);
      }
    });
  };

  const mayWrite = (link: Link, { module, method, confirmed }: Writing): Outcome<SendContext> => {
    const what = `pushing ${module} writes to it`;
    const leaving = { link, method, url: '', operation: `${module}.push`, toPartner: true, what, confirmed };
    const refused = refusal(leaving, runs.busyWith);
    if (refused !== undefined) return refused;
    const other = busy.get(`${link.id} ${module}`);
    if (other !== undefined) return alreadyPushing(other, link, module);
    const context = contextOf(link, platform.config().parties);
    if (!context.ok) return context;
    if (options.ports.outgoingToken(link.id) !== undefined) return context;
    const advice = `Enter it anew: wb link set ${link.name} --token T.`;
    return failed('TOKEN_MISSING', `there is no readable token to call ${link.name} with`, advice);
  };

  return {
    push: async input => {
      const found = links.find(input.name);
      if (!found.ok) return found;
      const { module, method = POSTED.has(module) ? 'POST' : 'PUT', confirmed } = input;
      const context = mayWrite(found.value, { module, method, confirmed });
      if (!context.ok) return context;
      const party = readParty(input.party);
      if (!party.ok) return party;
      const own = createOwnTexts(data, context.value.link, context.value.version);
      const texts = textsOf(input, own);
      if (!texts.ok) return texts;
      const { part, unchecked = false } = input;
      const planning = { context: context.value, own, module, method, party: party.value, part, unchecked, clock };
      const items = await planPush(texts.value, planning);
      if (!items.ok) return items;
      if (items.value.length === 0)
        return failed('NOT_FOUND', `there is no object of ${module} to push`, 'Name others.');
      if (part !== undefined && items.value.length > 1) {
        return failed(
          'INVALID_INPUT',
          `a part of ${items.value.length} objects`,
          'A part is pushed of one object only.',
        );
      }
      const { stopAtFailure = false, putAfterPatch = false } = input;
      return begin(context.value, { module, items: items.value, stopAtFailure, putAfterPatch });
    },
    retry: async ({ runId, put = false, confirmed }) => {
      const run = runs.get(runId);
      const tally = run?.result?.push;
      if (run?.kind !== 'push' || run.linkId === undefined) {
        return failed('NOT_FOUND', `there is no push ${runId}`, 'wb push prints the id of its run.');
      }
      if (tally === undefined) {
        const why = run.state === 'running' ? 'is under way' : 'was interrupted: what failed is not known';
        return failed('WRONG_STATE', `push ${runId} ${why}`, 'Push the objects again.');
      }
      const [first] = tally.failures;
      if (first === undefined) return failed('WRONG_STATE', `nothing of push ${runId} failed`, 'Nothing to do.');
      const link = history.links.get(run.linkId);
      if (link === undefined) return failed('NOT_FOUND', `the link of push ${runId} was removed`, 'Add it again.');
      const module = moduleOfItem(history, first);
      if (module === undefined) return notSent(first);
      const context = mayWrite(link, { module, method: put ? 'PUT' : (first.method as PushMethod), confirmed });
      if (!context.ok) return context;
      const own = createOwnTexts(data, link, context.value.version);
      const items: PushItem[] = [];
      for (const failure of tally.failures) {
        const again = itemAgain(history, { failure, context: context.value, own, put });
        if (!again.ok) return again;
        items.push(again.value);
      }
      return begin(context.value, { module, items });
    },
  };
}

type Order = Parameters<typeof push>[2];

interface Writing {
  readonly module: string;
  readonly method: PushMethod;
  readonly confirmed: boolean | undefined;
}

function alreadyPushing(runId: number, { name }: Link, module: string): Outcome<never> {
  return failed('BUSY', `run ${runId} pushes ${module} to ${name}`, 'Wait for it to end, or cancel it.');
}

function textsOf(input: PushInput, own: OwnTexts): Outcome<Iterable<string>> {
  const { module, text, own: wanted, list, party, part } = input;
  if ((text === undefined) === (wanted === undefined)) {
    return failed('INVALID_INPUT', 'there is nothing to push, or too much', 'Give a document, or ids of our own data.');
  }
  if (text !== undefined) {
    if (list !== undefined) {
      return failed(
        'INVALID_INPUT',
        'a document is of no list of ours',
        'Leave out the list, or name ids of our own data.',
      );
    }
    const read = objectTexts(text);
    if (read.ok) return done(read.texts);
    return failed('INVALID_INPUT', `the document cannot be used: ${read.reason}`, 'JSON: one object, a list, lines.');
  }
  const served = OwnModuleName.safeParse(module);
  if (!served.success) return failed('INVALID_INPUT', `${module} is no data of our own`, 'Give a document.');
  const among = ownList(served.data, list);
  if (among === undefined) {
    return failed(
      'INVALID_INPUT',
      `${module} has no list ${list}`,
      'bookings and payments have several: wb own list --list.',
    );
  }
  if (wanted === 'all' || wanted === undefined) return done(own.all(among, party));
  const texts: string[] = [];
  for (const id of wanted) {
    const found = own.get(served.data, id, among);
    if (found === undefined) {
      const { list: of } = among;
      const advice =
        of === undefined
          ? `wb own list ${module} shows what there is; a 2.1.1 partner is served one party's only.`
          : `wb own list ${module} --list ${of} shows what there is.`;
      return failed('NOT_FOUND', `${id} is not among our own ${of ?? module}`, advice);
    }
    texts.push(found);
  }
  return part !== undefined && texts.length > 1
    ? failed('INVALID_INPUT', `a part of ${texts.length} objects`, 'A part is pushed of one object only.')
    : done(texts);
}
