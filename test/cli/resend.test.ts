import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../../core/contract/exchange.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { type RawServer, startRawServer } from '../support/raw-server.ts';

const BODY = '{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":[]}';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

let shell: Shell;
let server: RawServer;
beforeEach(async () => {
  shell = openShell();
  server = await startRawServer({ scripts: [[{ send: ANSWER }]] });
});
afterEach(async () => {
  await shell.close();
  await server.stop();
});

describe('wb resend, wb curl and wb import', () => {
  it('send again what was sent, print it as a command, and read it back from that', async () => {
    await shell.serve();
    await shell.wb('link', 'adopt', 'Acme', '--versions-url', `${server.url}/ocpi/versions`, '--token', 'the-token');
    const { document } = await shell.json('exchanges', '--link', 'Acme');
    const first = (document as ExchangeSummary[]).at(-1);
    const again = await shell.json('resend', String(first?.id));
    expect(again).toMatchObject({ code: 0, document: { operation: 'versions.list', httpStatus: 200, link: 'Acme' } });
    expect(await shell.json('resend', '4711')).toMatchObject({ code: 1, document: { error: { code: 'NOT_FOUND' } } });
    expect((await shell.json('resend', 'x')).code).toBe(2);

    const command = await shell.wb('curl', String(first?.id));
    expect(command.stderr).toMatch(/^OCPI_TOKEN: set it to token [0-9a-f]{12}, written as (raw|base64)/);
    expect(command.stdout).toMatch(
      /^curl http:\/\/127.0.0.1:\d+\/ocpi\/versions \\\n {2}-H 'Authorization: Token '"\$OCPI_TOKEN"/,
    );
    expect((await shell.wb('curl', String(first?.id), '--with-token')).stdout).toMatch(
      /Token (the-token|dGhlLXRva2Vu)/,
    );

    const script = join(shell.folder, 'acme.sh');
    writeFileSync(script, command.stdout);
    expect(await shell.json('import', script, '--name', 'copied')).toMatchObject({
      code: 0,
      document: [{ format: 'curl', link: 'copied', exchanges: 1, recognised: 1, skipped: [] }],
    });
    const { document: copied } = await shell.json('exchanges', '--link', 'copied');
    expect(copied).toMatchObject([{ operation: 'versions.list', method: 'GET', url: first?.url }]);
  }, 40_000);

  it('import what wb itself has printed, and say what of a file was left out', async () => {
    await shell.serve();
    await shell.wb('link', 'adopt', 'Acme', '--versions-url', `${server.url}/ocpi/versions`, '--token', 'the-token');
    const printed = await shell.wb('exchanges', '--link', 'Acme', '--json');
    const file = join(shell.folder, 'printed.json');
    writeFileSync(file, printed.stdout);
    const lines = join(shell.folder, 'lines.jsonl');
    writeFileSync(lines, `{"method":"GET","url":"https://x.example/ocpi/2.2.1/locations"}\n{"no":1}\n`);
    const told = await shell.wb('import', file, lines);
    expect(told.stdout).toMatch(
      /printed\.json \(jsonl\): \d+ exchanges?, \d+ of them OCPI, under the link "printed"\n/,
    );
    expect(told.stdout).toContain(
      'lines.jsonl (jsonl): 1 exchange, 1 of them OCPI, under the link "lines"\n  left out: line 2: it names no method or no url\n',
    );
    expect(await shell.json('import', join(shell.folder, 'none'))).toMatchObject({
      code: 2,
      document: { error: { message: expect.stringContaining('there is no such file') } },
    });
    writeFileSync(file, '{"log": {');
    expect(await shell.json('import', file)).toMatchObject({
      code: 2,
      document: { error: { message: expect.stringContaining('its JSON ends too early at line 1, column 10') } },
    });
  }, 40_000);
});
