import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../ocpi/fixtures.ts';
import { openShell, type Serving, type Shell } from '../support/command-line.ts';
import { type Partner, startPartner } from '../support/partner/partner.ts';
import { ask, request } from '../support/raw-client.ts';
import { GOOD, says } from '../workbench/sending/meeting.ts';

let shell: Shell;
let partner: Partner;
let serving: Serving;

const BELOW = '/ocpi/2.2.1';
const file = (name: string, content: unknown) => {
  const path = join(shell.folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const session = (id: string) => ({ ...fixture('2.2.1', 'Session'), id, country_code: 'NL', party_id: 'WBX' });

beforeAll(async () => {
  shell = openShell();
  const modules = ['locations', 'sessions', 'tokens', 'commands', 'chargingprofiles'].flatMap(identifier =>
    (['SENDER', 'RECEIVER'] as const).map(role => ({ identifier, role })),
  );
  partner = await startPartner({ versions: ['2.2.1'], roles: ['CPO', 'EMSP'], modules });
  serving = await shell.serve();
  const { token, versionsUrl } = partner.invite();
  await shell.wb('link', 'add', 'acme', '--versions-url', versionsUrl, '--token', token);
  expect((await shell.wb('register', 'acme')).code).toBe(0);
});
afterAll(async () => {
  await shell.close();
  await partner.stop();
});

describe('wb push', () => {
  it('tells what failed and how to send it again, which then is done', async () => {
    const path = (id: string) => `PUT ${BELOW}/receiver/sessions/NL/WBX/${id}`;
    partner.override(path('A'), GOOD);
    partner.override(path('B'), [says(404, 2001), GOOD]);
    const name = file('sessions.json', [session('A'), session('B')]);
    const { code, document } = await shell.json('push', 'acme', 'sessions', name);
    expect(code).toBe(1);
    expect(document).toMatchObject({
      state: 'failed',
      sent: 2,
      ok: 1,
      failed: 1,
      left: 0,
      putMayHelp: false,
      failures: [{ id: 'B', method: 'PUT', ok: false }],
    });
    const { runId } = document as { runId: number };
    const again = await shell.wb('push', '--retry', String(runId));
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/sessions to acme: 1 of 1 taken \(run \d+\)/),
    });
  });

  it('takes ids of a list of our own data, and says which lists there are', async () => {
    const wrong = ['push', 'acme', 'bookings', '--own', 'all', '--list'];
    const [unknown, none] = await Promise.all([
      shell.wb(...wrong, 'boxes'),
      shell.wb(...wrong, 'booking_locations', '--party', 'NL-WBX'),
    ]);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('--list: "boxes" is no list') });
    // There is none: the list was looked at.
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no object of bookings to push') });
  });

  it('of objects with errors sends nothing, and says how it would', async () => {
    const broken = await shell.wb('push', 'acme', 'sessions', file('broken.json', { ...session('A'), kwh: 'x' }));
    expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('--unchecked') });
  });
});

describe('wb command', () => {
  it('waits for the result and ends with it', async () => {
    partner.override(
      `POST ${BELOW}/receiver/commands/START_SESSION`,
      says(200, 1000, { result: 'ACCEPTED', timeout: 20 }),
    );
    const count = partner.requests.length;
    const ending = shell.json(
      'command',
      'acme',
      'start-session',
      '--location',
      'L1',
      '--evse',
      'E1',
      '--reference',
      'R1',
    );
    while (partner.requests.length === count) await new Promise(resolve => setTimeout(resolve, 5));
    const body = JSON.parse(partner.requests.at(-1)?.text ?? '{}') as { response_url: string };
    expect(body).toMatchObject({ location_id: 'L1', evse_uid: 'E1', authorization_reference: 'R1' });
    const token = Buffer.from(partner.relation.outgoing ?? '').toString('base64');
    const headers = [`Authorization: Token ${token}`, 'Content-Type: application/json'];
    await ask(
      { port: serving.port },
      request(`POST ${new URL(body.response_url).pathname}`, headers, '{"result":"ACCEPTED"}'),
    );
    expect(await ending).toMatchObject({
      code: 0,
      document: {
        ok: true,
        operation: 'commands.start-session',
        answered: 'ACCEPTED',
        timeout: 20,
        results: [{ result: 'ACCEPTED' }],
      },
    });
  });
});

