import { defineConfig } from 'vitest/config';

/** What these change is the whole process's (environment, folder, warnings). */
const OWN_PROCESS = [
  'test/cli/replay-source.test.ts',
  'test/electron/**/*.test.ts',
  'test/http/send-endings.test.ts',
  'test/loopback/page.test.ts',
  'test/workbench/maintenance/forget.test.ts',
  'test/workbench/session-logs/{open,reproduce-desk,reproduce-endings}.test.ts',
];
/** What Node does not run as it is: the page's sources are JSX, and Electron is there only as a mock. */
const TRANSFORMED = ['test/renderer/**/*.test.ts', 'test/house/commands.test.ts', 'test/electron/preload.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: '100%',
    reporters: ['default'],
    projects: [
      {
        test: {
          ...common('core', ['test/**/*.test.ts'], [...OWN_PROCESS, ...TRANSFORMED]),
          // Nothing of the core is kept in variables of its modules: files of tests that share a process do not meet
          // (what helps tests is each file's own: own-modules.ts).
          isolate: false,
          ...native(),
        },
      },
      { test: { ...common('own-process', OWN_PROCESS, TRANSFORMED), ...native() } },
      { test: { ...common('transformed', TRANSFORMED) } },
    ],
  },
});

function common(name: string, include: readonly string[], exclude: readonly string[] = []) {
  return {
    name,
    include: [...include],
    exclude: [...exclude],
    pool: 'forks' as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  };
}

/** As users run it: Node strips the types, compiled modules are kept, and calls between modules cost nothing. */
function native() {
  return {
    setupFiles: ['test/support/own-modules.ts'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
  };
}
