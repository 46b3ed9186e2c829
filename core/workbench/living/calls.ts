import type { Link } from '../../contract/link.ts';
import type { Run } from '../../contract/run.ts';
import { type PushPorts, pushOne } from '../../flows/push/push-one.ts';
import { createTalk, type Talk } from '../../flows/talk.ts';
import type { History } from '../../history/history.ts';
import { entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { convertObject } from '../../ocpi/convert/convert.ts';
import { appendQuery, appendSegments } from '../../ocpi/urls.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { CommandOrder, LifeAnswer, LifeLink, LifePorts } from '../../sandbox/life/ports.ts';
import type { PlatformDesk } from '../platform.ts';
import type { ResultPosting } from '../result-posting.ts';
import type { RunDesk } from '../run-desk.ts';
import { endpointOf, routingOf } from '../sending/routing.ts';
import type { SendingDesk } from '../sending/sending-desk.ts';

export interface LivingCallsOptions {
  readonly history: Pick<History, 'links'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly push: PushPorts;
  readonly results: Pick<ResultPosting, 'send'>;
  readonly sending: () => Pick<SendingDesk, 'command'>;
  readonly runs: Pick<RunDesk, 'watch'>;
}

/** Calls of the simulation: on the links there are, in the form each partner wants, recorded like all others. */
export function livingCalls(
  options: LivingCallsOptions,
): Pick<LifePorts, 'links' | 'send' | 'postResult' | 'command' | 'facing'> {
  const { history, platform, push, results, sending, runs } = options;
  /** What was learned about a link's token holds until the link is changed. */
  const talks = new WeakMap<Link, Talk>();
  let seen: { readonly revision: object; readonly links: readonly LifeLink[] } | undefined;

  const links = () => {
    const revision = history.links.revision();
    if (seen?.revision !== revision) seen = { revision, links: history.links.list().flatMap(lifeLink) };
    return seen.links;
  };

  const send: LifePorts['send'] = async ({ linkId, operation, params, query = {}, body, from, to }) => {
    const on = links().find(({ link }) => link.id === linkId);
    const entry = entryById(operation);
    if (on === undefined || entry === undefined) return unsent('the link is not registered');
    const { link, version } = on;
    const context = { link, version, ownParties: platform.config().parties };
    const endpoint = endpointOf(context, entry);
    if (endpoint === undefined) return unsent(`${link.name} offers no ${entry.module} for it`);
    const segments = entry.path.map(segment =>
      isPlaceholder(segment) ? (params[segment.slice(1, -1)] ?? '') : segment,
    );
    const url = appendQuery(appendSegments(endpoint, ...segments), query);
    const routing = routingOf(context, { module: entry.module, side: entry.interface, from, to });
    const talk = talks.get(link) ?? createTalk({ ports: push, link, version });
    talks.set(link, talk);
    const request = {
      operation,
      method: entry.method,
      url,
      ...(body === undefined ? {} : { text: JSON.stringify(body) }),
      ...(routing === undefined ? {} : { routing }),
    };
    // A posted CDR is looked at more closely: where it was put.
    if (operation === 'cdrs.post') return answerOf(await pushOne(push, { ...request, link, version, talk }));
    const heard = await talk({ ...request, version });
    return heard === undefined ? unsent(`there is no readable token to call ${link.name} with`) : answerOf(heard);
  };

  return {
    links,
    send,
    facing: link => {
      const { parties } = platform.config();
      const chosen = parties.find(({ countryCode, partyId }) => `${countryCode}-${partyId}` === link.settings.ownParty);
      const party = chosen ?? parties[0];
      if (party === undefined) throw new Error('a platform has at least one party');
      return { countryCode: party.countryCode, partyId: party.partyId };
    },
    postResult: async result => answerOf(await results.send(result)),
    command: async order => {
      const on = links().find(({ link }) => link.name === order.link);
      if (on === undefined) return unsent('the link is not registered');
      const started = sending().command(commandInput(order, on));
      if (!started.ok) return unsent(started.failure.message);
      let run: Run | undefined;
      for await (const seen of runs.watch(started.value)) run = seen;
      return outcomeOf(run);
    },
  };
}

function lifeLink(link: Link): LifeLink[] {
  const { state, version, environment, readOnly, name } = link;
  if ((state !== 'registered' && state !== 'adopted') || version === undefined) return [];
  const closed =
    environment === 'production'
      ? `${name} is a production link: nothing that is simulated is told there`
      : readOnly
        ? `${name} is only read from`
        : undefined;
  return [{ link, version, ...(closed === undefined ? {} : { closed }) }];
}

/** 2.1.1 knows neither connectors nor references in commands. */
function commandInput({ link: name, token, ...whole }: CommandOrder, { link, version }: LifeLink) {
  const [party] = link.parties;
  const { connector: _, reference: __, ...early } = whole;
  const order = atLeast22(version) ? whole : early;
  const written =
    token && party && convertObject(token, { module: 'tokens', from: '2.3.0', to: version, owner: party });
  return { name, ...order, ...(token === undefined ? {} : { tokenObject: JSON.stringify(written ?? token) }) };
}

/** Both have to be ACCEPTED: the answer, and what came of it. */
function outcomeOf(run: Run | undefined): LifeAnswer {
  const asked = run?.result?.asked;
  const accepted = asked?.answered === 'ACCEPTED' && asked.results.some(({ result }) => result === 'ACCEPTED');
  const exchangeId = run?.steps.flatMap(({ exchangeIds }) => exchangeIds).at(-1);
  return {
    ok: accepted,
    reason: run?.result?.summary ?? 'the command did not come to an end',
    ...(exchangeId === undefined ? {} : { exchangeId }),
  };
}

function answerOf(heard: {
  readonly ok: boolean;
  readonly reason: string;
  readonly exchangeIds: readonly number[];
  readonly httpStatus?: number;
  readonly ocpiStatus?: number;
  readonly data?: unknown;
}): LifeAnswer {
  const { ok, reason, exchangeIds, httpStatus, ocpiStatus, data } = heard;
  const exchangeId = exchangeIds.at(-1);
  return {
    ok,
    reason,
    ...(exchangeId === undefined ? {} : { exchangeId }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(ocpiStatus === undefined ? {} : { ocpiStatus }),
    ...(data === undefined ? {} : { data }),
  };
}

function unsent(reason: string): LifeAnswer {
  return { ok: false, reason };
}
