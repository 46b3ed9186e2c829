import { describe, expect, it } from 'vitest';
import { type LaneRow, swimLane } from '../../../../../renderer/features/partners/runs/swim-lane.ts';
import { exchange, run, step } from '../made.ts';

/** `us> versions.list whole pass`, `note us`, with the steps told below. */
function told(rows: readonly LaneRow[]): string[] {
  return rows.map(row => {
    const what =
      row.kind === 'note'
        ? `note ${row.at}`
        : `${row.from}> ${row.exchange.operation} ${row.part}${row.part === 'request' ? '' : ` ${row.verdict}`}`;
    const within = row.within === undefined ? '' : ` (within ${row.within})`;
    return [what + within, ...row.verdicts.map(verdict => `${verdict.step} ${verdict.verdict}`)].join(', ');
  });
}

const versions = exchange(1, 0);
const details = exchange(2, 20, { operation: 'versions.details' });
const post = exchange(3, 40, { operation: 'credentials.post', method: 'POST', durationMs: 100 });
const theirVersions = exchange(4, 60, { direction: 'in' });
const theirDetails = exchange(5, 80, { direction: 'in', operation: 'versions.details' });
const trial = exchange(6, 145);

describe('the picture of a registration', () => {
  it('shows the partner’s calls between our request and its answer', () => {
    const { rows, running } = swimLane(
      run([
        step('versions', [1]),
        step('version', []),
        step('version details', [2]),
        step('token B', []),
        step('call back', [4, 5]),
        step('credentials', [3, 6]),
      ]),
      [trial, theirDetails, theirVersions, post, details, versions],
    );
    expect(running).toBe(false);
    expect(told(rows)).toEqual([
      'us> versions.list whole pass, versions pass',
      'note us, version pass',
      'us> versions.details whole pass, version details pass',
      'note us, token B pass',
      'us> credentials.post request',
      'them> versions.list whole pass (within us)',
      'them> versions.details whole pass (within us), call back pass',
      'us> credentials.post answer pass (within us)',
      'us> versions.list whole pass, credentials pass',
    ]);
  });

  it('grows while it runs: an open request has no answer yet, and what no step names is there', () => {
    const { rows, running } = swimLane(run([step('versions', [1])], { state: 'running' }), [
      versions,
      { ...post, ended: 'open', httpStatus: null, ocpiStatus: null, durationMs: null },
      theirVersions,
    ]);
    expect(running).toBe(true);
    expect(told(rows)).toEqual([
      'us> versions.list whole pass, versions pass',
      'us> credentials.post request',
      'them> versions.list whole pass (within us)',
    ]);
  });

  it('shows an open request nothing fell into as one arrow that is still open', () => {
    const open = { ...versions, ended: 'open', httpStatus: null, ocpiStatus: null, durationMs: null };
    expect(told(swimLane(run([], { state: 'running' }), [open]).rows)).toEqual(['us> versions.list whole open']);
  });

  it('tells a registration the partner began: its request first, its answer last, our calls between', () => {
    const theirs = exchange(1, 0, { direction: 'in', operation: 'credentials.post', method: 'POST', durationMs: 90 });
    const rows = swimLane(
      run(
        [
          step('received', [1]),
          step('versions', [2]),
          step('version', []),
          step('version details', [3]),
          step('credentials', [1]),
        ],
        {
          initiator: 'them',
        },
      ),
      [theirs, exchange(2, 20), exchange(3, 50, { operation: 'versions.details' })],
    ).rows;
    expect(told(rows)).toEqual([
      'them> credentials.post request, received pass',
      'us> versions.list whole pass (within them), versions pass',
      'note us (within them), version pass',
      'us> versions.details whole pass (within them), version details pass',
      'them> credentials.post answer pass (within them), credentials pass',
    ]);
  });

  it('takes a refusal that was worked round for a warning, and one that was not for a failure', () => {
    const refused = { httpStatus: 401, ocpiStatus: 2001 };
    const both = [exchange(1, 0, refused), exchange(2, 20)];
    expect(told(swimLane(run([step('versions', [1, 2])]), both).rows)).toEqual([
      'us> versions.list whole warn',
      'us> versions.list whole pass, versions pass',
    ]);
    const twice = [exchange(1, 0, refused), exchange(2, 20, refused)];
    expect(told(swimLane(run([step('versions', [1, 2], { ok: false })], { state: 'failed' }), twice).rows)).toEqual([
      'us> versions.list whole fail',
      'us> versions.list whole fail, versions fail',
    ]);
  });

  it('warns of findings that weigh, and lets notes pass', () => {
    const finding = { code: 'versions.near', pointer: '', met: '', expected: '', section: '3.1' };
    const rows = (severity: 'warning' | 'note') =>
      told(swimLane(run([step('versions', [1], { findings: [{ ...finding, severity }] })]), [versions]).rows);
    expect(rows('warning')).toEqual(['us> versions.list whole pass, versions warn']);
    expect(rows('note')).toEqual(['us> versions.list whole pass, versions pass']);
  });

  it('puts a call back that did not come between the request and what followed', () => {
    const rows = swimLane(run([step('versions', [1]), step('call back', []), step('credentials', [3])]), [
      versions,
      post,
      exchange(7, 60, { direction: 'in', operation: 'tokens.list' }),
    ]).rows;
    expect(told(rows)).toEqual([
      'us> versions.list whole pass, versions pass',
      'us> credentials.post request',
      'note them (within us), call back pass',
      'them> tokens.list whole pass (within us)',
      'us> credentials.post answer pass (within us), credentials pass',
    ]);
  });

  it('does not take a call that came after our next one for one that fell into the exchange of credentials', () => {
    const late = exchange(9, 500, { direction: 'in' });
    expect(told(swimLane(run([step('credentials', [3, 6])]), [post, trial, late]).rows)).toEqual([
      'us> credentials.post whole pass',
      'us> versions.list whole pass, credentials pass',
      'them> versions.list whole pass',
    ]);
  });

  it('names a step beside its first arrow, and tells it below its last', () => {
    const steps = [step('versions', [1, 2]), step('credentials', [3, 6])];
    const { rows } = swimLane(run(steps), [versions, details, post, theirVersions, trial]);
    expect(
      rows.map(({ begins, verdicts }) => [...begins.map(one => `${one.step}…`), ...verdicts.map(one => one.step)]),
    ).toEqual([['versions…'], ['versions'], ['credentials…'], [], [], ['credentials']]);
  });

  it('names what the partner asked for beside its request, and what we answered beside the answer', () => {
    const theirs = exchange(1, 0, { direction: 'in', operation: 'credentials.post', method: 'POST' });
    const { rows } = swimLane(run([step('received', [1]), step('credentials', [1])]), [theirs, exchange(2, 20)]);
    expect(rows.map(({ begins }) => begins.map(one => one.step))).toEqual([['received'], [], ['credentials']]);
  });

  it('has a row for a run that failed before anything was sent', () => {
    const failed = run([step('versions', [], { ok: false })], { state: 'failed' });
    expect(told(swimLane(failed, []).rows)).toEqual(['note us, versions fail']);
  });
});
