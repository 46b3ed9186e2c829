import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PendingDecision, PolicyLine } from '../../core/contract/decisions.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { connectRaw, request } from '../support/raw-client.ts';

let shell: Shell;
let port: number;

beforeAll(async () => {
  shell = openShell();
  ({ port } = await shell.serve());
  // Nobody answers there: the link is known all the same.
  const tokens = ['--token', 'our-token', '--their-token', 'their-token'];
  const options = ['--versions-url', 'http://127.0.0.1:9/versions', '--version', '2.2.1'];
  await shell.wb('link', 'adopt', 'volta', ...options, ...tokens);
});
afterAll(() => shell.close());

describe('wb decide and wb policy', () => {
  it('let the operator answer a call of a partner by hand', async () => {
    const set = await shell.json('policy', 'volta', 'tokens.authorize', 'ask', '--seconds', '60');
    const line = (set.document as PolicyLine[]).find(({ operation }) => operation === 'tokens.authorize');
    expect([set.code, line?.set, line?.policy]).toEqual([0, true, { answer: 'ask', seconds: 60, otherwise: 'reject' }]);

    const client = await connectRaw({ port });
    const headers = ['Authorization: Token their-token', 'Content-Type: application/json'];
    const body = JSON.stringify(fixture('2.2.1', 'LocationReferences'));
    await client.send(request('POST /ocpi/2.2.1/sender/tokens/0123/authorize', headers, body));
    let waiting: PendingDecision[] = [];
    while (waiting.length === 0) waiting = (await shell.json('decide')).document as PendingDecision[];
    const [{ id, exchangeId } = { id: 0, exchangeId: 0 }] = waiting;
    expect(waiting).toMatchObject([{ link: 'volta', operation: 'tokens.authorize', otherwise: 'reject' }]);

    const listed = await shell.wb('decide');
    expect(listed.stdout).toMatch(
      new RegExp(
        `^${id}  volta asks whether token 0123 \\(RFID\\) may charge at .+ \\(tokens\\.authorize, exchange ${exchangeId}\\)\\n` +
          '    \\d+ s left, then reject\\n    accept: ALLOWED    reject: NOT_ALLOWED, BLOCKED, ',
      ),
    );
    const decided = await shell.wb('decide', String(id), 'reject', '--result', 'NO_CREDIT');
    expect([decided.code, decided.stdout]).toEqual([0, `${id} is answered: reject with NO_CREDIT.\n`]);
    const [answer] = await client.answers(1);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status_code: 1000, data: { allowed: 'NO_CREDIT' } });
    client.destroy();
  });

  it('list and set what is answered, and take it back', async () => {
    const listed = await shell.wb('policy', 'volta');
    expect(listed.stdout).toMatch(/^locations\.put +location, put +accept \(1000\), as usual$/m);
    expect(listed.stdout).toMatch(/^commands\.start-session +command, start session +simulate, as usual$/m);
    const set = await shell.wb('policy', 'volta', 'commands', 'accept', '--later', 'none');
    expect(set.stdout.match(/accept \(ACCEPTED, then none\)$/gm)).toHaveLength(5);
    const back = await shell.wb('policy', 'volta', 'commands', 'default');
    expect([back.code, back.stdout.includes('then none')]).toEqual([0, false]);
  });

  it('change what a production partner is answered only with --yes', async () => {
    await shell.wb('link', 'set', 'volta', '--environment', 'production', '--yes');
    const refused = await shell.wb('policy', 'volta', 'commands', 'reject');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('volta is a production link: ')]);
    expect((await shell.wb('policy', 'volta')).stdout).not.toMatch(/ reject$/m);
    const set = await shell.wb('policy', 'volta', 'commands', 'reject', '--yes');
    expect([set.code, set.stdout.match(/ reject$/gm)?.length]).toEqual([0, 5]);
  });

  it('tell what is wrong with their words', async () => {
    const wrong = [
      [['policy', 'volta', 'commands', 'accept', '--seconds', '5'], 'nobody is asked'],
      [['decide', '--result', 'ACCEPTED'], 'which call is answered'],
    ] as const;
    const said = await Promise.all(wrong.map(([args]) => shell.wb(...args)));
    expect(said.map(({ code, stderr }) => [code, stderr])).toEqual(
      wrong.map(([, why]) => [2, expect.stringContaining(why)]),
    );
  });
});
