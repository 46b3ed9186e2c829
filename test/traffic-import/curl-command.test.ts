import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { WireRequest } from '../../core/http/wire.ts';
import { curlCommand } from '../../core/traffic-import/curl-command.ts';
import { readTraffic } from '../../core/traffic-import/read-file.ts';
import { startRawServer } from '../support/raw-server.ts';
import { tellOne } from './telling.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbench-curl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const SHELLS = ['sh', 'bash', 'dash', 'zsh', 'busybox'].filter(shell => spawnSync(shell, ['-c', 'true']).status === 0);

/** A curl that writes down what it was given. */
const fake = join(folder, 'curl');
writeFileSync(
  fake,
  `#!/bin/sh\nprintf '%s\\0' "$@" > "$OUT.argv"\ncase "$*" in *'--data-binary @-'*) cat > "$OUT.stdin" ;; esac\n`,
);
chmodSync(fake, 0o755);

let runs = 0;

function given(command: string, shell: string, env: Record<string, string> = {}) {
  const out = join(folder, String(++runs));
  const script = `${out}.sh`;
  writeFileSync(script, command);
  execFileSync(shell, [script], {
    env: { ...process.env, ...env, OUT: out, PATH: `${folder}:${process.env['PATH']}` },
  });
  const argv = readFileSync(`${out}.argv`, 'utf8').split('\0').slice(0, -1);
  const stdin = readdirSync(folder).includes(`${runs}.stdin`) ? readFileSync(`${out}.stdin`) : undefined;
  return { argv, stdin };
}

function request(over: Partial<WireRequest> = {}): WireRequest {
  return {
    method: 'GET',
    url: 'https://x.example/ocpi/2.2.1/locations?a=1&b=2',
    headers: [],
    body: new Uint8Array(),
    ...over,
  };
}

