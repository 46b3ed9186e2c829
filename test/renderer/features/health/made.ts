import type { LinkHealth, Notice } from '../../../../core/contract/health.ts';

export function notice(part: Partial<Notice> = {}): Notice {
  return {
    id: 1,
    kind: 'silent',
    severity: 'warning',
    link: 'volta',
    party: null,
    location: null,
    evse: null,
    subject: '',
    sentence: 'Nothing was heard for 25 hours.',
    since: '2026-03-01T10:00:00Z',
    until: null,
    acknowledged: false,
    ...part,
  };
}

export function linkHealth(part: Partial<LinkHealth> = {}): LinkHealth {
  return {
    link: 'volta',
    organisation: 'Volta',
    environment: 'test',
    state: 'registered',
    version: '2.2.1',
    lastHeard: null,
    pulls: [],
    hours: [],
    exchanges: 0,
    failed: 0,
    errorRate: null,
    p95Ms: null,
    overdue: [],
    tokens: [],
    changes: [],
    locations: 0,
    evses: 0,
    statuses: {},
    notices: [],
    ...part,
  };
}
