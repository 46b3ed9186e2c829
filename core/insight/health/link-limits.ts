import type { HealthThresholds } from '../../contract/health.ts';
import { type Judged, ofLink } from './judged.ts';
import type { LinkObservation, OverdueResult, PullObservation } from './observations.ts';
import { counted, moment, percent } from './words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of fewer exchanges, or answers, one failure says too much. */
const FEWEST = 10;
/** Of a limit: what was over it is well again below as much. */
const WELL_BELOW = 0.8;
/** Results named one by one. */
const MOST_NAMED = 3;

/**
 * What of a link is over its thresholds, or nearly. A link that is suspended, or was never registered, is asked for nothing:
 * nobody expects anything of it.
 */
export function judgeLink(seen: LinkObservation, limits: HealthThresholds, now: number): Judged[] {
  if (seen.state !== 'registered' && seen.state !== 'adopted') return [];
  return [
    ...silence(seen, limits, now),
    ...pulls(seen, limits, now),
    ...failures(seen, limits),
    ...slowness(seen, limits),
    ...overdue(seen.overdue, limits),
    ...oldTokens(seen, limits, now),
    ...changes(seen, limits),
  ];
}

/** Of an adopted link nothing is heard but what it is asked for. */
function silence({ state, lastHeard, createdAt }: LinkObservation, { silentHours }: HealthThresholds, now: number) {
  if (silentHours === null || state !== 'registered') return [];
  if (now - (lastHeard ?? createdAt) <= silentHours * HOUR) return [];
  const limit = `for more than ${counted(silentHours, 'hour')}`;
  return [
    ofLink(
      'silent',
      lastHeard === null
        ? `Nothing has ever been heard, ${limit}.`
        : `Nothing has been heard since ${moment(lastHeard)}, ${limit}.`,
    ),
  ];
}

function pulls({ pulls: seen }: LinkObservation, { pullHours }: HealthThresholds, now: number): Judged[] {
  if (pullHours === null) return [];
  return seen.flatMap(pull => [...failedPull(pull), ...oldPull(pull, pullHours, now)]);
}

function failedPull({ module, last, lastOk, runId }: PullObservation): Judged[] {
  if (last === null || lastOk !== false) return [];
  const run = runId === null ? '' : ` (run ${runId})`;
  return [ofLink('pull-failed', `The last pull of ${module}, at ${moment(last)}, failed${run}.`, { subject: module })];
}

/** A pull that is scheduled less often than the threshold asks is late only after twice its distance. */
function oldPull({ module, lastGood, every }: PullObservation, pullHours: number, now: number): Judged[] {
  const limit = Math.max(pullHours * HOUR, 2 * every);
  if (lastGood === null || now - lastGood <= limit) return [];
  const sentence = `No pull of ${module} has gone well since ${moment(lastGood)}, for more than ${counted(limit / HOUR, 'hour')}.`;
  return [ofLink('pull-old', sentence, { subject: module })];
}

function failures({ hour }: LinkObservation, { errorRate }: HealthThresholds): Judged[] {
  const { exchanges, failed } = hour;
  if (errorRate === null || exchanges < FEWEST) return [];
  const rate = failed / exchanges;
  if (rate <= errorRate * WELL_BELOW) return [];
  const sentence = `${failed} of ${counted(exchanges, 'exchange')} within an hour failed: ${percent(rate)}, with ${percent(errorRate)} as the limit.`;
  return [ofLink('error-rate', sentence, { isOver: rate > errorRate })];
}

function slowness({ hour }: LinkObservation, { p95Ms }: HealthThresholds): Judged[] {
  const { answers, p95Ms: met } = hour;
  if (p95Ms === null || met === null || answers < FEWEST || met <= p95Ms * WELL_BELOW) return [];
  const sentence = `95 of 100 answers within an hour took up to ${Math.round(met)} ms, with ${p95Ms} ms as the limit.`;
  return [ofLink('slow', sentence, { isOver: met > p95Ms })];
}

function overdue(results: readonly OverdueResult[], { overdueCallbacks }: HealthThresholds): Judged[] {
  if (overdueCallbacks === null || results.length < overdueCallbacks) return [];
  const named = results
    .slice(0, MOST_NAMED)
    .map(({ what, exchangeId, due }) => `${what} of exchange ${exchangeId}, due at ${moment(due)}`);
  const more = results.length > MOST_NAMED ? [`${results.length - MOST_NAMED} more`] : [];
  const count = results.length === 1 ? '1 result has not come' : `${results.length} results have not come`;
  return [ofLink('callbacks-overdue', `${count}: ${[...named, ...more].join('; ')}.`)];
}

function oldTokens({ tokens }: LinkObservation, { tokenDays }: HealthThresholds, now: number): Judged[] {
  if (tokenDays === null) return [];
  return tokens
    .filter(({ issuedAt }) => now - issuedAt > tokenDays * DAY)
    .map(({ label, issuedBy, issuedAt }) => {
      const who = issuedBy === 'us' ? 'by us' : 'by them';
      const sentence = `Token ${label} was issued ${who} on ${moment(issuedAt).slice(0, 10)}, more than ${counted(tokenDays, 'day')} ago.`;
      return ofLink('token-old', sentence, { subject: label });
    });
}

function changes({ changes: seen }: LinkObservation, limits: HealthThresholds): Judged[] {
  if (!limits.changes) return [];
  return (['version', 'endpoints'] as const).flatMap(what => {
    const sentences = seen.filter(change => change.what === what).map(({ sentence }) => sentence);
    return sentences.length === 0 ? [] : [ofLink(`${what}-changed`, sentences.join(' '))];
  });
}
