// `npm start`: the window where there is a desktop and Electron's runtime can be had, else the same page in the browser.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureElectron } from './electron.js';
import { compiled, modules, node, root, say } from './places.js';

const given = process.argv.slice(2);
/** A window that ends so soon with an error never came up. */
const SOON_SECONDS = 15;

function hasDesktop() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Runs it with our terminal; its exit code once it has ended. It answers the terminal's signals itself. */
function run(args) {
  const child = spawn(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  });
  const pass = signal => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return new Promise(resolve => {
    child.on('exit', (code, signal) => {
      for (const one of signals) process.off(one, pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

async function openWindow() {
  const missing = await ensureElectron();
  if (missing !== undefined) return `its runtime cannot be had (${missing})`;
  if ((await run([join('electron', 'build', 'build.ts'), '--if-older'])) !== 0) return 'it could not be built';
  const began = process.uptime();
  const code = await run([join(modules, 'electron', 'cli.js'), '.', ...given]);
  if (code === 0 || process.uptime() - began > SOON_SECONDS) process.exit(code);
  return `it ended with ${code} before it came up`;
}

const noWindow = hasDesktop() ? await openWindow() : 'there is no desktop here';
say(`no window: ${noWindow}. The workbench is a page in the browser instead.`);
process.exitCode = await run([join('core', 'cli', 'main.ts'), 'ui', ...(hasDesktop() ? [] : ['--no-open']), ...given]);
