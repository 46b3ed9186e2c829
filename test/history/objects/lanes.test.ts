import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLanes, type Way } from '../../../core/history/objects/lanes.ts';

describe('the lanes of pages and pushes', () => {
  it('let several of one way in at once, and those of the other when the last of them has left', async () => {
    const paged: string[] = [];
    const lanes = createLanes(lane => paged.push(lane));
    expect([lanes.enter('1 sessions', 'push'), lanes.enter('1 sessions', 'push')]).toEqual([undefined, undefined]);
    expect(lanes.enter('1 tariffs', 'page')).toBeUndefined();
    let entered = false;
    const waiting = lanes.enter('1 sessions', 'page')?.then(() => {
      entered = true;
    });
    lanes.leave('1 sessions');
    await Promise.resolve();
    expect([entered, lanes.wayOf('1 sessions'), paged]).toEqual([false, 'push', ['1 tariffs']]);
    lanes.leave('1 sessions');
    await waiting;
    expect([lanes.wayOf('1 sessions'), paged]).toEqual(['page', ['1 tariffs', '1 sessions']]);
    lanes.leave('1 sessions');
    expect(lanes.wayOf('1 sessions')).toBeUndefined();
  });

  it('whoever leaves without having entered is told', () => {
    expect(() => createLanes(() => {}).leave('1 sessions')).toThrow('1 sessions');
  });

  it('never hold both ways at once, and let everybody in after those who came before', async () => {
    const steps = fc.array(
      fc.oneof(fc.constantFrom<Way | 'leave'>('page', 'push', 'leave'), fc.constant<'leave'>('leave')),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async given => {
        const lanes = createLanes(() => {});
        const inside: Way[] = [];
        const came: number[] = [];
        const entries: number[] = [];
        const enter = (way: Way) => {
          const number = came.push(came.length) - 1;
          const note = () => {
            entries.push(number);
            inside.push(way);
            expect(new Set(inside).size).toBe(1);
          };
          const wait = lanes.enter('lane', way);
          if (wait) void wait.then(note);
          else note();
        };
        const leave = async () => {
          inside.pop();
          lanes.leave('lane');
          await new Promise(setImmediate);
        };
        for (const step of given) {
          if (step !== 'leave') enter(step);
          else if (inside.length > 0) await leave();
        }
        while (inside.length > 0) await leave();
        expect(entries).toEqual(came);
        expect(lanes.wayOf('lane')).toBeUndefined();
      }),
    );
  });
});
