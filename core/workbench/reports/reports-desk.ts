import type * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type {
  ChargeDifference,
  Report,
  ReportCharge,
  ReportConditions,
  ReportInput,
  reportsContract,
} from '../../contract/reports.ts';
import type { ChargeConditions } from '../../history/facts/charge-scan.ts';
import { OWN_KEY } from '../../history/facts/report-groups.ts';
import type { History } from '../../history/history.ts';
import { isZone } from '../../insight/tariff/zones.ts';
import type { FactsDesk } from './facts-desk.ts';

type Input<Name extends keyof typeof reportsContract> = z.output<
  NonNullable<(typeof reportsContract)[Name]['~orpc']['inputSchema']>
>;

/** Charges, energy, time and cost, counted. */
export interface ReportsDesk {
  get(input: z.output<typeof ReportInput>, signal?: AbortSignal): Promise<Outcome<Report>>;
  csv(input: z.output<typeof ReportInput>, signal?: AbortSignal): Promise<Outcome<{ csv: string }>>;
  charges(input: Input<'charges'>, signal?: AbortSignal): Promise<Outcome<{ count: number; rows: ReportCharge[] }>>;
  differences(
    input: Input<'differences'>,
    signal?: AbortSignal,
  ): Promise<Outcome<{ count: number; rows: ChargeDifference[]; behind: number }>>;
}

export interface ReportsParts {
  readonly history: Pick<History, 'links' | 'logs'>;
  readonly facts: FactsDesk;
  readonly clock: Clock;
}

/** In the table links begin at 1. */
const OWN_LINK = 0;

export function createReportsDesk({ history, facts, clock }: ReportsParts): ReportsDesk {
  /** Links of imported logs; none where there are no others, as in a log that is looked at. */
  const imported = () => {
    const links = history.links.list();
    const found = links.filter(({ id }) => history.logs.ofLink(id) !== undefined);
    return found.length === links.length ? [] : found;
  };
  /** The same for the thread, or why they can be met by nothing. */
  const conditionsOf = <Given extends Omit<ReportConditions, 'source'>>({
    link,
    ...given
  }: Given): Outcome<Omit<Given, 'link'> & Pick<ChargeConditions, 'linkIds' | 'hiddenLinkIds'>> => {
    const { zone, from, to } = given;
    if (zone !== undefined && !isZone(zone)) {
      const advice = 'Give an IANA name, such as Europe/Oslo, or leave it out for the zone of each location.';
      return failed('INVALID_INPUT', `there is no time zone "${zone}"`, advice);
    }
    if (from !== undefined && to !== undefined && from > to) {
      return failed('INVALID_INPUT', `the days end on ${to}, before they begin on ${from}`, 'Swap the two.');
    }
    const hidden = [...history.links.hidden(), ...history.links.erased()];
    if (link === undefined) {
      const hiddenLinkIds = [...hidden, ...imported().map(({ id }) => id)];
      return done(hiddenLinkIds.length === 0 ? given : { ...given, hiddenLinkIds });
    }
    const linkIds = link === OWN_KEY ? [OWN_LINK] : history.links.idsNamed(link).filter(id => !hidden.includes(id));
    if (linkIds.length > 0) return done({ ...given, linkIds });
    return failed('NOT_FOUND', `there is no link "${link}"`, `Links are listed by name; ${OWN_KEY} is our own data.`);
  };

  return {
    async get(input, signal) {
      const asked = conditionsOf(input);
      if (!asked.ok) return asked;
      const now = clock.now();
      const answer = await facts.ask('report', time => ({ kind: 'report', ...time, asked: asked.value, now }), signal);
      if (!answer.ok) return answer;
      const leftOut = input.link === undefined ? imported().map(({ name }) => name) : [];
      return done({ ...answer.value.report, leftOut, behind: answer.value.followed.behind });
    },
    async csv(input, signal) {
      const asked = conditionsOf(input);
      if (!asked.ok) return asked;
      const now = clock.now();
      const answer = await facts.ask('csv', time => ({ kind: 'csv', ...time, asked: asked.value, now }), signal);
      return answer.ok ? done({ csv: answer.value.csv }) : answer;
    },
    async charges(input, signal) {
      const asked = conditionsOf(input);
      if (!asked.ok) return asked;
      const answer = await facts.ask('charges', time => ({ kind: 'charges', ...time, asked: asked.value }), signal);
      return answer.ok ? done({ count: answer.value.count, rows: answer.value.rows }) : answer;
    },
    async differences(input, signal) {
      const asked = conditionsOf(input);
      if (!asked.ok) return asked;
      const now = clock.now();
      const answer = await facts.ask(
        'differences',
        time => ({ kind: 'differences', ...time, asked: { ...asked.value, now } }),
        signal,
      );
      if (!answer.ok) return answer;
      return done({ ...answer.value.found, behind: answer.value.followed.behind });
    },
  };
}
