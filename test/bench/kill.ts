import { connect } from 'node:net';
import Database from 'better-sqlite3';
import { systemClock } from '../../core/clock.ts';
import { openShell } from '../support/command-line.ts';
import type { Bench } from './figure.ts';

const TIMES = 20;
const CONNECTIONS = 16;
const UNDER_LOAD_MS = 400;
const TOKEN = 'kill-bench-token-0123456789abcdef';

/** `kill -9` of a serving workbench under load, again and again: what a peer received whole must be in the database. */
export const killBench: Bench = {
  name: 'kill',
  about: `wb serve killed under load with SIGKILL, ${TIMES} times, ${CONNECTIONS} connections`,
  measure: async () => {
    const shell = openShell();
    let answered = 0;
    let missing = 0;
    let damaged = 0;
    try {
      const url = 'http://127.0.0.1:9/ocpi/versions';
      await shell.wb('link', 'adopt', 'load', '--versions-url', url, '--token', 'x', '--their-token', TOKEN);
      for (let time = 0; time < TIMES; time++) {
        const serving = await shell.serve();
        const load = startLoad(serving.port, `kill-${time}`);
        await systemClock.sleep(UNDER_LOAD_MS);
        process.kill(serving.pid, 'SIGKILL');
        const received = await load;
        const { stored, sound } = look(shell.db);
        answered += received.length;
        missing += received.filter(id => !stored.has(id)).length;
        if (!sound) damaged++;
      }
    } finally {
      await shell.close();
    }
    return [
      { name: 'answers received whole', value: answered, unit: 'count', atLeast: TIMES * 100 },
      { name: 'of them not in the database', value: missing, unit: 'count', atMost: 0 },
      { name: 'databases that needed repair', value: damaged, unit: 'count', atMost: 0 },
    ];
  },
};

/** Asks over several connections until they break; gives the request ids of the answers that were received whole. */
function startLoad(port: number, prefix: string): Promise<string[]> {
  const received: string[] = [];
  let number = 0;
  const connection = () =>
    new Promise<void>(resolve => {
      let text = '';
      let id = '';
      const ask = () => {
        id = `${prefix}-${number++}`;
        socket.write(
          `GET /ocpi/versions HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${btoa(TOKEN)}\r\nX-Request-ID: ${id}\r\nX-Correlation-ID: ${id}\r\n\r\n`,
        );
      };
      const socket = connect({ port, host: '127.0.0.1' }, ask);
      socket.setEncoding('latin1').on('data', chunk => {
        text += String(chunk);
        const head = text.indexOf('\r\n\r\n');
        const length = Number(/\r\nContent-Length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
        if (head < 0 || text.length < head + 4 + length) return;
        if (!text.startsWith('HTTP/1.1 200')) throw new Error(text);
        received.push(id);
        text = '';
        ask();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  return Promise.all(Array.from({ length: CONNECTIONS }, connection)).then(() => received);
}

function look(file: string): { readonly stored: Set<unknown>; readonly sound: boolean } {
  const database = new Database(file);
  try {
    const stored = new Set(database.prepare('SELECT request_id FROM exchange').pluck().all());
    return { stored, sound: database.pragma('integrity_check', { simple: true }) === 'ok' };
  } finally {
    database.close();
  }
}
