import { systemClock } from '../../clock.ts';
import type { ReplayOptions, ReplayStep } from '../../contract/replay.ts';
import type { TransactionSummary } from '../../contract/transaction.ts';
import { offsetWords } from '../transaction-text.ts';
import type { Scene } from './scene.ts';
import { endOf, type Platform, type Stage } from './stage.ts';

const LINK = 'partner 2.2.1 - added';
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 200;
/** Of a timeline that is longer, so many lines are shown. */
const MOST_LINES = 12;

/** A charge as one timeline; a scenario replayed against the partner, and once more after the partner has changed. */
export async function replayed({ us, partner }: Stage): Promise<Scene[]> {
  const timeline = await oneTimeline(us);
  const options: ReplayOptions = {
    to: LINK,
    source: { kind: 'scenario', name: 'tariff-change' },
    part: 'cpo',
    speed: 'fast',
  };
  const healthy = await replay(us, options);
  const rule = await partner.client.faults.add({
    kind: 'envelope.ocpi-status',
    name: 'the new release',
    parameters: { code: 2001 },
    scope: { module: 'cdrs', operation: 'cdrs.post', direction: 'answer' },
  });
  const changed = await replay(us, { to: LINK, source: { kind: 'again', runId: healthy.runId } });
  await partner.client.faults.remove({ ids: [rule.id] });
  const [only, ...others] = changed.different;
  return [
    timeline,
    {
      title: 'a scenario, another tariff in the middle of a session, is replayed as fast as possible',
      ok: healthy.state === 'done' && healthy.different.length === 0,
      lines: [`=> ${healthy.summary}`],
    },
    {
      title: 'the partner changes one answer, and the same replay finds exactly that',
      ok: only?.operation === 'cdrs.post' && others.length === 0,
      lines: [
        ...changed.different.flatMap(({ no, words, differences }) => [
          `step ${no}, ${words}`,
          ...differences.map(({ meaning }) => `  ${meaning}`),
        ]),
        `=> ${changed.summary}`,
      ],
    },
  ];
}

/** The newest charge of ours at the partner that was billed. */
async function oneTimeline(us: Platform): Promise<Scene> {
  const billed = await newestBilled(us);
  const title = 'what belongs to one charge is one transaction';
  if (billed === undefined) return { title, ok: false, lines: ['no charge was billed'] };
  const { points, curve, problems } = await us.client.transactions.get({ id: billed.id });
  const kinds = new Set(points.map(({ kind }) => kind));
  const begun = Date.parse(billed.startedAt);
  const lines = points.map(
    ({ at, direction, title: what, said, exchangeId }) =>
      `${offsetWords(Date.parse(at) - begun)}  ${direction === 'out' ? '->' : '<-'} ${what}${said === '' ? '' : `: ${said}`}  [#${exchangeId}]`,
  );
  const most = lines.length > MOST_LINES;
  return {
    title,
    ok: (['command', 'result', 'session', 'cdr'] as const).every(kind => kinds.has(kind)),
    lines: [
      ...(most
        ? [...lines.slice(0, MOST_LINES - 4), `${lines.length - MOST_LINES + 1} more`, ...lines.slice(-3)]
        : lines),
      ...problems.map(({ sentence }) => `problem: ${sentence}`),
      `=> ${billed.state}, ${billed.kwh ?? 0} kWh, ${curve.length} points of its curve`,
    ],
  };
}

async function newestBilled({ client }: Platform): Promise<TransactionSummary | undefined> {
  const end = systemClock.elapsed() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.transactions.page({ link: LINK, state: 'billed', limit: 1 });
    if (rows[0] !== undefined || systemClock.elapsed() > end) return rows[0];
    await systemClock.sleep(LOOK_AGAIN_MS);
  }
}

interface Replayed {
  readonly runId: number;
  readonly state: string;
  readonly summary: string;
  readonly different: readonly ReplayStep[];
}

async function replay(us: Platform, options: ReplayOptions): Promise<Replayed> {
  const { runId } = await us.client.replays.start(options);
  const { state } = await endOf(us, { runId });
  const { steps } = await us.client.replays.steps({ runId, different: true, limit: 500 });
  const { summary } = await us.client.replays.get({ runId });
  return { runId, state, summary, different: steps };
}