describe('wb authorize, profile and preferences', () => {
  it('ask and tell what was decided', async () => {
    const info = { allowed: 'BLOCKED', token: fixture('2.2.1', 'Token') };
    partner.override(`POST ${BELOW}/sender/tokens/T1/authorize`, says(200, 1000, info));
    const { code, document } = await shell.json('authorize', 'acme', 'T1', '--location', 'L1', '--evse', 'E1', 'E2');
    expect([code, document]).toMatchObject([1, { ok: false, answered: 'BLOCKED', detail: { allowed: 'BLOCKED' } }]);
    expect(partner.requests.at(-1)?.text).toBe('{"location_id":"L1","evse_uids":["E1","E2"]}');

    partner.override(`PUT ${BELOW}/receiver/chargingprofiles/S1`, says(200, 1000, { result: 'ACCEPTED', timeout: 0 }));
    const profile = file('profile.json', { charging_rate_unit: 'A' });
    const set = await shell.wb('profile', 'acme', 'set', 'S1', '--file', profile);
    expect(set).toMatchObject({ code: 1, stdout: expect.stringContaining('result.never') });

    partner.override(`PUT ${BELOW}/sender/sessions/S1/charging_preferences`, says(200, 1000, 'ACCEPTED'));
    const preferences = file('preferences.json', { profile_type: 'GREEN' });
    expect((await shell.wb('preferences', 'acme', 'S1', preferences)).code).toBe(0);
  });
});

describe('wb send', () => {
  it('previews and sends what it is told, right or wrong; exit code 1 where the answer is a failure', async () => {
    const path = `${BELOW}/receiver/sessions/NL/WBX/S1`;
    const params = ['--param', 'country_code=NL', '--param', 'party_id=WBX', '--param', 'session_id=S1'];
    const body = ['--body', file('odd.json', '{"id": "S2"')];
    const header = ['--header', 'X-Odd: a: b', '--header', 'User-Agent:'];
    const preview = await shell.json('send', 'acme', 'PUT', 'sessions', ...params, ...body, ...header, '--preview');
    expect(preview).toMatchObject({
      code: 0,
      document: { method: 'PUT', url: partner.origin + path, body: '{"id": "S2"' },
    });
    const count = partner.requests.length;
    partner.override(`PUT ${path}`, says(400, 2001));
    const sent = await shell.json(
      'send',
      'acme',
      'PUT',
      'sessions.put',
      ...params,
      ...body,
      ...header,
      '--query',
      'x=1',
    );
    expect(sent).toMatchObject({ code: 1, document: { operation: 'sessions.put', httpStatus: 400, ocpiStatus: 2001 } });
    const [request_, more] = partner.requests.slice(count);
    expect(more).toBeUndefined();
    expect(request_).toMatchObject({ method: 'PUT', url: `${path}?x=1`, text: '{"id": "S2"' });
    expect(request_?.headers.map(([name]) => name)).toContain('X-Odd');
    expect(request_?.headers.map(([name]) => name)).not.toContain('User-Agent');
  });

  it('is given up with Ctrl+C, and so is its exchange', async () => {
    partner.override(`PUT ${BELOW}/receiver/sessions/NL/WBX/S9`, { do: 'hang' });
    const params = ['--param', 'country_code=NL', '--param', 'party_id=WBX', '--param', 'session_id=S9'];
    const count = partner.requests.length;
    const { finished, interrupt } = shell.begin('send', 'acme', 'PUT', 'sessions.put', ...params);
    while (partner.requests.length === count) await new Promise(resolve => setTimeout(resolve, 5));
    interrupt();
    expect(await finished).toMatchObject({ code: 1, stderr: expect.stringContaining('The request was cancelled') });
    const { document } = await shell.json('exchanges', '--limit', '1');
    expect(document).toMatchObject([{ operation: 'sessions.put', ended: 'cancelled' }]);
  });

  it('asks which operation is meant where several are', async () => {
    const several = await shell.wb('send', 'acme', 'PUT', 'locations');
    expect(several).toMatchObject({ code: 2, stderr: expect.stringContaining('locations.put, locations.put-evse') });
  });
});
