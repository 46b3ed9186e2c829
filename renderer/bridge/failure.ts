import { ORPCError } from '@orpc/client';
import { textsOf } from '../texts/use-texts.ts';
import { ConnectionLost } from './connection-lost.ts';

/** Any rejected call, fit to be shown. */
export interface ShownFailure {
  /** The contract's code (`NAME_TAKEN`), `CONNECTION_LOST`, `INVALID_INPUT`, or `DEFECT`. */
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  /** For a report of a defect. */
  readonly details?: string;
}

/** What went wrong with a call, in words: a typed failure of the contract, a lost connection, or a defect of ours. */
export function failureOf(error: unknown): ShownFailure {
  const t = textsOf('shell');
  if (error instanceof ConnectionLost) {
    return { code: 'CONNECTION_LOST', message: t('lostMessage'), advice: t('lostAdvice') };
  }
  if (error instanceof ORPCError) {
    const advice = adviceOf(error.data);
    if (error.defined && advice !== undefined) return { code: error.code, message: error.message, advice };
    const places = placesOf(error.data);
    if (error.code === 'BAD_REQUEST' && places.length > 0) {
      return { code: 'INVALID_INPUT', message: places.join('; '), advice: t('inputAdvice') };
    }
    if (advice !== undefined) return { code: error.code, message: error.message, advice };
  }
  const details = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
  return { code: 'DEFECT', message: t('defectMessage'), advice: t('defectAdvice'), details };
}

function adviceOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('advice' in data)) return undefined;
  return typeof data.advice === 'string' ? data.advice : undefined;
}

/** `versionsUrl: an absolute http or https URL`, for each thing the contract refused at its boundary. */
function placesOf(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return [];
  return data.issues.map((issue: { path?: readonly unknown[]; message?: unknown }) => {
    const path = (issue.path ?? []).map(String).join('.');
    return path === '' ? String(issue.message) : `${path}: ${String(issue.message)}`;
  });
}
