import type { LogDetails } from '../../core/history/logs.ts';

/** Of a log, as its file says. */
export const LOG_DETAILS: LogDetails = {
  about: {
    format: 1,
    workbench: '0.1.0',
    writtenAt: '2026-11-22T12:00:00.000Z',
    title: 'a charge',
    scope: { link: 'acme' },
    redacted: ['personal'],
    keptPersonal: null,
    platform: { parties: ['NL-WBX'], versions: ['2.2.1'], versionsUrl: null },
    exchanges: 2,
  },
  condition: 'whole',
  counts: { links: 1, rules: 0, runs: 0, exchanges: 2, findings: 0, notes: 0, objects: 0, revisions: 0 },
  rules: [{ name: 'no data', kind: 'envelope.data-null', details: { seed: '1' } }],
  from: '2026-11-22T11:00:00.000Z',
  to: null,
};
