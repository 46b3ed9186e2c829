import type { Clock } from '../../clock.ts';
import { readCharges } from '../../history/facts/charge-reading.ts';
import { readDifferences } from '../../history/facts/difference-reading.ts';
import { openFacts } from '../../history/facts/facts.ts';
import { readFailedStarts } from '../../history/facts/failed-starts.ts';
import { type ReportAsked, readReport } from '../../history/facts/report-reading.ts';
import { createStatusAnswers } from '../health/status-answers.ts';
import type { FactsAnswer, FactsQuestion, FactsStart, FollowedTold, ToFollow } from './facts-messages.ts';
import { createPace } from './pace.ts';
import { reportCsv } from './report-csv.ts';

/** Questions about what is derived from objects, answered one after the other. */
export interface FactsAnswers {
  /** Throws what SQLite throws, but for damage: what is derived is made anew then. */
  answer(question: FactsQuestion): FactsAnswer;
  close(): void;
}

export function openFactsAnswers({ clock, ...start }: FactsStart & { readonly clock: Clock }): FactsAnswers {
  const facts = openFacts(start);

  const follow = ({ time }: ToFollow): FollowedTold => {
    const until = clock.elapsed() + time;
    const { changed, broken } = facts.following().follow(() => clock.elapsed() < until);
    const madeAnew = facts.madeAnew();
    const behind = facts.following().behind();
    return { changed, broken, behind, ...(madeAnew === undefined ? {} : { madeAnew }) };
  };
  const pace = createPace(clock);
  const { pause } = pace;
  const report = ({ asked, now }: { readonly asked: ReportAsked; readonly now: number }) =>
    readReport(facts.connection(), asked, {
      linkName: facts.linkName,
      linkParty: facts.linkParty,
      pause,
      failedStarts: () => readFailedStarts({ ...start, now }),
    });
  const answer = (question: FactsQuestion): FactsAnswer => {
    if (question.kind === 'anew') facts.anew('something was erased from the database');
    const followed = follow(question);
    const { linkName } = facts;
    pace.begin(question.rest);
    switch (question.kind) {
      case 'follow':
      case 'anew':
        return { kind: 'followed', followed };
      case 'report':
        return { kind: 'report', followed, report: report(question) };
      case 'csv': {
        const whole = { ...question.asked, offset: 0, limit: Number.POSITIVE_INFINITY };
        return { kind: 'csv', followed, csv: reportCsv(report({ ...question, asked: whole })) };
      }
      case 'charges':
        return { kind: 'charges', followed, ...readCharges(facts.connection(), question.asked, { linkName, pause }) };
      case 'differences':
        return {
          kind: 'differences',
          followed,
          found: readDifferences(facts.connection(), question.asked, { linkName, pause }),
        };
      case 'statuses':
        return { kind: 'statuses', followed, told: createStatusAnswers(facts.connection())(question.asked) };
    }
  };

  return { answer: question => facts.safely(() => answer(question)), close: facts.close };
}
