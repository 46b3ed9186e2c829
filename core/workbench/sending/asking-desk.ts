import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { RunKind } from '../../contract/run.ts';
import type { AuthorizeInput, CommandInput, PreferencesInput, ProfileInput } from '../../contract/sending.ts';
import { ask } from '../../flows/command/ask.ts';
import type { AskOrder, AskPorts } from '../../flows/command/ports.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { joinMembers } from '../../ocpi/json-cut.ts';
import { receive, receiveJson } from '../../ocpi/received.ts';
import { appendQuery, appendSegments } from '../../ocpi/urls.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { OwnData } from '../../server/own-data.ts';
import type { AwaitedResults } from '../awaited-results.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import { refusal } from '../resend-rules.ts';
import type { RunDesk } from '../run-desk.ts';
import type { Serving } from '../serving.ts';
import { commandBody } from './command-bodies.ts';
import { createOwnTexts } from './own-texts.ts';
import { contextOf, mustEndpoint, ownPartyOf, readParty, routingOf, type SendContext } from './routing.ts';

/** Commands, charging profiles, preferences and authorizations, each a run. */
export interface AskingDesk {
  command(input: CommandInput): Outcome<number>;
  authorize(input: AuthorizeInput): Outcome<number>;
  profile(input: ProfileInput): Outcome<number>;
  preferences(input: PreferencesInput): Outcome<number>;
}

export interface AskingDeskOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly runs: RunDesk;
  readonly serving: Pick<Serving, 'during'>;
  readonly awaited: AwaitedResults;
  /** What we serve. */
  readonly data: OwnData;
  readonly ports: Omit<AskPorts, 'clock'>;
}

/** Seconds until a result where the answer says nothing of it (T5). */
const USUAL_WAIT = 30;
/** Seconds for which an active profile is asked for unless said. */
const USUAL_DURATION = 900;

interface OnLink {
  readonly name: string;
  readonly toParty?: string | undefined;
  readonly confirmed?: boolean | undefined;
}

