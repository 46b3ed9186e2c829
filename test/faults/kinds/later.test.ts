import { afterEach, describe, expect, it } from 'vitest';
import { fixture } from '../../ocpi/fixtures.ts';
import { type Faulty, type Rule, sharedFaulty } from '../../support/faulty.ts';
import { connectRaw, request } from '../../support/raw-client.ts';

const house = sharedFaulty();
const THEIRS = 'they-call-us-with-this-token-0000000000000221';
let urls = 0;

afterEach(async () => {
  const { us } = await house();
  for (const operation of ['commands', 'tokens.authorize'])
    await us.client.decisions.setPolicy({ name: 'partner of 2.2.1', operation, policy: null });
});

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let waited = 0; waited < 4_000; waited += 5) {
    const found = look();
    if (found !== undefined) return found;
    await pause(5);
  }
  throw new Error('it did not happen');
}

/** The partner asks us to start a session; what arrives at it then, and when. */
async function commanded(faulty: Faulty, rule: Rule, results = 1) {
  const { us, partner } = faulty;
  await us.client.decisions.setPolicy({
    name: 'partner of 2.2.1',
    operation: 'commands',
    policy: { answer: 'accept', later: 'ACCEPTED' },
  });
  const path = `/results/${++urls}`;
  const arrived = () => partner.requests.filter(text => text.startsWith(`POST ${path} `));
  const body = { ...fixture('2.2.1', 'StartSession'), response_url: `${partner.url}${path}` };
  const client = await connectRaw({ port: Number(new URL(us.versionsUrl).port) });
  const token = Buffer.from(THEIRS).toString('base64');
  const lines = [`Authorization: Token ${token}`, 'Content-Type: application/json'];
  return faulty.armed(rule, async () => {
    await client.send(request('POST /ocpi/2.2.1/receiver/commands/START_SESSION', lines, JSON.stringify(body)));
    const [answer] = await client.answers(1);
    const before = arrived().length;
    client.destroy();
    const found = results === 0 ? [] : await until(() => (arrived().length >= results ? arrived() : undefined));
    return { answer: answer?.body ?? '', before, results: found, arrived };
  });
}

/** What is sent, without the head. */
function bodyOf(text: string | undefined): string {
  return text?.slice(text.indexOf('\r\n\r\n') + 4) ?? '';
}

describe('the result of a command', () => {
  it('comes once, and behind the answer, where no fault is armed', async () => {
    const { before, results } = await commanded(await house(), { kind: 'async.late', when: { nth: 1_000 } });
    expect(before).toBe(0);
    expect(results.map(bodyOf)).toEqual(['{"result":"ACCEPTED"}']);
  });

  it('never comes, and its exchange says that it was kept back', async () => {
    const faulty = await house();
    const { answer, arrived } = await commanded(faulty, { kind: 'async.never' }, 0);
    expect(answer).toContain('"result":"ACCEPTED"');
    await pause(150);
    expect(arrived()).toEqual([]);
    const { operation, ended, fault } = await faulty.newest();
    expect({ operation, ended }).toEqual({ operation: 'commands.result', ended: 'withheld' });
    expect(fault?.firings).toMatchObject([{ kind: 'async.never', did: 'the result was never sent', applied: true }]);
  });

  it('comes late', async () => {
    const { before, results } = await commanded(await house(), { kind: 'async.late', parameters: { ms: 120 } });
    expect(before).toBe(0);
    expect(results.map(bodyOf)).toEqual(['{"result":"ACCEPTED"}']);
  });

  it('comes as often as is asked for, the same to the byte', async () => {
    const rule = { kind: 'async.twice', parameters: { times: 2, ms: 10 } };
    const { results } = await commanded(await house(), rule, 3);
    expect(new Set(results).size).toBe(1);
    expect(results).toHaveLength(3);
  });

  it('comes before the answer', async () => {
    const rule = { kind: 'async.before-answer', parameters: { ms: 60 } };
    const { before, results } = await commanded(await house(), rule);
    expect(before).toBe(1);
    expect(results.map(bodyOf)).toEqual(['{"result":"ACCEPTED"}']);
  });

  it('comes with a token that nobody has given', async () => {
    const { results } = await commanded(await house(), { kind: 'async.wrong-token' });
    const token = Buffer.from('a-token-that-nobody-has-given').toString('base64');
    expect(results[0]).toContain(`\r\nAuthorization: Token ${token}\r\n`);
  });

  it.each([
    [{ kind: 'async.wrapped' }, '{"data":{"result":"ACCEPTED"},"status_code":1000,"timestamp":"2026-01-15T12:00:00Z"}'],
    [{ kind: 'async.wrapped', parameters: { how: 'named' } }, '{"CommandResult":{"result":"ACCEPTED"}}'],
    [{ kind: 'async.timeout-then-session' }, '{"result":"TIMEOUT"}'],
  ] as const)('of %o is %s', async (rule, body) => {
    const { results } = await commanded(await house(), rule);
    expect(results.map(bodyOf)).toEqual([body]);
    expect(results[0]).toContain(`\r\nContent-Length: ${body.length}\r\n`);
  });
});

