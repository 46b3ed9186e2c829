import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-validate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs a command as a person would, with a text on its standard input. */
function wb(args: readonly string[], input = ''): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

const RIGHT = '{"latitude": "59.858562", "longitude": "17.638927"}';

it('a reader that has read enough and goes leaves no complaint behind', async () => {
  const child = spawn(process.execPath, [MAIN, 'schema', '2.3.0', 'Location'], { stdio: 'pipe' });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.destroy();
  const code = await new Promise(resolve => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describe('wb validate', () => {
  it('ends with 0 and says so where nothing is wrong', async () => {
    const path = file('right.json', RIGHT);
    const { code, stdout } = await wb(['validate', '--version', '2.2.1', '--type', 'geolocation', path]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${path}: 1 GeoLocation, OCPI 2.2.1: no findings\n` });
  });

  it('ends with 1 on an error, and shows where it is and numbers as they are written', async () => {
    const path = file('wrong.json', '[\n  {"latitude": 59.8500, "longitude": 1e1},\n  {}\n]');
    const { code, stdout } = await wb(['validate', '--version', '2.2.1', '--type', 'GeoLocation', path]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `${path}:2:16: warning: type.number-for-string at /0/latitude: 59.8500; expected a string`,
    );
    expect(stdout).toContain(`${path}:2:38: warning: type.number-for-string at /0/longitude: 1e1; expected a string`);
    expect(stdout).toContain(`${path}:3:3: error: field.missing at /1/latitude: no field`);
    expect(stdout).toContain(`${path}: 2 GeoLocation, OCPI 2.2.1: 2 errors, 4 warnings\n`);
  });

  it('prints one JSON document of files and findings, standard input among them', async () => {
    const path = file('short.json', RIGHT.replace('59.858562', '59.85'));
    const args = ['validate', '--version', '2.2.1', '--type', 'GeoLocation', path, '-', '--json'];
    const { code, stdout } = await wb(args, '{"latitude": oops}');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        file: path,
        type: 'GeoLocation',
        version: '2.2.1',
        findings: [
          {
            severity: 'warning',
            code: 'coordinates.spelling',
            pointer: '/latitude',
            met: '59.85',
            expected: 'five to seven decimals, as 51.047599',
            section: '6.1, T16',
          },
        ],
      },
      {
        file: '-',
        type: 'GeoLocation',
        version: '2.2.1',
        findings: [
          {
            severity: 'error',
            code: 'body.json',
            pointer: '',
            met: 'line 1, column 14: "o"',
            expected: 'a value',
            section: '1.5',
          },
        ],
      },
    ]);
  });

  it('takes parts of objects as Partial<Type>', async () => {
    const part = '{"name": "Garage", "last_updated": "2026-03-14T08:15:00Z"}';
    const { code } = await wb(['validate', '--version', '2.2.1', '--type', 'Partial<Location>', '-'], part);
    expect(code).toBe(0);
  });

  it('ends with 2 on wrong usage, and tells what is right', async () => {
    const usages = [
      [['--version', '2.1.1', '--type', 'Parking', '-'], 'OCPI 2.1.1 has no type Parking (2.3.0 has one)'],
      [['--version', '9.9', '--type', 'Location', '-'], 'There are no types of OCPI 9.9'],
      [
        ['--version', '2.2.1', '--type', 'Location', 'nowhere.json'],
        'nowhere.json cannot be read: there is no such file',
      ],
      [['--version', '2.2.1', '--type', 'Status', '--partial', '-'], 'Status is an enum'],
      [['--version', '2.2.1', '-'], "required option '--type <type>' not specified"],
    ] as const;
    await Promise.all(
      usages.map(async ([args, message]) => {
        const { code, stderr } = await wb(['validate', ...args]);
        expect({ message, code }).toEqual({ message, code: 2 });
        expect(stderr).toContain(message);
      }),
    );
  });
});

describe('wb schema', () => {
  it('prints the JSON Schema of a type, named in any case', async () => {
    const { code, stdout } = await wb(['schema', '2.3.0', 'evse']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'OCPI 2.3.0 EVSE',
      required: ['uid', 'status', 'connectors', 'last_updated'],
      $defs: { Capability: { 'x-ocpi-open': true } },
    });
  });

  it('without a type lists the types', async () => {
    const { stdout } = await wb(['schema', '2.1.1', '--json']);
    expect(JSON.parse(stdout)).toContainEqual({ name: 'Allowed', kind: 'enum' });
  });

  it('ends with 2 where there is no such type', async () => {
    expect((await wb(['schema', '2.1.1', 'Price'])).code).toBe(2);
  });
});
