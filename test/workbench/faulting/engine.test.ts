import { cpSync, existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { NewFaultRule } from '../../../core/history/faults.ts';
import type { History } from '../../../core/history/history.ts';
import { createFaultEngine } from '../../../core/workbench/faulting/engine.ts';
import { factsOf } from '../../faults/made.ts';
import { newFile, newLink, openAt } from '../../history/folder.ts';
import { versionsExchange } from '../../support/exchanges.ts';

const NOW = Date.UTC(2026, 5, 1);
const clock = { ...systemClock, now: () => NOW };

function kept(kind: string, more: Partial<NewFaultRule> = {}): NewFaultRule {
  return {
    name: kind,
    kind,
    pack: null,
    parameters: {},
    scope: {},
    when: {},
    seed: '1',
    armed: true,
    reachesRegistration: false,
    reachesProduction: false,
    ...more,
  };
}

function engineOf(history: History) {
  const told = { fired: 0, troubles: [] as string[] };
  const engine = createFaultEngine({
    history,
    clock,
    onTrouble: what => told.troubles.push(what),
    onFired: () => told.fired++,
  });
  return { engine, told };
}

const ANSWER = {
  side: 'answer',
  status: 200,
  statusText: 'OK',
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"data":[{"id":"LOC1"}],"status_code":1000,"timestamp":"2026-01-01T00:00:00Z"}'),
} as const;

/** One exchange as the server has it: met, altered, recorded in the same turn; resolves when it stands in the database. */
async function exchange(
  history: History,
  { engine }: ReturnType<typeof engineOf>,
  { linkId, operation = 'locations.list' }: { linkId?: number; operation?: string } = {},
) {
  const met = engine.meet({ ...(linkId !== undefined && { linkId }), facts: factsOf(operation) });
  const altered = met?.alter(ANSWER);
  await history.recorder.record(versionsExchange(1));
  if (altered === undefined) return 'as usual';
  const { draft, firings } = altered;
  return JSON.stringify([
    'status' in draft.message && draft.message.status,
    Buffer.from(draft.message.body).toString('hex'),
    draft.steps,
    firings.map(({ hit, did }) => [hit, did]),
  ]);
}

/** A process that nobody has. */
let pid = 2_000_000_000;

/** What `kill -9` leaves: the files as they are at this moment, opened by somebody else. */
async function afterCrash(history: History): Promise<History> {
  const file = newFile();
  for (const ending of ['', '-wal', '.key'])
    if (existsSync(`${history.file}${ending}`)) cpSync(`${history.file}${ending}`, `${file}${ending}`);
  return openAt(file, { pid: ++pid, isAlive: async () => false });
}

describe('the same seed and the same requests', () => {
  it('give the same faults byte for byte, wherever the process was killed in between', async () => {
    const sequences = fc.array(
      fc.record({
        link: fc.constantFrom(0, 1, 2),
        operation: fc.constantFrom('locations.list', 'tariffs.list'),
        killed: fc.boolean(),
      }),
      { minLength: 5, maxLength: 9 },
    );
    const seeds = fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(sequences, seeds, async (sequence, [seed, other]) => {
        const run = async (withCrashes: boolean) => {
          let history = await openAt(newFile());
          for (const name of ['volta', 'norrland']) history.links.insert(newLink(name));
          history.faults.insert(kept('object.required-missing', { seed, when: { probability: 0.6 } }));
          history.faults.insert(
            kept('transport.delay', { seed: other, when: { everyNth: 2 }, scope: { module: 'locations' } }),
          );
          history.faults.insert(
            kept('transport.cut', { seed: other, scope: { link: 'volta' }, when: { times: 2, probability: 0.5 } }),
          );
          let engine = engineOf(history);
          const heard: string[] = [];
          for (const { link, operation, killed } of sequence) {
            heard.push(await exchange(history, engine, { operation, ...(link > 0 && { linkId: link }) }));
            if (!withCrashes || !killed) continue;
            history = await afterCrash(history);
            engine = engineOf(history);
          }
          return heard;
        };
        expect(await run(true)).toEqual(await run(false));
      }),
      { numRuns: 3 },
    );
  }, 60_000);

  it('give other faults with another seed', async () => {
    const drawn = async (seed: string) => {
      const history = await openAt(newFile());
      history.faults.insert(kept('envelope.data-null', { seed, when: { probability: 0.5 } }));
      const engine = engineOf(history);
      const heard: string[] = [];
      for (let at = 0; at < 24; at++) heard.push(await exchange(history, engine));
      return heard;
    };
    const [one, again, other] = [await drawn('1'), await drawn('1'), await drawn('2')];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(new Set(one).size).toBeGreaterThan(1);
  });
});