describe('an authorization', () => {
  const asked = { ask: 'POST sender/tokens/K1/authorize?type=RFID', body: '' } as const;
  const decide = ({ us }: Faulty, policy: { answer: 'accept' | 'reject'; result?: string }) =>
    us.client.decisions.setPolicy({ name: 'partner of 2.2.1', operation: 'tokens.authorize', policy });

  it('of a blocked token is an HTTP error', async () => {
    const faulty = await house();
    await decide(faulty, { answer: 'reject', result: 'BLOCKED' });
    const plain = await faulty.answered(asked);
    const arrived = await faulty.armed({ kind: 'async.authorize-http-error' }, () => faulty.answered(asked));
    expect(arrived).toBe(plain.replace('HTTP/1.1 200 OK', 'HTTP/1.1 403 Forbidden'));
    expect(plain).toContain('"allowed":"BLOCKED"');
  });

  it('is ALLOWED whatever was decided', async () => {
    const faulty = await house();
    await decide(faulty, { answer: 'reject', result: 'BLOCKED' });
    const plain = await faulty.answered(asked);
    const arrived = await faulty.armed({ kind: 'async.allowed-anyway' }, () => faulty.answered(asked));
    expect(bodyOf(arrived)).toBe(bodyOf(plain).replace('BLOCKED', 'ALLOWED'));
  });
});

describe('what we push', () => {
  const push = (id: string, kwh: number, status = 'ACTIVE') => ({
    operation: 'sessions.put',
    params: { country_code: 'NL', party_id: 'WBX', session_id: id },
    body: `{"id":"${id}","kwh":${kwh},"status":"${status}"}`,
  });
  /** What a fault keeps back has no exchange yet to show to whoever sends it by hand. */
  const keptBack = (faulty: Faulty, sent: Parameters<Faulty['arrived']>[0]) =>
    expect(faulty.arrived(sent)).rejects.toThrow('kept the request back');
  const ofSession = ({ partner }: Faulty, id: string) =>
    partner.requests.filter(text => text.includes(`/NL/WBX/${id} `)).map(bodyOf);

  it('comes twice', async () => {
    const faulty = await house();
    await faulty.armed({ kind: 'push.duplicate', parameters: { ms: 10 } }, async () => {
      await faulty.arrived(push('twice', 1));
      await until(() => (ofSession(faulty, 'twice').length === 2 ? true : undefined));
    });
    expect(new Set(ofSession(faulty, 'twice')).size).toBe(1);
  });

  it('is overtaken by the next push for the same object', async () => {
    const faulty = await house();
    await faulty.armed({ kind: 'push.out-of-order', when: { nth: 1 } }, async () => {
      await keptBack(faulty, push('order', 1));
      await faulty.arrived(push('other', 1));
      expect(ofSession(faulty, 'order')).toEqual([]);
      await faulty.arrived(push('order', 2));
      await until(() => (ofSession(faulty, 'order').length === 2 ? true : undefined));
    });
    expect(ofSession(faulty, 'order').map(text => JSON.parse(text).kwh)).toEqual([2, 1]);
  });

  it('as the end of a session comes behind its CDR', async () => {
    const faulty = await house();
    await faulty.armed({ kind: 'money.cdr-early', parameters: { ms: 80 } }, async () => {
      await faulty.arrived(push('early', 1));
      const before = faulty.partner.requests.length;
      await keptBack(faulty, push('early', 2, 'COMPLETED'));
      await faulty.arrived({ operation: 'cdrs.post', body: '{"id":"C-early","session_id":"early"}' });
      const two = await until(() => {
        const since = faulty.partner.requests.slice(before);
        return since.length === 2 ? since : undefined;
      });
      expect(two.map(text => text.split('/')[3]?.split(' ')[0])).toEqual(['cdrs', 'sessions']);
    });
  });

  it('as CDRs has one id for two of them', async () => {
    const faulty = await house();
    const cdr = (id: string) => ({ operation: 'cdrs.post', body: `{"id":"${id}", "total_energy":1.0}` });
    await faulty.armed({ kind: 'money.cdr-duplicate-id', parameters: { ms: 10 } }, async () => {
      const before = faulty.partner.requests.length;
      await faulty.arrived(cdr('D1'));
      await until(() => (faulty.partner.requests.length === before + 2 ? true : undefined));
      await faulty.arrived(cdr('D2'));
      const bodies = faulty.partner.requests.slice(before).map(bodyOf);
      expect(bodies).toEqual(Array.from({ length: 3 }, () => '{"id":"D1", "total_energy":1.0}'));
    });
  });
});