describe('a command made of a request', () => {
  it('reads well: plain words unquoted, lines in order, nothing of the connection', () => {
    const headers = [
      ['Host', 'x.example'],
      ['Authorization', 'Token {token:0123456789ab:base64:12}'],
      ['accept', 'application/json'],
      ['X-Empty', ''],
      ['User-Agent', "it's us"],
      ['Content-Length', '2'],
      ['Connection', 'keep-alive'],
      ['Content-Type', 'application/json'],
    ] as const;
    expect(curlCommand(request({ method: 'POST', headers, body: Buffer.from('{}') }))).toEqual({
      command: [
        'curl -X POST \\',
        "  'https://x.example/ocpi/2.2.1/locations?a=1&b=2' \\",
        '  -H \'Authorization: Token \'"$OCPI_TOKEN" \\',
        "  -H 'accept: application/json' \\",
        "  -H 'X-Empty;' \\",
        "  -H 'User-Agent: it'\\''s us' \\",
        "  -H 'Content-Type: application/json' \\",
        "  --data-raw '{}'",
      ].join('\n'),
      variables: [{ name: 'OCPI_TOKEN', tokenId: '0123456789ab', form: 'base64' }],
    });
  });

  it('takes away what curl would add by itself', () => {
    const { command } = curlCommand(request({ method: 'PUT', body: Buffer.from('x') }));
    expect(command).toContain('-H Accept: ');
    expect(command).toContain('-H User-Agent: ');
    expect(command).toContain('-H Content-Type: ');
  });

  it('tells curl to leave dots and brackets of the URL as they are', () => {
    const asIs = (url: string) => curlCommand(request({ url })).command;
    expect(asIs('https://x.example/ocpi/./2.2.1')).toContain('--path-as-is');
    expect(asIs('https://x.example/ocpi/..')).toContain('--path-as-is');
    expect(asIs('https://x.example/ocpi?ids=[1]')).toContain('--globoff');
    expect(asIs('https://x.example/ocpi/2.2.1')).not.toMatch(/--path-as-is|--globoff/);
  });

  it.each(SHELLS)(
    'gives curl the same words and bytes in %s, whatever is in them',
    shell => {
      const text = fc
        .string({ unit: 'grapheme', maxLength: 30 })
        .filter(one => !/[\0\ud800-\udfff]/.test(one) || one.isWellFormed());
      const line = fc.string({ maxLength: 30 }).map(one => one.trim());
      const body = fc.oneof(
        text.map(one => Buffer.from(one.replaceAll('\0', ''))),
        fc.uint8Array({ maxLength: 60 }).map(one => Buffer.from(one)),
        fc.constantFrom(
          Buffer.from('@file'),
          Buffer.from('-\0'),
          Buffer.from("'\\''%s\\n$HOME`id`\r\n\n"),
          Buffer.alloc(100_001, "ä'"),
        ),
      );
      fc.assert(
        fc.property(line, line, body, (path, value, bytes) => {
          // curl is told to leave such a path as it is: another option, and a test of its own.
          fc.pre(path !== '.' && path !== '..');
          const url = `https://x.example/${encodeURIComponent(path)}?q='"$x\`[1]{2}`;
          const { argv, stdin } = given(
            curlCommand(
              request({
                method: 'PATCH',
                url,
                headers: [
                  ['X-Value', value],
                  ['Accept', '*/*'],
                  ['User-Agent', 'a'],
                  ['Content-Type', 'b'],
                ],
                body: bytes,
              }),
            ).command,
            shell,
          );
          expect(argv.slice(0, 4)).toEqual(['-X', 'PATCH', '--globoff', url]);
          expect(argv[5]).toBe(value === '' ? 'X-Value;' : `X-Value: ${value}`);
          if (stdin === undefined) expect(argv.slice(-2)).toEqual(['--data-raw', bytes.toString('utf8')]);
          else expect(stdin.equals(bytes)).toBe(true);
        }),
        { numRuns: 40 },
      );
    },
    20_000,
  );

  it('puts a variable in the place of each token, in header lines, URL and any body', () => {
    const token = '{token:aaaaaaaaaaaa:raw:6}';
    const other = '{token:bbbbbbbbbbbb:raw.json:6}';
    for (const tail of ['', '\0\xff']) {
      const made = curlCommand(
        request({
          method: 'POST',
          url: `https://x.example/?t=${token}`,
          headers: [['Authorization', `Token ${token}`]],
          body: Buffer.from(`{"token":"${other}","100%":"${token}"}${tail}`, 'latin1'),
        }),
      );
      expect(made.variables.map(({ name, tokenId }) => [name, tokenId])).toEqual([
        ['OCPI_TOKEN', 'aaaaaaaaaaaa'],
        ['OCPI_TOKEN_2', 'bbbbbbbbbbbb'],
      ]);
      const { argv, stdin } = given(made.command, 'sh', { OCPI_TOKEN: "o'ne $x", OCPI_TOKEN_2: 'two%s' });
      expect(argv).toContain("https://x.example/?t=o'ne $x");
      expect(argv).toContain("Authorization: Token o'ne $x");
      const body = stdin ?? Buffer.from(argv.at(-1) ?? '', 'latin1');
      expect(body.toString('latin1')).toBe(`{"token":"two%s","100%":"o'ne $x"}${tail}`);
    }
  });

  it('is read back by the import as the same request', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 20 }), (bytes, text) => {
        for (const body of [bytes, new Uint8Array(Buffer.from(text))]) {
          const value = text.replaceAll(/[^\x21-\x7e]/g, '');
          const headers = [
            ['X-One', `a${value}`],
            ['Accept', 'x/y'],
          ] as const;
          const told = tellOne(readTraffic(curlCommand(request({ method: 'PUT', headers, body })).command, 'auto'));
          expect(told.request).toMatchObject({ method: 'PUT', url: request().url, headers });
          expect(Buffer.from(told.request.body ?? []).equals(body)).toBe(true);
        }
      }),
    );
  });

  it.skipIf(!hasCurl)('makes the real curl (skipped where there is none) send the same bytes', async () => {
    const server = await startRawServer({ scripts: [[{ send: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' }]] });
    try {
      const headers = [
        ['x-One', 'l\xfctin'],
        ['x-UTF-8', '\xc3\xbc'],
        ['User-Agent', 'us'],
        ['X-Two', ''],
        ['X-One', '2'],
      ] as const;
      const cases = [
        request({ headers }),
        request({ method: 'POST', headers, body: Buffer.from([0, 1, 255, 39, 37, 92, 10]) }),
        request({
          method: 'PUT',
          headers: [...headers, ['Content-Type', 'application/json']],
          body: Buffer.from('{"a":"\'ä\'"}'),
        }),
        request({ method: 'DELETE', headers }),
        request({ method: 'POST', headers }),
        request({ method: 'HEAD', headers }),
      ];
      for (const one of cases) {
        const command = curlCommand({ ...one, url: `${server.url}/a/../b?x=[1]&y={2}` }).command;
        const script = join(folder, 'real.sh');
        writeFileSync(script, command);
        await new Promise<void>(resolve => {
          const child = spawn('sh', [script], { stdio: 'ignore' });
          child.once('close', () => resolve());
        });
        const got = server.requests.at(-1)?.split('\r\n\r\n')[0]?.split('\r\n') ?? [];
        const wanted = one.headers.map(([name, value]) => `${name}:${value === '' ? '' : ` ${value}`}`);
        expect(got[0]).toBe(`${one.method} /a/../b?x=[1]&y={2} HTTP/1.1`);
        const own = /^(Host|Content-Length):/;
        expect(got.slice(1).filter(header => !own.test(header))).toEqual(wanted);
        const raw = server.requests.at(-1) ?? '';
        expect(raw.slice(raw.indexOf('\r\n\r\n') + 4)).toBe(Buffer.from(one.body).toString('latin1'));
      }
    } finally {
      await server.stop();
    }
  });
});
