import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import { failures } from '../../renderer/texts/en/failures.ts';

const root = join(import.meta.dirname, '..', '..');

/** What speaks to a terminal, and only there. */
const TERMINAL = ['cli', 'loopback', 'setup'];
/** As in `renderer/bridge/failure.ts`, which says an advice that names a command in the window's own words. */
const COMMAND = /(?:^|[^\w-])(?:wb [a-z]|--[a-z])/;
/** Lines of other programs: options of curl, of Node, of V8. */
const OTHER_PROGRAMS = ['core/traffic-import/curl-command.ts', 'core/history/objects/thrift.ts'];

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function textOf({ type, value, quasis }: Syntax): string {
  if (type === 'Literal' && typeof value === 'string') return value;
  if (type !== 'TemplateLiteral' || !Array.isArray(quasis)) return '';
  return quasis.map(({ value }: { value: { raw: string } }) => value.raw).join('…');
}

function nameOf(syntax: unknown): string {
  return isSyntax(syntax) && typeof syntax['name'] === 'string' ? syntax['name'] : '';
}

/** Whether what stands below `key` of a piece of syntax is the advice of a failure. */
function isAdvice(syntax: Syntax, below: unknown): boolean {
  switch (syntax.type) {
    case 'CallExpression':
      return /failed|usageFailure/.test(nameOf(syntax['callee'])) && (syntax['arguments'] as unknown[])[2] === below;
    case 'VariableDeclarator':
      return /^(advice|option)$/.test(nameOf(syntax['id']));
    case 'Property':
      return nameOf(syntax['key']) === 'advice';
    default:
      return false;
  }
}

/** Texts that name a command and are no advice. */
function commandsIn(syntax: unknown): string[] {
  if (Array.isArray(syntax)) return syntax.flatMap(commandsIn);
  if (!isSyntax(syntax)) return [];
  const text = textOf(syntax);
  if (COMMAND.test(text)) return [text];
  return Object.values(syntax).flatMap(below => (isAdvice(syntax, below) ? [] : belowCall(syntax, below)));
}

function belowCall(syntax: Syntax, below: unknown): string[] {
  return Array.isArray(below)
    ? below.flatMap(one => (isAdvice(syntax, one) ? [] : commandsIn(one)))
    : commandsIn(below);
}

/** The codes of failures whose advice, written where they are made, names a command. */
function codesAdvisingCommands(syntax: unknown): string[] {
  if (Array.isArray(syntax)) return syntax.flatMap(codesAdvisingCommands);
  if (!isSyntax(syntax)) return [];
  const below = Object.values(syntax).flatMap(codesAdvisingCommands);
  if (syntax.type !== 'CallExpression' || nameOf(syntax['callee']) !== 'failed') return below;
  const [code, , advice] = syntax['arguments'] as unknown[];
  return commandsIn(advice).length === 0 ? below : [...below, isSyntax(code) ? textOf(code) : ''];
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Every file of core that may speak to the window, and names a command. */
function speaking(): (readonly [path: string, program: unknown])[] {
  const core = join(root, 'core');
  return readdirSync(core, { withFileTypes: true })
    .filter(({ name }) => !TERMINAL.includes(name))
    .flatMap(entry => (entry.isDirectory() ? sources(join(core, entry.name)) : [join(core, entry.name)]))
    .map(path => [relative(root, path), readFileSync(path, 'utf8')] as const)
    .filter(([path, text]) => COMMAND.test(text) && !OTHER_PROGRAMS.includes(path))
    .map(([path, text]) => [path, parseSync(path, text).program] as const);
}

it('what the window shows too names no command of the terminal: findings, reasons, messages, summaries', () => {
  const found = speaking().flatMap(([path, program]) => commandsIn(program).map(text => `${path}: ${text}`));
  expect(found).toEqual([]);
});

it('where an advice names a command, the window has words of its own for the failure', () => {
  const found = speaking().flatMap(([path, program]) =>
    codesAdvisingCommands(program)
      .filter(code => !Object.hasOwn(failures, code))
      .map(code => `${path}: ${code}`),
  );
  expect(found).toEqual([]);
});

it('sees a command in a finding and in an advice', () => {
  const programOf = (source: string) => parseSync('a.ts', source).program;
  expect(commandsIn(programOf(`finding('a', { met: 'x', expected: \`run wb pull \${name}\` })`))).toEqual([
    'run wb pull …',
  ]);
  expect(commandsIn(programOf(`failed('A', 'see wb pull', 'wb pull does')`))).toEqual(['see wb pull']);
  expect(commandsIn(programOf(`const advice = x ? 'wb pull' : 'give --from'; f({ advice: 'wb pull' })`))).toEqual([]);
  expect(
    codesAdvisingCommands(programOf(`failed('A', '--x', x ? 'y' : \`--from \${z}\`); failed('B', '', '')`)),
  ).toEqual(['A']);
});
