#!/usr/bin/env node
// The `ocpi-workbench` command: hands over to the project's own Node, which runs the TypeScript sources directly.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

await import('./prepare.js');

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const child = spawn(node, [join(root, 'core', 'cli', 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// The child answers the terminal's signals itself; staying alive lets its exit code through.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
