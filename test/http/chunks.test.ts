import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChunks, giveBack } from '../../core/http/chunks.ts';

const LIMIT = 10_000;

describe('the chunks of a body', () => {
  it('make up the whole, whatever length was announced', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 });
    const announced = fc.oneof(fc.integer({ min: -1, max: LIMIT * 2 }), fc.constant(Number.NaN), fc.constant('true'));
    fc.assert(
      fc.property(chunks, announced, (parts, said) => {
        const expected = Buffer.concat(parts);
        const body = createChunks({ announced: said === 'true' ? expected.length : (said as number), most: LIMIT });
        for (const part of parts) body.add(Buffer.from(new Uint8Array(part).buffer));
        expect(body.whole().equals(expected)).toBe(true);
      }),
    );
  });

  it('of an announced length come in memory of their own, so that it can be moved', () => {
    const body = createChunks({ announced: 8, most: LIMIT });
    body.add(Buffer.from('{"a"'));
    body.add(Buffer.from(':10}'));
    const whole = body.whole();
    expect(whole.toString()).toBe('{"a":10}');
    expect(whole.buffer.byteLength).toBe(8);
  });

  it('give back memory that is theirs alone, and none that others share', () => {
    const alone = Buffer.from(new Uint8Array(100).buffer);
    const shared = Buffer.from(new Uint8Array(100).buffer, 10, 20);
    giveBack(alone);
    giveBack(shared);
    expect(alone.length).toBe(0);
    expect(shared.length).toBe(20);
  });
});
