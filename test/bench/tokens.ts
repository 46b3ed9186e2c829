import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openShell, type Shell } from '../support/command-line.ts';
import { type Partner, startPartner } from '../support/partner/partner.ts';
import type { Bench } from './figure.ts';

const VERSIONS = ['2.1.1', '2.2.1', '2.3.0'] as const;
const FORMS = ['raw', 'base64'] as const;

/** Every token of full registrations, in every form, looked for in everything that was written. */
export const tokensBench: Bench = {
  name: 'tokens',
  about: 'registered, rotated, refused, exchanges shown: is any token in database, WAL, index, log or output?',
  measure: async () => {
    const shell = openShell();
    const secrets = new Set<string>();
    const outputs: string[] = [];
    try {
      const serving = await shell.serve();
      for (const version of VERSIONS) {
        for (const form of FORMS) outputs.push(...(await registerAndRotate(shell, secrets, { version, form })));
      }
      const listed = await shell.wb('exchanges', '--json', '--limit', '1000');
      const ids = (JSON.parse(listed.stdout) as { readonly id: number }[]).map(({ id }) => String(id));
      for (const id of ids.filter((_, at) => at % 10 === 0))
        outputs.push((await shell.wb('exchange', id, '--json')).stdout);
      outputs.push(listed.stdout, (await shell.wb('link', 'list', '--json')).stdout);
      // While it is open, so that the write-ahead log is searched too.
      const open = read(shell);
      const ended = await serving.stop();
      outputs.push(ended.stdout, ended.stderr);
      const texts = [...open, ...read(shell), ...outputs];
      const forms = [...secrets].flatMap(formsOf);
      const found = forms.filter(form => texts.some(text => text.includes(form))).length;
      const places = texts.reduce((sum, text) => sum + (text.match(/\{token:[0-9a-f]{12}:/g)?.length ?? 0), 0);
      return [
        {
          name: 'tokens of the registrations',
          value: secrets.size,
          unit: 'count',
          atLeast: VERSIONS.length * FORMS.length * 5,
        },
        { name: 'files and outputs searched', value: texts.length, unit: 'count', atLeast: 10 },
        // Shows that the search looks where tokens stand: their places are there, without them.
        { name: 'places where a token was sealed', value: places, unit: 'count', atLeast: 100 },
        { name: 'tokens found, in any form', value: found, unit: 'count', atMost: 0 },
      ];
    } finally {
      await shell.close();
    }
  },
};

async function registerAndRotate(
  shell: Shell,
  secrets: Set<string>,
  { version, form }: { readonly version: string; readonly form: 'raw' | 'base64' },
): Promise<string[]> {
  const name = `partner ${version} ${form}`;
  const partner = await startPartner({ versions: [version], wants: form, sends: form });
  const keep = () => remember(partner, secrets);
  try {
    keep();
    const outputs = [
      await shell.wb('link', 'add', name, '--versions-url', partner.versionsUrl, '--token', partner.tokenA ?? ''),
      await shell.wb('register', name, '--json'),
    ];
    keep();
    outputs.push(await shell.wb('rotate', name));
    keep();
    outputs.push(await shell.wb('link', 'show', name), await shell.wb('doctor', name));
    await partner.update();
    keep();
    const registered = outputs[1];
    if (registered?.code !== 0) throw new Error(`${name} did not register: ${registered?.stdout}`);
    return outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]);
  } finally {
    await partner.stop();
  }
}

function remember({ tokenA, relation }: Partner, secrets: Set<string>) {
  for (const token of [tokenA, relation.tokenA, relation.outgoing, ...relation.incoming]) {
    if (typeof token === 'string' && token !== '') secrets.add(token);
  }
}

function formsOf(token: string): string[] {
  const base64 = Buffer.from(token).toString('base64');
  const bare = base64.replace(/=+$/, '');
  const withLineFeed = Buffer.from(`${token}\n`).toString('base64');
  return [
    token,
    bare,
    withLineFeed,
    Buffer.from(base64).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(token),
  ];
}

function read({ folder }: Shell): string[] {
  return readdirSync(folder).map(name => readFileSync(join(folder, name), 'latin1'));
}
