import type { ReplayDifference } from '../../contract/replay.ts';
import { WHOLE } from '../../ocpi/failed-layer.ts';
import type { SpokenExchange } from '../recording.ts';
import { difference } from './difference.ts';

type EndedHow = SpokenExchange['ended'];

const WORDS: Readonly<Record<string, string>> = {
  complete: 'answered whole',
  answered: 'answered whole',
  open: 'kept open',
  interrupted: 'kept open when the workbench was closed',
  cut: 'cut off in the middle',
  'too-large': 'larger than the workbench reads',
  timeout: 'not answered in time',
  refused: 'refused at the port',
  reset: 'reset',
  dns: 'sent to a name that is not known',
  unreachable: 'sent to a host that cannot be reached',
  tls: 'refused by TLS',
  malformed: 'answered with what is no HTTP',
  proxy: 'stopped by the proxy',
  'broken-off': 'broken off',
  withheld: 'kept back',
  cancelled: 'cancelled',
};

/** Nothing is known of how the partner would have answered. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['unknown', 'open', 'interrupted', 'withheld', 'cancelled']);
const MUCH_LONGER = 3;
const NOTICEABLE_MS = 1000;

/** True where the recording knows of an answer, or of its absence. */
export function tellsOfAnswer({ answer, ended }: SpokenExchange): boolean {
  return answer !== undefined || !SAYS_NOTHING.has(ended.how);
}

/** Whether a request that we sent ended as the recorded one. */
export function compareEndings(recorded: SpokenExchange, met: SpokenExchange): ReplayDifference[] {
  const [before, now] = [nameOf(recorded.ended), nameOf(met.ended)];
  if (before === now) return [];
  const meaning = now === 'complete' ? 'It was answered; before it was not.' : `It was ${wordsOf(met.ended)}.`;
  return [networkDifference({ recorded, met, meaning })];
}

/** Whether a request of the partner came whole; how it was answered is our part. */
export function compareArrival(recorded: SpokenExchange, met: SpokenExchange): ReplayDifference[] {
  const broken = (ended: EndedHow) => ['cut', 'reset', 'malformed', 'timeout', 'too-large'].includes(ended.how);
  if (!broken(met.ended) || recorded.ended.how === met.ended.how) return [];
  return [
    networkDifference({ recorded, met, meaning: `The request of the partner did not come whole: ${met.ended.how}.` }),
  ];
}

/** Whether an answer took much longer than the recorded one: over a second, and more than three times as long. */
export function compareDurations(recorded: SpokenExchange, met: SpokenExchange): ReplayDifference[] {
  const [before, now] = [recorded.durationMs, met.durationMs];
  if (before === null || now === null || now <= NOTICEABLE_MS || now <= before * MUCH_LONGER) return [];
  const details = { expected: duration(before), met: duration(now) };
  return [
    difference({
      layer: 'time',
      where: '',
      ...details,
      meaning: `It took ${duration(now)} instead of ${duration(before)}.`,
    }),
  ];
}

function networkDifference({
  recorded,
  met,
  meaning,
}: {
  readonly recorded: SpokenExchange;
  readonly met: SpokenExchange;
  readonly meaning: string;
}): ReplayDifference {
  return difference({
    layer: 'network',
    where: '',
    expected: wordsOf(recorded.ended),
    met: wordsOf(met.ended),
    meaning,
  });
}

/** A name under which endings compare: what a fault of ours broke off is what the other side would have seen. */
function nameOf(ended: EndedHow): string {
  if (WHOLE.includes(ended.how)) return 'complete';
  if (ended.how !== 'broken-off') return ended.how;
  return { close: 'cut', reset: 'reset', hang: 'timeout' }[String(ended['by'])] ?? 'cut';
}

function wordsOf(ended: EndedHow): string {
  return WORDS[ended.how] ?? ended.how;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
