import { describe, expect, it } from 'vitest';
import { createControl } from '../../../core/replay/run/control.ts';

const never = new AbortController().signal;
/** Whether it has been decided by now. */
async function settled(promise: Promise<boolean>): Promise<boolean | 'waits'> {
  return Promise.race([promise, new Promise<'waits'>(resolve => setTimeout(() => resolve('waits'), 5))]);
}

describe('the control of a replay', () => {
  it('lets every step begin until it is paused, and then one for each that is asked for', async () => {
    const control = createControl(false);
    expect(await control.next(never)).toBe(true);
    control.pause();
    const next = control.next(never);
    expect(await settled(next)).toBe('waits');
    control.step();
    expect(await next).toBe(true);
    expect(await settled(control.next(never))).toBe('waits');
    expect(control.state()).toMatchObject({ paused: true, stopped: false });
  });

  it('forgets steps that were asked for when it goes on and is paused again', async () => {
    const control = createControl(true);
    control.step();
    control.step();
    control.continue();
    control.pause();
    expect(await settled(control.next(never))).toBe('waits');
  });

  it('lets nothing begin once it is stopped or cancelled, also what waits for its turn', async () => {
    const control = createControl(true);
    const next = control.next(never);
    control.stop();
    expect(await next).toBe(false);
    control.continue();
    control.step();
    expect(await control.next(never)).toBe(false);

    const abort = new AbortController();
    const waiting = createControl(true).next(abort.signal);
    abort.abort();
    expect(await waiting).toBe(false);
  });

  it('tells of each change once, as long as somebody listens', () => {
    const control = createControl(false);
    const heard: string[] = [];
    const deaf = control.onChange(({ paused, waitsFor }) => heard.push(`${paused} ${waitsFor}`));
    control.pause();
    control.pause();
    control.waitFor('a result');
    control.waitFor('a result');
    deaf();
    control.continue();
    expect(heard).toEqual(['true null', 'true a result']);
  });
});
