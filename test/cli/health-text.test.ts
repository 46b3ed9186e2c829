import { expect, it } from 'vitest';
import { linkTable, locationTable, noticeLines } from '../../core/cli/health-text.ts';
import type { LinkHealth, Notice } from '../../core/contract/health.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

const notice: Notice = {
  ...{ id: 7, kind: 'evse-out-of-order', severity: 'error', link: 'Acme', party: 'NL-TNM', location: 'L1', evse: 'E1' },
  ...{ subject: 'NL-TNM L1 E1', sentence: 'EVSE E1 has said OUTOFORDER.', since: '', until: null, acknowledged: false },
};
const link: LinkHealth = {
  ...{ link: 'Acme', organisation: 'Acme', environment: 'test', state: 'registered', version: '2.2.1', hours: [] },
  ...{ lastHeard: '2026-11-23T09:30:00Z', exchanges: 12, failed: 3, errorRate: 0.25, p95Ms: 1234.4 },
  pulls: [
    { module: 'cdrs', lastGood: null, last: '2026-11-23T11:59:30Z', lastOk: false, runId: 4, schedule: null },
    { module: 'locations', lastGood: null, last: '2026-11-20T11:59:30Z', lastOk: true, runId: 3, schedule: null },
  ],
  ...{ overdue: [{ exchangeId: 1, what: 'START_SESSION', due: '' }], tokens: [], changes: [], locations: 1 },
  ...{ evses: 3, statuses: { AVAILABLE: 1, CHARGING: 2 }, notices: [notice] },
};

it('a link is one line, with what its newest pull came to', () => {
  const [head, line] = linkTable([link], NOW).split('\n');
  expect(head).toMatch(/^link +state +heard/);
  expect(line?.split(/ {2,}/)).toEqual([
    ...['Acme', 'registered', '2 h ago', '12 exchanges', '25 %', '1234 ms', '1', 'cdrs just now, failed'],
    ...['2 CHARGING, 1 AVAILABLE', '1 notice'],
  ]);
  const quiet = { ...link, lastHeard: null, errorRate: null, p95Ms: null, pulls: [], evses: 0, notices: [] };
  expect(linkTable([quiet], NOW).split('\n')[1]).toMatch(/never +12 exchanges +- +- +1 +- +- +well$/);
});

it('a location is one line with what is stuck; a notice tells whether it was acknowledged', () => {
  const row = {
    ...{ link: 'Acme', party: 'NL-TNM', id: 'L1', name: 'Here', evses: 1, statuses: { OUTOFORDER: 1 }, outOfOrder: 1 },
    ...{ inoperative: 0, stuck: 1, availability: 0.995, changedAt: '2026-11-21T12:00:00Z', notices: 1 },
  };
  expect(locationTable([row], NOW).split('\n')[1]).toMatch(
    /^Acme +NL-TNM +L1 +99\.5 % +2 d ago +1 OUTOFORDER; 1 stuck +Here$/,
  );
  expect(noticeLines([notice])).toBe('error  Acme  EVSE E1 has said OUTOFORDER.');
  expect(noticeLines([{ ...notice, acknowledged: true }])).toMatch(/\(acknowledged\)$/);
});
