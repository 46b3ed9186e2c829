import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createSparing, createThrift } from '../../../core/history/objects/thrift.ts';

describe('the memory of a long pull', () => {
  it('counts for more than speed from some length on, and no longer once the pull is over', async () => {
    const told: string[] = [];
    const thrift = createThrift(systemClock, flag => told.push(flag));
    for (let page = 0; page < 120; page++) {
      thrift.underWay(1);
      thrift.stored(1000);
      thrift.underWay(-1);
    }
    expect(told).toEqual([]);
    thrift.underWay(1);
    thrift.stored(1000);
    thrift.stored(1000);
    expect(told).toEqual(['--optimize-for-size']);
    thrift.underWay(-1);
    await expect.poll(() => told).toEqual(['--optimize-for-size', '--no-optimize-for-size']);
  });

  it('is a matter of one pull: short ones with a rest between them never come to it', async () => {
    const told: string[] = [];
    let late: (() => void) | undefined;
    const deadline = (_: number, over: () => void) => {
      late = over;
      return { cancel: () => {} };
    };
    const thrift = createThrift({ ...systemClock, deadline }, flag => told.push(flag));
    for (let pull = 0; pull < 3; pull++) {
      thrift.underWay(1);
      thrift.stored(100_000);
      thrift.underWay(-1);
      late?.();
    }
    expect(told).toEqual([]);
  });
});

describe('work that spares memory', () => {
  it('asks for it once, however much of it there is, until all of it has ended', () => {
    const told: string[] = [];
    const tell = (flag: string) => told.push(flag);
    const [one, other] = [createSparing(tell), createSparing(tell)];
    one.begin();
    one.begin();
    other.begin();
    expect(told).toEqual(['--optimize-for-size']);
    one.end();
    one.end();
    expect(told).toEqual(['--optimize-for-size']);
    other.end();
    expect(told).toEqual(['--optimize-for-size', '--no-optimize-for-size']);
    createSparing(tell).end();
    other.begin();
    expect(told).toHaveLength(3);
  });
});
