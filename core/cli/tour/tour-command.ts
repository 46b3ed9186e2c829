import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import type { ExchangeSummary } from '../../contract/exchange.ts';
import { command, perform } from '../command.ts';
import { exchangeRow } from '../exchange-commands.ts';
import { printJson, printLine, table } from '../terminal.ts';
import { CHAPTERS } from './chapters.ts';
import type { Scene } from './scene.ts';
import { type Stage, setStage } from './stage.ts';

const NEWEST = 12;

export function tourCommand(): Command {
  return command('tour', 'two platforms on this machine show what the workbench does; nothing else is touched').action(
    (options: { json?: boolean }) =>
      perform(options, async () => {
        const began = systemClock.elapsed();
        const say = options.json ? () => {} : printLine;
        const stage = await setStage();
        try {
          say(`Two platforms on this machine: ours at ${stage.us.versionsUrl}`);
          say(`and a partner at ${stage.partner.versionsUrl}`);
          const scenes: Scene[] = [];
          for (const [at, chapter] of CHAPTERS.entries()) {
            say(`\n${at + 1}. ${chapter.title}`);
            for (const scene of await chapter.play(stage)) {
              scenes.push(scene);
              say(`\n  ${scene.ok ? 'ok  ' : 'FAIL'}  ${scene.title}`);
              for (const line of scene.lines) say(`        ${line}`);
            }
          }
          const exchanges = await stage.us.client.exchanges.list({ limit: 10_000 });
          const seconds = (systemClock.elapsed() - began) / 1000;
          const failed = scenes.filter(({ ok }) => !ok).length;
          if (options.json) printJson(tourDocument({ stage, scenes, exchanges, seconds }));
          else printEnd({ stage, scenes, exchanges, seconds });
          return failed === 0 ? 0 : 1;
        } finally {
          await stage.close();
        }
      }),
  );
}

interface TourEnd {
  readonly stage: Stage;
  readonly scenes: readonly Scene[];
  readonly exchanges: readonly ExchangeSummary[];
  readonly seconds: number;
}

function tourDocument({ stage, scenes, exchanges, seconds }: TourEnd) {
  return {
    ok: scenes.every(({ ok }) => ok),
    scenes,
    exchanges: exchanges.length,
    findings: countFindings(exchanges),
    database: stage.us.file,
    partnerDatabase: stage.partner.file,
    seconds,
  };
}

function printEnd({ stage, scenes, exchanges, seconds }: TourEnd) {
  printLine(`\n${CHAPTERS.length + 1}. What stands in the database`);
  printLine(`\n  ${exchanges.length} exchanges of ours, the newest ${NEWEST}:\n`);
  printLine(indent(table(exchanges.slice(0, NEWEST).map(exchangeRow))));
  printLine('\n  Findings:\n');
  printLine(indent(table(Object.entries(countFindings(exchanges)).map(([code, count]) => [`${count}x`, code]))));
  printLine(`\n  Database:           ${stage.us.file}`);
  printLine(`  the partner's:      ${stage.partner.file}`);
  printLine(`  Look on:            npm run -s wb -- exchanges --errors --db ${stage.us.file}`);
  const good = scenes.filter(({ ok }) => ok).length;
  printLine(`\n${good} of ${scenes.length} scenes went as they should, in ${seconds.toFixed(1)} s.`);
}

function countFindings(exchanges: readonly ExchangeSummary[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { findings } of exchanges) for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
