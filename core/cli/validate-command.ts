import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { viewFinding } from '../contract/run.ts';
import { type CheckedDocument, checkDocument, type DocumentType } from '../ocpi/checked-document.ts';
import type { Severity } from '../ocpi/findings.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readType, readVersion } from './ocpi-type.ts';
import { printJson, printLine } from './terminal.ts';

interface ValidateOptions extends CommonOptions {
  readonly version: string;
  readonly type: string;
  readonly partial?: boolean;
}

interface CheckedFile extends CheckedDocument {
  readonly file: string;
}

const PARTIAL = /^Partial<(.+)>$/i;

export function validateCommand(): Command {
  return command(
    'validate <file...>',
    'check JSON files against an OCPI type: an object, a list, an answer, JSON lines; - is standard input',
  )
    .requiredOption('--version <version>', 'of OCPI: 2.1.1, 2.2.1, 2.3.0')
    .requiredOption('--type <type>', 'Location, CDR, Token ...; Partial<Location> for the body of a PATCH')
    .option('--partial', 'the files hold bodies of PATCHes: any part of an object')
    .action((files: string[], options: ValidateOptions) =>
      perform(options, async () => {
        const wanted = documentType(options);
        const checked: CheckedFile[] = [];
        for (const file of files) checked.push({ file, ...checkDocument(await readBytes(file), wanted) });
        if (options.json) printJson(checked.map(document => jsonOf(document, wanted)));
        else for (const document of checked) printDocument(document, wanted);
        const failed = checked.some(({ findings }) => findings.some(({ finding }) => finding.severity === 'error'));
        return failed ? 1 : 0;
      }),
    );
}

function documentType({ version, type, partial = false }: ValidateOptions): DocumentType {
  const inner = PARTIAL.exec(type.trim())?.[1];
  const found = readType(readVersion(version), (inner ?? type).replace(/\[\]$/, ''));
  const patch = partial || inner !== undefined;
  if (patch && found.kind === 'enum') {
    throw usageFailure(`${found.name} is an enum, of which there are no parts`, 'Leave --partial out.');
  }
  return { type: found, patch };
}

async function readBytes(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? reasonOf(String(error.code)) : String(error);
    throw usageFailure(`${file} cannot be read: ${why}`, 'Name files, or - for standard input.');
  }
}

function reasonOf(code: string): string {
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' || code === 'EPERM' ? 'it may not be read' : code;
}

function jsonOf({ file, findings }: CheckedFile, { type }: DocumentType) {
  return {
    file,
    type: type.name,
    version: type.version,
    findings: findings.map(({ finding }) => viewFinding(finding)),
  };
}

function printDocument({ file, objects, findings }: CheckedFile, { type, patch }: DocumentType): void {
  for (const { finding, line, column } of findings) {
    const { severity, code, pointer, met, expected, section } = finding;
    const place = pointer === '' ? '' : ` at ${pointer}`;
    printLine(
      `${file}:${line}:${column}: ${severity}: ${code}${place}: ${met}; expected ${expected} (digest ${section})`,
    );
  }
  const what = `${objects} ${patch ? `part${objects === 1 ? '' : 's'} of ` : ''}${type.name}, OCPI ${type.version}`;
  printLine(`${file}: ${what}: ${summary(findings.map(({ finding }) => finding.severity))}`);
}

function summary(severities: readonly Severity[]): string {
  const counts = (['error', 'warning', 'note'] as const).flatMap(severity => {
    const count = severities.filter(met => met === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return counts.join(', ') || 'no findings';
}
