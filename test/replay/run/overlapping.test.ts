import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { done } from '../../../core/contract/failure.ts';
import type { ReadyRequest } from '../../../core/replay/plan.ts';
import type { ReplayPorts } from '../../../core/replay/ports.ts';
import { createControl } from '../../../core/replay/run/control.ts';
import { runReplay } from '../../../core/replay/run/run-replay.ts';
import { planned } from '../support/planned.ts';
import { met, said } from '../support/recorded.ts';

const TIME = '2025-05-01T10:00:00Z';

/** So many updates of as many sessions, and one more of the first. */
function updates(sessions: number) {
  const ids = [...Array.from({ length: sessions }, (_, at) => `SES-${at}`), 'SES-0'];
  return planned(
    ids.map((id, at) =>
      said({
        operation: 'sessions.patch',
        path: `/NL/OUR/${id}`,
        at,
        body: { kwh: at, last_updated: TIME },
        correlationId: 'one',
      }),
    ),
  );
}

function replayed(plan: ReturnType<typeof updates>, send: ReplayPorts['send']) {
  let last = 0;
  const ports: ReplayPorts = {
    clock: systemClock,
    send,
    arrived: async () => undefined,
    responseUrl: () => '',
    answerWith: () => () => {},
    nudge: async () => ({ how: 'not-ours' }),
    flow: async () => ({ ok: true, reason: '', exchangeIds: [] }),
    findingsOf: async () => new Map(),
    newId: () => `new-${++last}`,
    tell: () => {},
  };
  const options = { speed: 'fast', strict: false, wait: 1 } as const;
  const signal = new AbortController().signal;
  return runReplay({ plan, options, ports, control: createControl(false), signal });
}

describe('as fast as possible', () => {
  it('sixteen updates are under way at once, and those of one object never are', async () => {
    const plan = updates(40);
    const open = new Set<string>();
    let most = 0;
    let sent = 0;
    const { summary } = await replayed(plan, async ({ url }: ReadyRequest) => {
      expect(open).not.toContain(url);
      open.add(url);
      sent++;
      most = Math.max(most, open.size);
      await systemClock.sleep(5);
      open.delete(url);
      return done({ exchangeIds: [sent], spoken: met({ operation: 'sessions.patch', path: '/NL/OUR/SES' }) });
    });
    expect({ sent, most, summary }).toEqual({ sent: 41, most: 16, summary: '41 of 41 steps as recorded' });
  });

  it('a bug of ours ends the replay instead of being waited for', async () => {
    const broken = replayed(updates(20), async () => {
      await systemClock.sleep(1);
      throw new Error('a bug');
    });
    await expect(broken).rejects.toThrow('a bug');
  });
});
