import { spawn } from 'node:child_process';

type Opening = readonly [command: string, ...args: readonly string[]];

/** How this system opens an address in the person's browser; undefined where there is no desktop to show it on. */
export function browserOpening(
  url: string,
  { platform, env }: { readonly platform: NodeJS.Platform; readonly env: NodeJS.ProcessEnv },
): Opening | undefined {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  if (platform === 'darwin') return ['open', url];
  const desktop = [env['DISPLAY'], env['WAYLAND_DISPLAY']].some(display => display !== undefined && display !== '');
  return desktop ? ['xdg-open', url] : undefined;
}

/** Opens the address in the person's browser; what keeps it from that is said in one line. */
export function openBrowser(url: string, say: (line: string) => void): void {
  const opening = browserOpening(url, process);
  if (opening === undefined) {
    say('There is no desktop here to open a browser on: open the address above in one of this machine.');
    return;
  }
  const [command, ...args] = opening;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.once('error', error => say(`No browser could be opened (${error.message}): open the address above yourself.`));
  child.once('exit', code => {
    if (code !== 0) say(`No browser could be opened (${command} ended with ${code}): open the address above yourself.`);
  });
  // The browser may be the child itself: it outlives us.
  child.unref();
}
