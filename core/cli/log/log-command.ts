import { Command } from 'commander';
import { diffCommand } from './diff.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { listCommand, removeCommand } from './list.ts';
import { openCommand } from './open.ts';
import { reproduceCommand } from './reproduce.ts';
import { schemaCommand } from './schema.ts';
import { showCommand } from './show.ts';

/** Session logs: files that hold what was recorded, for whoever is to look at it or to meet it again. */
export function logCommand(): Command {
  return new Command('log')
    .description('session logs: what was recorded, in one file to hand over')
    .addCommand(exportCommand())
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(schemaCommand())
    .addCommand(importCommand())
    .addCommand(openCommand())
    .addCommand(listCommand())
    .addCommand(removeCommand())
    .addCommand(reproduceCommand());
}
