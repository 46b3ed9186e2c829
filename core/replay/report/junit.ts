import { XMLBuilder } from 'fast-xml-parser';
import type { ReplayDifference, ReplayRun, ReplayStep } from '../../contract/replay.ts';
import { isDifferent, stepTitle } from './steps.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });

/**
 * One test suite, a test case for each step. Different and missing steps fail, with their differences as text; one that could
 * not be tried is an error; one that was not reached is skipped. Times in seconds.
 */
export function junitReport(run: ReplayRun, steps: readonly ReplayStep[]): string {
  const failed = steps.filter(step => isDifferent(step) && step.verdict !== 'failed').length;
  const counts = {
    '@_tests': steps.length,
    '@_failures': failed,
    '@_errors': steps.filter(({ verdict }) => verdict === 'failed').length,
    '@_skipped': steps.filter(isSkipped).length,
    '@_time': seconds(run.startedAt, run.endedAt),
  };
  const name = clean(`${run.title} to ${run.to}`);
  const started = run.startedAt === null ? {} : { '@_timestamp': new Date(run.startedAt).toISOString().slice(0, 19) };
  const suite = {
    '@_name': name,
    ...counts,
    ...started,
    properties: {
      property: [
        { '@_name': 'run', '@_value': run.runId },
        { '@_name': 'seed', '@_value': clean(run.seed) },
      ],
    },
    testcase: steps.map(step => testCase(run, step)),
    'system-out': clean([run.summary, ...run.notes].join('\n')),
  };
  const document = {
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: { '@_name': name, ...counts, testsuite: suite },
  };
  return `${builder.build(document).trimEnd()}\n`;
}

function testCase(run: ReplayRun, step: ReplayStep): Record<string, unknown> {
  const shared = {
    '@_classname': clean(`replay.${run.to}`),
    '@_name': clean(stepTitle(step)),
    '@_time': seconds(step.startedAt, step.endedAt),
  };
  if (isSkipped(step)) return { ...shared, skipped: { '@_message': clean(step.reason) } };
  if (!isDifferent(step)) return shared;
  const message = clean(step.differences[0]?.meaning ?? step.reason);
  const text = clean([step.reason, ...step.differences.map(differenceText)].join('\n'));
  const problem = { '@_message': message, '@_type': step.verdict, '#text': text };
  return step.verdict === 'failed' ? { ...shared, error: problem } : { ...shared, failure: problem };
}

function isSkipped({ verdict }: ReplayStep): boolean {
  return verdict === 'skipped' || verdict === 'waiting' || verdict === 'running';
}

function differenceText({ layer, where, expected, met, meaning }: ReplayDifference): string {
  const place = where === '' ? layer : `${layer}, ${where}`;
  return `${place}: ${meaning}${expected === '' && met === '' ? '' : `\n  expected ${expected}\n  met      ${met}`}`;
}

function seconds(from: number | null, to: number | null): string {
  return from === null || to === null ? '0' : ((to - from) / 1000).toFixed(3);
}

/** XML 1.0 has no way to write most control characters, nor half of a surrogate pair: they become U+FFFD. */
function clean(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
