import { ORPCError } from '@orpc/client';
import type { Failure } from '../../core/contract/failure.ts';
import { failures } from '../texts/en/failures.ts';
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
    if (error.defined && advice !== undefined) return shown({ code: error.code, message: error.message, advice });
    const places = placesOf(error.data);
    if (error.code === 'BAD_REQUEST' && places.length > 0) {
      return { code: 'INVALID_INPUT', message: places.join('; '), advice: t('inputAdvice') };
    }
    if (advice !== undefined) return shown({ code: error.code, message: error.message, advice });
  }
  const details = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
  return { code: 'DEFECT', message: t('defectMessage'), advice: t('defectAdvice'), details };
}

/** `wb link set acme --unlock`, `wb exchanges`, `--yes`. */
const COMMAND = /(?:^|[^\w-])(?:wb [a-z]|--[a-z])/;

/** The core's advice may name a command; here it is said by what the window has for it. The facts are in the message. */
export function shown({ code, message, advice }: Omit<Failure, 'code'> & { readonly code: string }): ShownFailure {
  const own = COMMAND.test(advice) && isOwn(code) ? textsOf('failures')(code) : advice;
  return { code, message, advice: own };
}

function isOwn(code: string): code is keyof typeof failures {
  return Object.hasOwn(failures, code);
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
