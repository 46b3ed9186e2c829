import { systemClock } from '../../clock.ts';
import type { ExchangeSummary } from '../../contract/exchange.ts';
import type { Explanation } from '../../contract/explanation.ts';
import type { FaultRuleText } from '../../contract/fault.ts';
import type { Scene } from './scene.ts';
import { endOf, type Platform, type Stage } from './stage.ts';

/** The 2.2.1 link between the two, as each of them calls it. */
const OURS = 'partner 2.2.1 - added';
const THEIRS = 'workbench 2.2.1 - invited';
const LISTS = { module: 'locations', operation: 'locations.list', direction: 'answer' } as const;
/** Detectors that look at several exchanges come a moment after them. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 100;

type Rule = Partial<FaultRuleText> & Pick<FaultRuleText, 'kind'>;

/** One thing that is wrong on purpose, and what whoever meets it is told. */
interface Wrong {
  readonly title: string;
  /** Who is wrong, and who meets it. */
  readonly at: Platform;
  readonly met: Platform;
  readonly rule: Rule;
  readonly link: string;
  /** A whole list, page by page, or one request; the latter is not repeated when it fails. */
  readonly by: 'pull' | 'request';
  /** The failure case (failures.md) that has to be recognised; absent where the end says it all. */
  readonly case?: number;
  /** What the explanation has to name. */
  readonly says?: RegExp;
}

/** The partner misbehaves in many ways, then we do; each time whoever meets it explains what happened. */
export async function faultsExplained({ us, partner }: Stage): Promise<Scene[]> {
  const theirs = { at: partner, met: us, link: OURS, by: 'request' } as const;
  const wrongs: readonly Wrong[] = [
    {
      ...theirs,
      title: 'the partner answers 200 with 3000 and an empty list',
      rule: { kind: 'envelope.error-with-empty-list', scope: LISTS },
      case: 18,
    },
    {
      ...theirs,
      title: 'its Link header leads nowhere',
      by: 'pull',
      rule: { kind: 'paging.link-none', scope: LISTS },
      case: 11,
    },
    {
      ...theirs,
      title: 'it ignores the offset',
      by: 'pull',
      rule: { kind: 'paging.offset-ignored', scope: LISTS },
      case: 13,
    },
    {
      ...theirs,
      title: 'it refuses an unknown token with 403 and a page of its framework',
      rule: { kind: 'auth.unauthorized-as', scope: LISTS },
      case: 19,
    },
    {
      ...theirs,
      title: 'its answer is cut in the middle',
      rule: { kind: 'transport.cut', scope: LISTS },
      says: /broke .* off/,
    },
    {
      at: us,
      met: partner,
      link: THEIRS,
      by: 'request',
      title: 'we write our token with a line feed in it, and the partner sees why',
      rule: { kind: 'auth.base64-line-feed', scope: { ...LISTS, direction: 'send' } },
      case: 2,
    },
  ];
  const scenes: Scene[] = [];
  for (const wrong of wrongs) scenes.push(await goWrong(us, wrong));
  scenes.push(await sameSeedSameFaults(us, partner));
  return scenes;
}

/** Arms the rule, asks for locations, and asks whoever met it for its explanation. */
async function goWrong(us: Platform, { title, at, met, rule, link, by, ...wanted }: Wrong): Promise<Scene> {
  const newest = await newestOf(met);
  const armed = await at.client.faults.add(rule);
  const came = await (by === 'pull' ? pull(us) : request(us));
  await at.client.faults.remove({ ids: [armed.id] });
  const { exchange, explained } = await explanation(met, { link, after: newest, ...wanted });
  const [problem] = explained?.problems ?? [];
  const cases = explained?.problems.flatMap(one => one.cases.map(({ number }) => number)) ?? [];
  const sentences = explained?.problems.map(({ sentence }) => sentence).join(' ') ?? '';
  return {
    title,
    ok:
      (wanted.case === undefined || cases.includes(wanted.case)) &&
      (wanted.says === undefined || wanted.says.test(sentences)),
    lines: [
      `armed: ${armed.explain}`,
      came,
      ...(problem === undefined
        ? ['nothing was found']
        : [
            `explained: ${problem.sentence}  [#${exchange?.id}]`,
            `at fault: ${problem.blamed} (${problem.sure}): ${problem.because}`,
            ...problem.next.slice(0, 1).map(step => `try: ${step}`),
          ]),
    ],
  };
}

interface Awaited {
  readonly link: string;
  readonly after: number;
  readonly case?: number;
}

/** Of the exchanges behind `after`: the first that shows the case, else the first that has a problem at all. */
async function explanation(
  { client }: Platform,
  { link, after, ...wanted }: Awaited,
): Promise<{ readonly exchange?: ExchangeSummary; readonly explained?: Explanation }> {
  const end = systemClock.elapsed() + PATIENCE_MS;
  for (;;) {
    const recent = await client.exchanges.list({ link, limit: 100 });
    let any: { exchange: ExchangeSummary; explained: Explanation } | undefined;
    for (const exchange of recent.filter(({ id }) => id > after).reverse()) {
      const explained = await client.errors.explain({ id: exchange.id });
      if (explained.problems.length > 0) any ??= { exchange, explained };
      const shows = explained.problems.some(({ cases }) => cases.some(one => one.number === wanted.case));
      if (shows) return { exchange, explained };
    }
    if (any !== undefined && (wanted.case === undefined || systemClock.elapsed() > end)) return any;
    if (systemClock.elapsed() > end) return {};
    await systemClock.sleep(LOOK_AGAIN_MS);
  }
}

/** A fault that comes by chance comes with the same requests again when its seed is the same. */
async function sameSeedSameFaults(us: Platform, partner: Platform): Promise<Scene> {
  const rule = await partner.client.faults.add({
    kind: 'envelope.ocpi-status',
    name: 'now and then',
    parameters: { code: 2001 },
    scope: LISTS,
    when: { probability: 0.5 },
    seed: 'tour',
  });
  const draw = async () => {
    const drawn: string[] = [];
    for (let at = 0; at < 12; at++) {
      const { exchangeId } = await us.client.sending.send({ name: OURS, operation: 'locations.list' });
      const { ocpiStatus } = await us.client.exchanges.get({ id: exchangeId });
      drawn.push(ocpiStatus === 2001 ? 'x' : '.');
    }
    return drawn.join('');
  };
  const first = await draw();
  await partner.client.faults.restart({ ids: [rule.id] });
  const second = await draw();
  await partner.client.faults.remove({ ids: [rule.id] });
  return {
    title: 'chance with a seed: the same requests meet the same faults',
    ok: first === second && first.includes('x') && first.includes('.'),
    lines: [`once:  ${first}`, `again: ${second}`],
  };
}

async function request(us: Platform): Promise<string> {
  const { exchangeId } = await us.client.sending.send({ name: OURS, operation: 'locations.list' });
  const { ended, httpStatus, ocpiStatus } = await us.client.exchanges.get({ id: exchangeId });
  return `GET: ${[httpStatus, ocpiStatus].filter(status => status !== null).join('/')} (${ended})`;
}

async function pull(us: Platform): Promise<string> {
  const run = await endOf(
    us,
    await us.client.pulls.start({ name: OURS, module: 'locations', full: true, pageSize: 50 }),
  );
  return `pull: ${run.result?.summary ?? run.state}`;
}

async function newestOf({ client }: Platform): Promise<number> {
  const [newest] = await client.exchanges.list({ limit: 1 });
  return newest?.id ?? 0;
}
