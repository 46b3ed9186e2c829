import { ORPCError } from '@orpc/client';
import { type Failure, FailureCode } from '../contract/failure.ts';
import type { Run, RunStep } from '../contract/run.ts';

/** 0 done · 1 the operation failed and says why · 2 wrong usage · 3 the workbench itself could not. */
export type ExitCode = 0 | 1 | 2 | 3;

const USAGE_CODES: readonly string[] = ['INVALID_INPUT'];
const OWN_CODES: readonly string[] = [
  'DATABASE_NEWER',
  'DATABASE_DAMAGED',
  'DATABASE_UNUSABLE',
  'DATABASE_OWNED',
  'PORT_TAKEN',
  'ADDRESS_UNUSABLE',
  'TLS_UNUSABLE',
];

/** A failure on its way out of a command. */
export class CommandFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function exitCodeOf(failure: Failure): ExitCode {
  if (USAGE_CODES.includes(failure.code)) return 2;
  return OWN_CODES.includes(failure.code) ? 3 : 1;
}

/** What the contract threw, as a failure; undefined for what is a bug. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommandFailure) return error.failure;
  if (!(error instanceof ORPCError)) return undefined;
  const code = FailureCode.safeParse(error.code);
  if (code.success) return { code: code.data, message: error.message, advice: adviceOf(error.data) };
  if (error.code === 'BAD_REQUEST') {
    return {
      code: 'INVALID_INPUT',
      message: issuesOf(error.data) ?? error.message,
      advice: 'Correct the value named and try again; --help tells what each option takes.',
    };
  }
  return undefined;
}

function adviceOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'advice' in data && typeof data.advice === 'string'
    ? data.advice
    : '';
}

/** `versionsUrl: an absolute http or https URL`. */
function issuesOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return undefined;
  const issues = data.issues as readonly { readonly message?: unknown; readonly path?: readonly unknown[] }[];
  return issues.map(({ path, message }) => `${path?.map(String).join('.') || 'input'}: ${String(message)}`).join('; ');
}

/** Whoever has read enough (`| head`) is told nothing more; what is under way comes to its end all the same. */
export function endureClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** One JSON document on standard output. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Progress and notices: standard error, so that standard output stays one document. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function stepLine(step: RunStep): string {
  return `  ${step.ok ? 'ok  ' : 'FAIL'}  ${step.step}: ${step.reason}${step.exchangeIds.length > 0 ? `  [${step.exchangeIds.map(id => `#${id}`).join(' ')}]` : ''}`;
}

export function findingLines(run: Run): string[] {
  return run.steps.flatMap(({ findings }) =>
    findings.map(({ severity, code, met, expected }) => `        ${severity}: ${code}: ${met}; expected ${expected}`),
  );
}

/** Columns padded to their widest cell; the last one is left as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, at) => Math.max(known[at] ?? 0, cell.length)),
    [],
  );
  return rows
    .map(row =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
