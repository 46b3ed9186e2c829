import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Version } from '../ocpi/versions.ts';
import { configurationFlows, isConfiguration } from './recorded/configuration-flows.ts';
import { createLeftOut } from './recorded/left-out.ts';
import { mergeUpdates } from './recorded/updates.ts';
import { withWaits } from './recorded/waits.ts';
import type { FlowStep, Recording, RequestStep, SpokenExchange, Step } from './recording.ts';

/** An exchange as it stands in the history. */
export interface RecordedExchange extends SpokenExchange {
  readonly exchangeId: number;
  /** `out`: we sent it. */
  readonly direction: 'in' | 'out';
  readonly version: Version | undefined;
  /** The run it belonged to. */
  readonly run?: { readonly kind: string; readonly id: number };
  /** Kinds of our faults at work in it: they are not applied again. */
  readonly faults?: readonly string[];
}

export interface RecordingSource {
  readonly title: string;
  /** In any order. */
  readonly exchanges: readonly RecordedExchange[];
  /** Whose requests we send; unless said ours, where we wrote anything or the partner asked nothing. */
  readonly play?: 'ours' | 'theirs';
}

/**
 * Recorded exchanges as steps, in the order in which they began. Registrations become flows, the partner's updates of an
 * object one step; what cannot be replayed is left out with a note. Fails where nothing is left, and for exchanges of
 * several versions, whose ids and bodies do not go together.
 */
export function recordingOf({ title, exchanges, play }: RecordingSource): Outcome<Recording> {
  const sorted = exchanges.toSorted(
    (left, right) => left.startedAt - right.startedAt || left.exchangeId - right.exchangeId,
  );
  const sender = senderOf(sorted, play);
  const leftOut = createLeftOut();
  const flows = configurationFlows(sorted.filter(isConfiguration), { sender, leftOut });
  const requests = sorted.filter(
    exchange => !isConfiguration(exchange) && leftOut.keeps(exchange, exchange.direction === sender),
  );
  const startedAt = Math.min(
    requests[0]?.startedAt ?? Number.POSITIVE_INFINITY,
    flows[0]?.startedAt ?? Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(startedAt)) {
    const why = leftOut.notes().join(' ');
    return failed('INVALID_INPUT', `nothing in "${title}" can be replayed`, why || 'Choose other exchanges.');
  }
  const version = versionOf(sorted, requests);
  if (!version.ok) return version;
  const steps: Step[] = [
    ...flows.map(
      ({ flow, startedAt: at, exchangeIds }): FlowStep => ({
        kind: 'flow',
        no: 0,
        at: at - startedAt,
        flow,
        exchangeIds,
      }),
    ),
    ...withWaits(mergeUpdates(requests.map(exchange => stepOf(exchange, { sender, startedAt }))), version.value),
  ].sort((left, right) => left.at - right.at);
  const faulty = requests.filter(({ faults = [] }) => faults.length > 0).length;
  return done({
    title,
    version: version.value,
    made: 'recorded',
    startedAt,
    steps: steps.map((step, index) => ({ ...step, no: index + 1 })),
    notes: [
      ...leftOut.notes(),
      ...(faulty > 0
        ? [
            `Faults of ours were at work in ${faulty} of the exchanges: they are not applied again unless they are armed.`,
          ]
        : []),
    ],
  });
}

type Direction = RecordedExchange['direction'];

/** The direction in which went what we send now. */
function senderOf(exchanges: readonly RecordedExchange[], play: RecordingSource['play']): Direction {
  if (play !== undefined) return play === 'ours' ? 'out' : 'in';
  const wrote = exchanges.some(({ direction, method }) => direction === 'out' && method !== 'GET');
  const asked = exchanges.some(({ direction }) => direction === 'in');
  return wrote || !asked ? 'out' : 'in';
}

function versionOf(all: readonly RecordedExchange[], requests: readonly RecordedExchange[]): Outcome<Version> {
  const told = requests.length > 0 ? requests : all;
  const versions = [...new Set(told.flatMap(({ version }) => version ?? []))].sort();
  const [version] = versions;
  if (version === undefined) {
    const advice = 'Choose exchanges of a link whose version is known.';
    return failed('INVALID_INPUT', 'the OCPI version of these exchanges is not known', advice);
  }
  // A registration that ends in another version begins in the one before it.
  if (versions.length > 1 && requests.length > 0) {
    const counted = versions.map(one => `${told.filter(exchange => exchange.version === one).length} of ${one}`);
    const message = `these exchanges are of several OCPI versions: ${counted.join(', ')}`;
    return failed('INVALID_INPUT', message, `Choose those of one of them, such as ${versions.at(-1)}.`);
  }
  return done(versions.at(-1) ?? version);
}

function stepOf(
  exchange: RecordedExchange,
  { sender, startedAt }: { readonly sender: Direction; readonly startedAt: number },
): RequestStep {
  const { exchangeId, direction, version: _version, run: _run, faults: _faults, ...spoken } = exchange;
  const by = direction === sender ? 'us' : 'them';
  return { kind: 'request', no: 0, by, at: spoken.startedAt - startedAt, spoken, exchangeId, withinMs: 0 };
}
