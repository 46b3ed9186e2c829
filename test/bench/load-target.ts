/**
 * What is put under load, as a process of its own: `bare` (node:http answering prepared bytes) or `workbench` (the
 * whole workbench over a database of its own, everything it does in earnest; with a number behind it so many armed fault
 * rules). Writes its port, serves until it is ended.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultRuleText, type FaultScope } from '../../core/contract/fault.ts';
import { openWorkbench } from '../../core/workbench.ts';

export const LOAD_TOKEN = '0f9b8c7d-load-test-token-a1b2c3d4e5f6';

/** Answers what the workbench answers: header lines and body are given. */
function serveBare(): Promise<number> {
  const [headers, body]: [string[], string] = JSON.parse(process.argv[3] ?? '[[],""]');
  const server = createServer((_, response) => {
    response.sendDate = false;
    response.writeHead(200, 'OK', headers);
    response.end(body);
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Armed rules of many sorts: for other parties, modules, objects, directions, times. */
function rulesThatNeverMatch(count: number): FaultRuleText[] {
  const scopes: FaultScope[] = [
    { party: 'NL-TNM' },
    { module: 'sessions', object: 'S-1' },
    { direction: 'send' },
    { operation: 'tokens.list' },
    { version: '2.3.0' },
    { until: '2020-01-01T00:00:00Z' },
    { object: 'LOC-1', version: '2.1.1' },
  ];
  return Array.from({ length: count }, (_, at) =>
    FaultRuleText.parse({
      name: `rule ${at}`,
      kind: at % 2 === 0 ? 'transport.delay' : 'transport.cut',
      scope: scopes[at % scopes.length],
      when: { probability: 0.5 },
      reachesRegistration: true,
    }),
  );
}

async function serveWorkbench(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-load-'));
  const opened = await openWorkbench({ file: join(folder, 'workbench.db'), keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  const versionsUrl = 'http://127.0.0.1:9/ocpi/versions';
  workbench.links.adopt({ name: 'load', versionsUrl, token: 'not-used', theirToken: LOAD_TOKEN });
  for (const rule of rulesThatNeverMatch(Number(process.argv[3] ?? 0))) {
    const added = workbench.faults.add(rule);
    if (!added.ok) throw new Error(added.failure.message);
  }
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  const end = async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  };
  process.once('SIGTERM', () => void end());
  process.once('disconnect', () => void end());
  return serving.value.port;
}

if (process.argv[1] === import.meta.filename) {
  const port = await (process.argv[2] === 'bare' ? serveBare() : serveWorkbench());
  process.send?.(port);
}
