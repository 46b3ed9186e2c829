import { describe, it } from 'vitest';
import { sharedFaulty } from '../../support/faulty.ts';
import { playCase, titleOf } from './cases/case.ts';
import { ASYNC_CASES, HUB_CASES, MONEY_CASES, PUSH_CASES } from './cases/charging.ts';
import { bringTariffs } from './cases/ground.ts';
import { OBJECT_CASES } from './cases/objects.ts';
import { PAGING_CASES } from './cases/paging.ts';

const CASES = [...PAGING_CASES, ...OBJECT_CASES, ...PUSH_CASES, ...ASYNC_CASES, ...MONEY_CASES, ...HUB_CASES];
const house = sharedFaulty(bringTariffs);

describe('over a real socket, byte for byte', () => {
  it.each(CASES.map(one => ({ title: titleOf(one), one })))('$title', async ({ one }) => {
    await playCase(await house(), one);
  });
});