/** What is asked, without what only the run knows. */
interface Asking {
  readonly kind: RunKind;
  readonly words: string;
  /** Of our response_url: `START_SESSION`, `set`; absent where the answer is final. */
  readonly what?: string;
  readonly good: string;
  readonly wait?: number | undefined;
  /** Values of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query?: (responseUrl: string) => Readonly<Record<string, string | undefined>>;
  readonly body?: (responseUrl: string) => Outcome<string>;
}

export function createAskingDesk(options: AskingDeskOptions): AskingDesk {
  const { clock, newId, platform, links, runs, serving, awaited, data } = options;
  const ports: AskPorts = { clock, ...options.ports };

  const contextFor = (input: OnLink, id: string): Outcome<{ context: SendContext; entry: CatalogueEntry }> => {
    const found = links.find(input.name);
    if (!found.ok) return found;
    const link = found.value;
    const context = contextOf(link, platform.config().parties);
    if (!context.ok) return context;
    const { version } = context.value;
    const entry = entryById(id);
    if (entry === undefined || !entry.versions.includes(version)) {
      return failed('INVALID_INPUT', `OCPI ${version} has no "${entry?.words ?? id}"`, 'wb send sends anything.');
    }
    const { words, method } = entry;
    const what = `"${words}" asks it to act`;
    const leaving = { link, method, url: '', operation: id, toPartner: true, what, confirmed: input.confirmed };
    const refused = refusal(leaving, runs.busyWith);
    return refused ?? done({ context: context.value, entry });
  };

  const start = (
    input: OnLink,
    { context, entry }: { context: SendContext; entry: CatalogueEntry },
    asking: Asking,
  ) => {
    const { link, version } = context;
    const { module, interface: side, method, id: operation } = entry;
    const endpoint = mustEndpoint(context, entry);
    if (!endpoint.ok) return endpoint;
    const to = readParty(input.toParty);
    if (!to.ok) return to;
    const routing = routingOf(context, { module, side, to: to.value });
    const path = entry.path.map(segment =>
      isPlaceholder(segment) ? (asking.params[segment.slice(1, -1)] ?? '') : segment,
    );
    // Looked at before there is a run: nobody has to look a mistake up in one.
    const tried = orderText(asking, entry, context, 'https://example.org/response');
    if (!tried.ok) return tried;
    if (ports.outgoingToken(link.id) === undefined) return noToken(link);
    const { kind, words, good, what, wait = USUAL_WAIT } = asking;
    const orderWith = (responseUrl: string): AskOrder => {
      const made = orderText(asking, entry, context, responseUrl);
      const text = made.ok ? made.value : undefined;
      const query = asking.query?.(responseUrl) ?? {};
      const url = appendQuery(appendSegments(endpoint.value, ...path), query);
      const order = { link, version, words, operation, method, url, good, wait };
      return { ...order, ...(text === undefined ? {} : { text }), ...(routing === undefined ? {} : { routing }) };
    };
    return runs.start({ kind, linkId: link.id, initiator: 'us' }, async run => {
      if (what === undefined) return ask(ports, run, orderWith(''));
      const { runId } = run;
      const asked = module === 'chargingprofiles' ? module : 'commands';
      // Results come to our server: it is on for as long as the run lasts.
      const served = await serving.during(async () => {
        const open = awaited.open({ linkId: link.id, runId, module: asked, version, what });
        const result = await ask(ports, run, { ...orderWith(open.url), awaited: open });
        return { open, result };
      });
      if (!served.ok) {
        const { message, advice } = served.failure;
        run.tell({ step: 'our server', ok: false, exchangeIds: [], reason: `${message}. ${advice}` });
        return { ok: false, summary: message };
      }
      const { open, result } = served.value;
      open.close();
      return result.asked === undefined ? result : { ...result, asked: { ...result.asked, results: open.results() } };
    });
  };

  return {
    command: input => {
      const id = `commands.${input.command.toLowerCase().replaceAll('_', '-')}`;
      const found = contextFor(input, id);
      if (!found.ok) return found;
      const { context } = found.value;
      const party = ownPartyOf(context, { module: 'commands', side: 'RECEIVER' });
      if (party === undefined) throw new Error('a platform has at least one party');
      const own = createOwnTexts(data, context.link, context.version);
      const fixed = { version: context.version, party, own, now: clock.now(), newId };
      return start(input, found.value, {
        kind: 'command',
        words: input.command,
        what: input.command,
        good: 'ACCEPTED',
        wait: input.wait,
        params: {},
        body: responseUrl => commandBody(input, { ...fixed, responseUrl }),
      });
    },
    authorize: input => {
      const { token, type = 'RFID', location, evses = [], connectors = [] } = input;
      const found = contextFor(input, 'tokens.authorize');
      if (!found.ok) return found;
      const { version } = found.value.context;
      if (location === undefined && evses.length + connectors.length > 0) {
        return failed('INVALID_INPUT', 'EVSEs and connectors are those of a location', 'Name the location, too.');
      }
      if (connectors.length > 0 && atLeast22(version)) {
        return failed('INVALID_INPUT', `OCPI ${version} asks for no connectors`, 'Name EVSEs only.');
      }
      const where = {
        location_id: location,
        ...(evses.length > 0 && { evse_uids: evses }),
        ...(connectors.length > 0 && { connector_ids: connectors }),
      };
      return start(input, found.value, {
        kind: 'authorization',
        words: `authorize ${token}`,
        good: 'ALLOWED',
        params: { token_uid: token },
        query: () => ({ type }),
        ...(location === undefined ? {} : { body: () => done(JSON.stringify(where)) }),
      });
    },
    profile: input => {
      const { what, session, profile, duration = USUAL_DURATION, wait } = input;
      const found = contextFor(input, `chargingprofiles.${what}`);
      if (!found.ok) return found;
      if (what === 'set' && profile === undefined) {
        return failed('INVALID_INPUT', 'there is no profile to set', 'Give a ChargingProfile as JSON.');
      }
      if (what !== 'set' && profile !== undefined) {
        return failed('INVALID_INPUT', `${what} takes no profile`, 'Leave it out.');
      }
      const asking = { kind: 'profile', words: `${what} profile of ${session}`, what, good: 'ACCEPTED', wait } as const;
      const params = { session_id: session };
      if (what === 'set') {
        const text = profile ?? '';
        const body = (responseUrl: string) =>
          receiveJson(text).view === undefined
            ? failed('INVALID_INPUT', 'the profile is not JSON', 'Give a ChargingProfile as JSON.')
            : done(
                joinMembers(
                  new Map([
                    ['charging_profile', text.trim()],
                    ['response_url', JSON.stringify(responseUrl)],
                  ]),
                ),
              );
        return start(input, found.value, { ...asking, params, body });
      }
      const lasting = what === 'get' ? { duration: String(duration) } : {};
      const query = (responseUrl: string) => ({ ...lasting, response_url: responseUrl });
      return start(input, found.value, { ...asking, params, query });
    },
    preferences: input => {
      const found = contextFor(input, 'sessions.put-preferences');
      if (!found.ok) return found;
      return start(input, found.value, {
        kind: 'profile',
        words: `preferences of ${input.session}`,
        good: 'ACCEPTED',
        params: { session_id: input.session },
        body: () => done(input.preferences),
      });
    },
  };
}

/** The body, where there is one; what has errors is refused here, and `wb send` sends it all the same. */
function orderText(
  { body }: Asking,
  entry: CatalogueEntry,
  { version }: SendContext,
  responseUrl: string,
): Outcome<string | undefined> {
  if (body === undefined) return done(undefined);
  const made = body(responseUrl);
  if (!made.ok) return made;
  const check = entry.request?.[version];
  const { findings } = check === undefined ? { findings: [] } : receive(made.value, check, { version });
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong === undefined) return made;
  const message = `${wrong.code} at ${wrong.pointer || 'the body'}: ${wrong.met}, expected ${wrong.expected}`;
  return failed('INVALID_INPUT', message, 'Correct it; wb send sends anything.');
}

function noToken({ name }: Link): Outcome<never> {
  const advice = `Enter it anew: wb link set ${name} --token T.`;
  return failed('TOKEN_MISSING', `there is no readable token to call ${name} with`, advice);
}
