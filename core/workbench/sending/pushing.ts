import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { PushMethod } from '../../contract/sending.ts';
import { type PushedOne, type PushPorts, pushOne } from '../../flows/push/push-one.ts';
import type { PushedThing } from '../../flows/push/thing.ts';
import { createTalk, type Talk } from '../../flows/talk.ts';
import type { History } from '../../history/history.ts';
import type { PlatformDesk } from '../platform.ts';
import { itemOf, placeFor } from './push-plan.ts';
import { contextOf } from './routing.ts';

/** One push by the workbench itself, without a run. */
export interface PushOrderOne {
  readonly linkId: number;
  readonly thing: PushedThing;
  readonly method: PushMethod;
  /** JSON in the version of the link, sent byte for byte; absent for DELETE. Nobody looks at it before it leaves. */
  readonly text?: string;
}

/** The failure is why nothing was sent; what the partner made of it is the value. */
export type PushNow = (order: PushOrderOne) => Promise<Outcome<PushedOne>>;

export interface PushingOptions {
  readonly history: Pick<History, 'links'>;
  readonly platform: PlatformDesk;
  readonly ports: PushPorts;
}

/** Pushes at hundreds a second: what is learned about a link's token is kept from call to call. */
export function createPushing({ history, platform, ports }: PushingOptions): PushNow {
  const talks = new Map<number, { readonly link: Link; readonly talk: Talk }>();
  const own = { all: () => [], get: () => undefined, whole: () => undefined };
  return async ({ linkId, thing, method, text }) => {
    const link = history.links.get(linkId);
    if (link === undefined) return failed('NOT_FOUND', `link ${linkId} was removed`, 'Add it again.');
    if (link.readOnly) {
      const advice = `wb link set ${link.name} --unlock ends that.`;
      return failed('READ_ONLY_LINK', `${link.name} is read-only: only GET leaves`, advice);
    }
    const context = contextOf(link, platform.config().parties);
    if (!context.ok) return context;
    const placed = placeFor(context.value, thing, method);
    if (!placed.ok) return placed;
    const { version } = context.value;
    const known = talks.get(linkId);
    const talk = known?.link === link ? known.talk : createTalk({ ports, link, version });
    if (known?.link !== link) talks.set(linkId, { link, talk });
    const item = itemOf({ context: context.value, own }, { thing, ...placed.value, method, text });
    const { operation, url, routing } = item;
    return done(
      await pushOne(ports, {
        link,
        version,
        operation,
        method,
        url,
        talk,
        ...(text === undefined ? {} : { text }),
        ...(routing === undefined ? {} : { routing }),
      }),
    );
  };
}
