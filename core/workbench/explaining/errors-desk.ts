import type { Clock } from '../../clock.ts';
import type { TroubleGroup, TroubleInput, Troubles } from '../../contract/errors.ts';
import type { CodeExplanation, Explanation, FailureCase } from '../../contract/explanation.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { History } from '../../history/history.ts';
import type { AskingThread } from '../../history/objects/asking-thread.ts';
import { severityRank } from '../../history/traffic/facet.ts';
import type { TroubleFound } from '../../history/traffic/messages.ts';
import { CASES } from '../../insight/cases.ts';
import { explainCode, plainCase } from '../../insight/explain/code.ts';
import { layerOfFinding } from '../../insight/explain/finding-place.ts';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import type { Resending } from '../resending.ts';
import type { Following } from './following.ts';
import type { LookingAnswer, LookingQuestion } from './looking-messages.ts';

/** What went wrong, in groups and one by one, explained. */
export interface ErrorsDesk {
  groups(input: TroubleInput, signal?: AbortSignal): Promise<Outcome<Troubles>>;
  explain(id: number): Promise<Outcome<Explanation>>;
  explainCode(code: string): Outcome<CodeExplanation>;
  cases(): FailureCase[];
  report(id: number): Promise<Outcome<{ markdown: string }>>;
}

export interface ErrorsDeskOptions {
  readonly history: Pick<History, 'links' | 'traffic' | 'exchanges'>;
  readonly following: Following;
  readonly thread: AskingThread<LookingQuestion, LookingAnswer, never>;
  readonly curl: Resending['curl'];
  readonly clock: Clock;
}

/** A group is new where none of it is older. Milliseconds. */
const FRESH_FOR = 24 * 60 * 60 * 1000;
const STRETCHES = 24;

export function createErrorsDesk(options: ErrorsDeskOptions): ErrorsDesk {
  const { history, following, thread, curl, clock } = options;
  const missing = (id: number) => failed('NOT_FOUND', `there is no exchange ${id}`, 'wb exchanges lists the newest.');
  const unread = (answer: LookingAnswer): Outcome<never> =>
    failed(
      'OPERATION_FAILED',
      `the exchange could not be explained: ${answer.kind === 'gone' ? answer.reason : 'another question was answered'}`,
      'Try again.',
    );

  return {
    async groups({ findings = 'error', stretches = STRETCHES, ...conditions }, signal) {
      if (conditions.link !== undefined && history.links.idsNamed(conditions.link).length === 0) {
        return failed('NOT_FOUND', `there is no link "${conditions.link}"`, 'wb link list names the links.');
      }
      following.awake();
      // Before the groups are read: whatever is looked at in the meantime may not be in them.
      const behind = following.behind();
      const now = clock.now();
      const leastRank = findings === 'none' ? 0 : severityRank(findings);
      const query = { ...conditions, leastRank, stretches, now, freshFrom: now - FRESH_FOR };
      const answer = await history.traffic.troubles(query, signal);
      if (answer.ok) return done(troublesOf(answer.found, behind));
      return failed(
        'OPERATION_FAILED',
        `the exchanges could not be read: ${answer.reason}`,
        'Try again; what they are found by is being derived anew if it was damaged.',
      );
    },
    async explain(id) {
      if (history.exchanges.listIds([id]).length === 0) return missing(id);
      const looked = following.hasLooked(id);
      const answer = await thread.ask({ kind: 'explain', id, looked });
      if (answer.kind !== 'explained') return unread(answer);
      const { explained } = answer;
      if (explained === null) return missing(id);
      const { well, problems, onPurpose } = explained;
      return done({
        exchangeId: id,
        well,
        problems: [...problems],
        onPurpose: [...onPurpose],
        detector: looked ? DETECTOR_VERSION : null,
      });
    },
    explainCode(code) {
      const explained = explainCode(code);
      if (explained !== undefined) return done(explained);
      return failed(
        'NOT_FOUND',
        `"${code}" is no code the workbench knows`,
        'An OCPI status code (2001), an HTTP status (401), how a call ended (timeout), the code of a finding (authorization.form), or "case 17".',
      );
    },
    cases: () => CASES.map(plainCase),
    async report(id) {
      const [one] = history.exchanges.listIds([id]);
      if (one === undefined) return missing(id);
      const command = curl({ id });
      if (!command.ok) return command;
      const link = one.link === null ? undefined : history.links.byName(one.link);
      const answer = await thread.ask({
        kind: 'report',
        id,
        looked: following.hasLooked(id),
        place: {
          curl: command.value.command,
          organisation: link?.organisation ?? null,
          environment: link?.environment ?? null,
        },
      });
      if (answer.kind !== 'reported') return unread(answer);
      return answer.markdown === null ? missing(id) : done({ markdown: answer.markdown });
    },
  };
}

function troublesOf({ from, to, groups }: TroubleFound, behind: number): Troubles {
  const at = (time: number) => new Date(time).toISOString();
  return {
    from: at(from),
    to: at(to),
    behind,
    groups: groups.map(({ versions, overTime, ...group }) => ({
      ...group,
      layer: layerOf(group),
      versions: [...versions],
      overTime: [...overTime],
      first: at(group.first),
      last: at(group.last),
    })),
  };
}

function layerOf({ layer, code }: Pick<TroubleFound['groups'][number], 'layer' | 'code'>): TroubleGroup['layer'] {
  if (layer === 'finding') return layerOfFinding(code);
  return layer === 'network' && code === 'tls' ? 'tls' : layer;
}
