/**
 * What receives the pushes, as a process of its own: `bare` (node:http that reads the body, parses it and answers an
 * envelope) or `workbench` over the database named (everything in earnest). Writes where it is reached, then its memory
 * and how late its event loop was whenever it is asked.
 */
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openWorkbench } from '../../core/workbench.ts';

export interface TargetAt {
  readonly port: number;
  /** Of an invitation; empty for the bare server. */
  readonly versionsUrl: string;
  readonly token: string;
}

export interface TargetNow {
  /** Resident, bytes. */
  readonly memory: number;
  /** Milliseconds by which the event loop was late since it was asked last, in 99 of 100 looks and at most. */
  readonly late: number;
  readonly latest: number;
}

function serveBare(): Promise<TargetAt> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const status = typeof body === 'object' && body !== null ? 1000 : 2001;
      const text = `{"status_code":${status},"status_message":"Success","timestamp":"${new Date().toISOString()}"}`;
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length });
      response.end(text);
    });
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, versionsUrl: '', token: '' });
    });
  });
}

async function serveWorkbench(file: string): Promise<TargetAt> {
  const opened = await openWorkbench({ file, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  workbench.platform.configure({
    parties: [{ countryCode: 'NL', partyId: 'WBX', role: 'EMSP', name: 'Bench' }],
    versions: ['2.2.1'],
  });
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  const invited = workbench.links.invite({ name: 'bench' });
  if (!invited.ok) throw new Error(invited.failure.message);
  const end = async () => {
    await workbench.close();
    process.exit();
  };
  process.once('SIGTERM', () => void end());
  process.once('disconnect', () => void end());
  return { port: serving.value.port, versionsUrl: invited.value.versionsUrl, token: invited.value.token };
}

if (process.argv[1] === import.meta.filename) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const [which, file = ''] = process.argv.slice(2);
  const at = await (which === 'bare' ? serveBare() : serveWorkbench(file));
  delay.enable();
  process.on('message', () => {
    const now: TargetNow = {
      memory: process.memoryUsage.rss(),
      late: delay.percentile(99) / 1e6,
      latest: delay.max / 1e6,
    };
    delay.reset();
    process.send?.(now);
  });
  process.send?.(at);
}
