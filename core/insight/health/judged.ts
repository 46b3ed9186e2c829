import type { Notice, NoticeKind } from '../../contract/health.ts';

/**
 * What is over its threshold, or was and is not yet well again: between the two nothing opens and nothing ends, so that what
 * swings around a threshold does not tell of it each time. What is well is not named.
 */
export interface Judged {
  readonly kind: NoticeKind;
  readonly party: string | null;
  readonly location: string | null;
  readonly evse: string | null;
  /** What it is about; empty for the link as a whole. With the kind it tells notices of a link apart, without regard to case. */
  readonly subject: string;
  readonly sentence: string;
  readonly isOver: boolean;
  /** When it went over, milliseconds since the epoch: of things there may be many of. */
  readonly overSince?: number;
}

const SEVERITIES: Readonly<Record<NoticeKind, Notice['severity']>> = {
  silent: 'error',
  'pull-old': 'warning',
  'pull-failed': 'warning',
  'error-rate': 'error',
  slow: 'warning',
  'callbacks-overdue': 'warning',
  'token-old': 'note',
  'version-changed': 'warning',
  'endpoints-changed': 'warning',
  'evse-out-of-order': 'error',
  'evse-inoperative': 'warning',
  'evse-stuck': 'note',
  'availability-low': 'warning',
};

export function severityOf(kind: NoticeKind): Notice['severity'] {
  return SEVERITIES[kind];
}

/** About a link, or one thing of it. */
export function ofLink(kind: NoticeKind, sentence: string, more: { subject?: string; isOver?: boolean } = {}): Judged {
  const { subject = '', isOver = true } = more;
  return { kind, party: null, location: null, evse: null, subject, sentence, isOver };
}