describe('what is armed', () => {
  it('is in force with the next exchange, and so is what is disarmed', async () => {
    const history = await openAt(newFile());
    const engine = engineOf(history);
    expect(await exchange(history, engine)).toBe('as usual');
    const id = history.faults.insert(kept('envelope.data-null'));
    expect(await exchange(history, engine)).not.toBe('as usual');
    history.faults.update(id, kept('envelope.data-null', { armed: false }));
    expect(await exchange(history, engine)).toBe('as usual');
    expect(history.faults.total(id)).toEqual({ met: 1, fired: 1, lastFiredAt: factsOf().now });
    expect(engine.told).toMatchObject({ fired: 1, troubles: [] });
  });

  it('follows a link that is renamed, and begins to count anew after a restart of the rule', async () => {
    const history = await openAt(newFile());
    const { id: linkId } = history.links.insert(newLink('volta'));
    const id = history.faults.insert(kept('envelope.data-null', { scope: { link: 'norrland' }, when: { nth: 1 } }));
    const engine = engineOf(history);
    expect(await exchange(history, engine, { linkId })).toBe('as usual');
    history.links.update(linkId, { name: 'Norrland' });
    const first = await exchange(history, engine, { linkId });
    expect(first).not.toBe('as usual');
    expect(await exchange(history, engine, { linkId })).toBe('as usual');
    history.faults.restart([id]);
    expect(await exchange(history, engine, { linkId })).toBe(first);
  });

  it('counts an exchange only once the object it looks at stands in the answer', async () => {
    const history = await openAt(newFile());
    const [here, elsewhere] = ['loc1', 'LOC2'].map(object =>
      history.faults.insert(kept('envelope.data-null', { name: object, scope: { object } })),
    );
    expect(await exchange(history, engineOf(history))).toContain('[1,');
    expect(history.faults.total(here ?? 0)).toMatchObject({ met: 1, fired: 1 });
    expect(history.faults.total(elsewhere ?? 0)).toMatchObject({ met: 0, fired: 0 });
  });

  it('does nothing where this workbench does not know the kind, or the kind takes other parameters', async () => {
    const history = await openAt(newFile());
    history.faults.insert(kept('envelope.of-the-future'));
    history.faults.insert(kept('envelope.data-null', { parameters: { unheard: 1 } }));
    expect(await exchange(history, engineOf(history))).toBe('as usual');
  });
});

describe('a TLS connection that begins', () => {
  it('is refused by rules that ask for nothing else to be known, unless a production partner may be behind it', async () => {
    const history = await openAt(newFile());
    const { engine } = engineOf(history);
    expect(engine.connect?.()).toBeUndefined();
    const id = history.faults.insert(kept('transport.tls-refused', { when: { everyNth: 2 } }));
    history.faults.insert(kept('transport.tls-refused', { name: 'of one module', scope: { module: 'cdrs' } }));
    expect([1, 2, 3, 4].map(() => engine.connect?.()?.firing.hit)).toEqual([undefined, 2, undefined, 4]);
    history.links.insert(newLink('live', { environment: 'production' }));
    expect([1, 2].map(() => engine.connect?.()?.by)).toEqual([undefined, undefined]);
    history.faults.update(id, kept('transport.tls-refused', { reachesProduction: true }));
    expect(engine.connect?.()?.firing).toMatchObject({ ruleId: id, kind: 'transport.tls-refused', applied: true });
  });
});

describe('tokens for requests that carry the wrong one', () => {
  it('come from the ledger of the link: A, the one before, the present one, and the one they call us with', async () => {
    const history = await openAt(newFile());
    const { id: linkId } = history.links.insert(newLink('volta'));
    const add = (
      token: string,
      kind: 'A' | 'B' | 'C',
      state: 'active' | 'previous' | 'retired',
      direction: 'incoming' | 'outgoing' = 'outgoing',
    ) => history.tokens.add({ token, linkId, kind, state, direction, issuedBy: 'them' });
    add('token-a-0001', 'A', 'retired');
    add('token-c-0001', 'C', 'retired');
    add('token-c-0002', 'C', 'previous');
    add('token-c-0003', 'C', 'active');
    add('token-b-0001', 'B', 'active', 'incoming');
    const facts = factsOf('locations.list', { direction: 'send' });
    const written = (kind: string) => {
      const id = history.faults.insert(kept(kind));
      const { engine } = engineOf(history);
      const message = {
        side: 'send',
        method: 'GET',
        url: facts.request.url,
        headers: [['Authorization', 'Token token-c-0003']],
        body: new Uint8Array(),
      } as const;
      const altered = engine.meet({ linkId, facts })?.alter(message).draft.message.headers;
      history.faults.remove([id]);
      const [, value = ''] = altered?.find(([name]) => name === 'Authorization') ?? [];
      const text = value.replace(/^Token /, '');
      return [text, Buffer.from(text, 'base64').toString()].find(one => one.startsWith('token-'));
    };
    expect(written('auth.token-a-again')).toBe('token-a-0001');
    expect(written('auth.old-token')).toBe('token-c-0002');
    expect(written('auth.swapped-token')).toBe('token-b-0001');
  });
});
