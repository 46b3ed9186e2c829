import type { Command } from 'commander';
import type { DiffPair, LogDiff } from '../../contract/log-diff.ts';
import { diffLogs } from '../../session-log/diff/diff-logs.ts';
import { fileSide } from '../../session-log/diff/log-side.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { type CommonOptions, command, perform } from '../command.ts';
import { CommandFailure, printJson, printLine } from '../terminal.ts';

interface DiffOptions extends CommonOptions {
  readonly linkA?: string;
  readonly linkB?: string;
  readonly strict?: boolean;
}

export function diffCommand(): Command {
  return command(
    'diff <a> <b>',
    'two session logs by what their exchanges mean: before and after a release, or of both sides; needs no database',
  )
    .option('--link-a <name>', 'only this link of the first log')
    .option('--link-b <name>', 'only this link of the second log')
    .option('--strict', 'measured numbers and times have to be the same too')
    .action((a: string, b: string, options: DiffOptions) =>
      perform(options, async () => {
        const { linkA, linkB, strict = false } = options;
        const compared = await diffLogs({
          a: fileSide({ path: a, link: linkA }),
          b: fileSide({ path: b, link: linkB }),
          strict,
        });
        if (!compared.ok) throw new CommandFailure(compared.failure);
        const diff = compared.value;
        if (options.json) printJson(diff);
        else printLine(diffText(diff));
        return diff.different + diff.onlyA + diff.onlyB === 0 ? 0 : 1;
      }),
    );
}

function diffText({ a, b, view, same, different, onlyA, onlyB, pairs }: LogDiff): string {
  const count = (number: number) => number.toLocaleString('en-US');
  const sides = view === 'both-sides' ? ', of both sides: what one sent is what the other received' : '';
  const head = [
    `a: ${plainText(a.name)}, ${count(a.exchanges)} exchanges`,
    `b: ${plainText(b.name)}, ${count(b.exchanges)} exchanges${sides}`,
    `${count(same)} same, ${count(different)} different, ${count(onlyA)} only in a, ${count(onlyB)} only in b`,
  ];
  const left = different + onlyA + onlyB - pairs.length;
  const more = left > 0 ? [`${count(left)} more are not listed`] : [];
  return [...head, ...pairs.map(pairText), ...more].join('\n');
}

function pairText({ a, b, by, differences }: DiffPair): string {
  const words = plainText(a?.words ?? b?.words ?? '');
  const ids = `${a === null ? '-' : `#${a.id}`} ${b === null ? '-' : `#${b.id}`}`;
  const aligned = by === null ? '' : ` (by ${by.replace('-', ' ')})`;
  const lines = differences.map(({ where, a: before, b: now, meaning }) => {
    const values = before === '' && now === '' ? '' : ` [a: ${before}; b: ${now}]`;
    return plainText(`    ${where === '' ? '' : `${where}: `}${meaning}${values}`);
  });
  return [`${ids}  ${words}${aligned}`, ...lines].join('\n');
}
