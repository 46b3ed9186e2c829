import type { FaultHit, FaultKindView, FaultPack, FaultPreview, FaultRule, FaultTrial } from '../contract/fault.ts';
import { printLine, table } from './terminal.ts';

export function printRules(rules: readonly FaultRule[]): void {
  if (rules.length === 0) {
    printLine('There are no fault rules. wb fault kinds lists what can go wrong, wb fault add KIND makes a rule.');
    return;
  }
  const rows = rules.map(({ id, armed, name, scope, when, met, fired, explain }) => [
    String(id),
    armed ? 'armed' : 'off',
    name,
    `${fired}/${met}`,
    [...words(scope), ...words(when)].join(' ') || 'everywhere',
    explain,
  ]);
  printLine(table([['id', '', 'name', 'fired/met', 'where and when', 'what it does'], ...rows]));
}

function words(part: object): string[] {
  return Object.entries(part).map(([name, value]) => `${name}=${String(value)}`);
}

export function printKinds(kinds: readonly FaultKindView[]): void {
  for (const { kind, title, explain, parameters, cases, directions } of kinds) {
    const known = Object.entries(
      (parameters['properties'] ?? {}) as Record<string, { description?: string; default?: unknown }>,
    );
    printLine(`${kind}: ${title}`);
    printLine(`    ${explain}`);
    printLine(`    ${directions.join(', ')}${cases.length > 0 ? `; failure cases ${cases.join(', ')}` : ''}`);
    for (const [name, { description = '', default: usual }] of known) {
      printLine(
        `    --set ${name}=${usual === undefined ? '...' : typeof usual === 'string' ? usual : JSON.stringify(usual)}  ${description}`,
      );
    }
  }
}

export function printPacks(packs: readonly FaultPack[]): void {
  for (const { name, title, meaning, rules } of packs) {
    printLine(`${name}: ${title} (${rules.length} rules)`);
    printLine(`    ${meaning}`);
    for (const rule of rules) printLine(`    - ${rule.name ?? rule.kind}: ${rule.kind}`);
  }
}

export function printPreview({ exchangeId, operation, before, after, wire, firings, idle }: FaultPreview): void {
  printLine(exchangeId === null ? `On a sample of ${operation}:` : `On exchange ${exchangeId} (${operation}):`);
  printLine(indented(before));
  printLine();
  for (const { rule, did, applied } of firings) printLine(`${rule}: ${applied ? did : `nothing done: ${did}`}`);
  if (idle !== null) printLine(`It would be idle there: ${idle}.`);
  printLine(`On the wire: ${wire.join(', ')}`);
  printLine(indented(after));
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

export function printHits(hits: readonly FaultHit[]): void {
  if (hits.length === 0) {
    printLine('No fault has been at work yet.');
    return;
  }
  const rows = hits.map(({ at, exchangeId, link, operation, rule, hit, did, applied }) => [
    at,
    `#${exchangeId}`,
    link ?? '-',
    operation,
    `${rule} (${hit})`,
    applied ? did : `nothing done: ${did}`,
  ]);
  printLine(table(rows));
}

const ENDS: Readonly<Record<FaultTrial['ended'], string>> = {
  closed: 'the connection was closed',
  reset: 'the connection was reset',
  open: 'the connection was still open',
};

/** Text as it stands; what is no text with the place of its bytes. */
export function printTrial({ operation, arrived, ended, ms, wire, firings }: FaultTrial): void {
  const bytes = Buffer.from(arrived, 'base64');
  for (const { rule, did, applied } of firings) printLine(`${rule}: ${applied ? did : `nothing done: ${did}`}`);
  printLine(`A sample of ${operation}; on the wire: ${wire.join(', ')}`);
  printLine(`${bytes.length} bytes arrived; ${ENDS[ended]} after ${ms} ms.`);
  printLine();
  printLine(isText(bytes) ? bytes.toString('utf8') : dumped(bytes));
}

function isText(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return (
    Buffer.from(text, 'utf8').equals(bytes) && /^[\r\n\t\x20-\u{10ffff}]*$/u.test(text) && !text.includes('\ufeff')
  );
}

const LINE = 16;

/** `00000010  48 54 ...  HT` */
function dumped(bytes: Buffer): string {
  const lines = Array.from({ length: Math.ceil(bytes.length / LINE) }, (_, at) => {
    const part = bytes.subarray(at * LINE, (at + 1) * LINE);
    const hex = Array.from(part, byte => byte.toString(16).padStart(2, '0')).join(' ');
    const text = part.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.');
    return `${(at * LINE).toString(16).padStart(8, '0')}  ${hex.padEnd(LINE * 3 - 1)}  ${text}`;
  });
  return lines.join('\n');
}
