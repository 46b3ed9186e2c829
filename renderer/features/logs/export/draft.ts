import {
  type LogCounts,
  type LogExport,
  LogFormat,
  type LogScope,
  LogTable,
  RedactionGroup,
  SHORTEST_REASON,
} from '../../../../core/contract/session-log.ts';

/** What is chosen and typed, besides the scope. */
export interface ExportDraft {
  readonly title: string;
  readonly format: LogFormat;
  readonly table: LogTable;
  readonly groups: readonly RedactionGroup[];
  /** Why personal data stays. */
  readonly reason: string;
}

export const NEW_DRAFT: ExportDraft = {
  title: '',
  format: 'ocpilog',
  table: 'exchanges',
  groups: ['personal'],
  reason: '',
};

export const FORMATS = LogFormat.options;
export const TABLES = LogTable.options;
export const GROUPS = RedactionGroup.options;

/** Personal data leaves with a reason, or not at all. */
export function isReasonMissing({ groups, reason }: ExportDraft): boolean {
  return !groups.includes('personal') && reason.trim().length < SHORTEST_REASON;
}

/** One table at a time, of which it has to be said. */
export function hasTables(format: LogFormat): boolean {
  return format === 'jsonl' || format === 'csv';
}

export function withGroup(draft: ExportDraft, group: RedactionGroup, on: boolean): ExportDraft {
  return { ...draft, groups: GROUPS.filter(one => (one === group ? on : draft.groups.includes(one))) };
}

/** Nothing would stand in the file; the core refuses such a one. How many charges there are no preview counts. */
export function isNothing(counts: LogCounts, { format, table }: Pick<ExportDraft, 'format' | 'table'>): boolean {
  if (hasTables(format) && table === 'transactions') return false;
  if (hasTables(format) && table === 'links') return counts.links === 0;
  return counts.exchanges + counts.runs + counts.objects === 0;
}

/** The export as it is asked for. */
export function exportOf(scope: LogScope, draft: ExportDraft): LogExport {
  const { title, format, table, groups, reason } = draft;
  const keepPersonal = reason.trim();
  return {
    scope,
    title: title.trim(),
    format,
    table,
    redaction: { groups: [...groups], ...(!groups.includes('personal') && { keepPersonal }) },
  };
}

/** No file comes of a preview: it is looked at before the reason is typed, and not anew at every letter of it. */
const PREVIEW_REASON = 'a preview';

/** What a preview depends on, and nothing else of it. */
export function previewOf(scope: LogScope, draft: ExportDraft): LogExport {
  return exportOf(scope, { ...draft, title: '', reason: PREVIEW_REASON });
}
