import { describe, it } from 'vitest';
import { sharedFaulty } from '../../support/faulty.ts';
import { AUTH_CASES } from './cases/auth.ts';
import { playCase, titleOf } from './cases/case.ts';
import { DISCOVERY_CASES } from './cases/discovery.ts';
import { ENVELOPE_CASES } from './cases/envelope.ts';
import { bringTariffs } from './cases/ground.ts';
import { HEADER_CASES } from './cases/headers.ts';
import { TRANSPORT_CASES } from './cases/transport.ts';

const CASES = [...AUTH_CASES, ...DISCOVERY_CASES, ...ENVELOPE_CASES, ...HEADER_CASES, ...TRANSPORT_CASES];
const house = sharedFaulty(bringTariffs);

describe('over a real socket, byte for byte', () => {
  it.each(CASES.map(one => ({ title: titleOf(one), one })))('$title', async ({ one }) => {
    await playCase(await house(), one);
  });
});
