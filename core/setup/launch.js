#!/usr/bin/env node
// The `ocpi-workbench` command: hands over to the project's own Node, which runs the TypeScript sources directly.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiled, node, root } from './places.js';

await import('./prepare.js');

const child = spawn(node, [join(root, 'core', 'cli', 'main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: compiled, ...process.env },
});
// The child answers the terminal's signals itself; staying alive lets its exit code through.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
