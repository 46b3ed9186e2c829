import type { ReplayRewrite } from '../../contract/replay.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import { endpointFor } from '../rebase/endpoints.ts';
import { marksOf, requestMarks } from '../rebase/message-marks.ts';
import { endpointThen } from '../rebase/request-url.ts';
import type { Recording, RequestStep, Step } from '../recording.ts';
import type { Surroundings } from '../surroundings.ts';
import type { FlowTimes } from './flow-times.ts';

export interface OtherRewritesInput {
  readonly recording: Recording;
  readonly steps: readonly Step[];
  readonly surroundings: Surroundings;
  readonly times: FlowTimes;
}

/** What is rewritten without anybody having a choice, one line for each kind and endpoint. */
export function otherRewrites({ recording, steps, surroundings, times }: OtherRewritesInput): ReplayRewrite[] {
  const requests = steps.filter(step => step.kind === 'request');
  const ours = requests.filter(({ by }) => by === 'us');
  const rewrites: ReplayRewrite[] = [...endpoints(ours, surroundings)];
  const add = (
    steps: readonly RequestStep[],
    rewrite: Omit<ReplayRewrite, 'steps' | 'from'>,
    from: string | undefined,
  ) => {
    if (steps.length > 0 && from !== undefined) rewrites.push({ ...rewrite, from, steps: steps.length });
  };
  const urlIn = ({ spoken }: RequestStep) =>
    requestMarks(marksOf(spoken, recording.version)).find(({ kind }) => kind === 'response_url')?.value;
  const given = ours.filter(step => urlIn(step) !== undefined);
  const told = requests.filter(step => step.by === 'them' && urlIn(step) !== undefined);
  const kind = 'response_url' as const;
  add(given, { kind, to: null, why: 'a URL of ours, another one for each request' }, given[0] && urlIn(given[0]));
  add(told, { kind, to: null, why: `${surroundings.link} gives it with its request` }, told[0] && urlIn(told[0]));
  if (recording.made === 'recorded') {
    const signed = ours.filter(({ spoken }) => headerValue(spoken.request.headers, 'Authorization') !== undefined);
    add(
      signed,
      { kind: 'credentials-token', to: null, why: 'the one that is valid for the target now' },
      signed[0] && 'the token of then',
    );
  }
  if (atLeast22(recording.version)) {
    const asked = ours.filter(({ spoken }) => spoken.requestId !== undefined);
    const correlated = ours.filter(({ spoken }) => spoken.correlationId !== undefined);
    add(asked, { kind: 'request-id', to: null, why: 'another one for each request' }, asked[0]?.spoken.requestId);
    add(
      correlated,
      { kind: 'correlation-id', to: null, why: 'a new one, the same where it was the same' },
      correlated[0]?.spoken.correlationId,
    );
  }
  const moved = times.shiftMs === 0 ? [] : requests.filter(step => hasTime(step, recording));
  const start = recording.startedAt + (steps[0]?.at ?? 0);
  if (moved.length > 0 && isWritable(start) && isWritable(start + times.shiftMs)) {
    add(
      moved,
      { kind: 'time', to: writeDateTime(start + times.shiftMs), why: 'all times of the flow, gaps are kept' },
      writeDateTime(start),
    );
  }
  return rewrites;
}

function endpoints(ours: readonly RequestStep[], surroundings: Surroundings): ReplayRewrite[] {
  const found = new Map<string, { from: string; to: string; why: string; steps: number }>();
  for (const { spoken } of ours) {
    const entry = entryById(spoken.operation);
    if (entry?.base !== 'endpoint') continue;
    const [from, to] = [endpointThen(spoken.url, entry.path.length), endpointFor(surroundings, entry)];
    if (to === undefined || from === to.replace(/\/$/, '')) continue;
    const why = `${surroundings.link}'s ${entry.module}${entry.interface === 'NONE' ? '' : ` (${entry.interface})`}`;
    const before = found.get(`${from} ${to}`);
    if (before === undefined) found.set(`${from} ${to}`, { from, to, why, steps: 1 });
    else before.steps++;
  }
  return Array.from(found.values(), rewrite => ({ kind: 'endpoint', ...rewrite }));
}

function hasTime({ spoken }: RequestStep, { version }: Recording): boolean {
  return requestMarks(marksOf(spoken, version)).some(({ kind }) => kind === 'time');
}

function isWritable(moment: number): boolean {
  return moment >= 0 && moment < Date.UTC(9999, 11, 31);
}
