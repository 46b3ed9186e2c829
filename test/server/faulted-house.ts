import * as z from 'zod';
import { systemClock } from '../../core/clock.ts';
import { type FaultKind, faultKind } from '../../core/faults/kind.ts';
import { TRANSPORT_KINDS } from '../../core/faults/kinds/transport.ts';
import { createAnsweringFaults } from '../../core/faults/perform/answering.ts';
import type { ServerOptions } from '../../core/server/options.ts';
import type { Responder } from '../../core/server/responder.ts';
import { testAuthority, testCertificate } from '../support/certificates.ts';
import { type FixedRule, fixedEngine } from '../support/fault-engine.ts';
import { type RawTarget, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house } from './house.ts';

export const PATH = '/ocpi/2.2.1/sender/locations';
export const TARGET = `GET ${PATH}`;
export const IDS = ['X-Request-ID: r-1', 'X-Correlation-ID: c-1'];
export const LIST = request(TARGET, [AUTHORIZATION, ...IDS]);
const DATA = Array.from({ length: 20 }, (_, at) => ({ id: `LOC${at}` }));
export const TLS: RawTarget['tls'] = { ca: testAuthority, servername: 'localhost' };

/** A kind of the catalogue by the end of its name. */
export function transport(name: string, parameters: Record<string, unknown> = {}): FixedRule {
  const kind = TRANSPORT_KINDS.find(one => one.kind === `transport.${name}`);
  if (kind === undefined) throw new Error(`there is no transport.${name}`);
  return { kind, parameters };
}

/** A kind made for one test. */
export function made(parts: Pick<FaultKind, 'alter' | 'before'>): FixedRule {
  const kind = faultKind({
    kind: 'envelope.test',
    family: 'envelope',
    title: 'test',
    explain: () => 'Test.',
    parameters: z.strictObject({}),
    cases: [],
    directions: ['answer'],
    sample: { operation: 'locations.list', version: '2.2.1', direction: 'answer' },
    ...parts,
  });
  return { kind };
}

/** A server whose list of locations goes through these rules, in their order. */
export async function faulty(rules: readonly FixedRule[], options: Partial<ServerOptions> = {}) {
  const settled: boolean[] = [];
  const troubles: unknown[] = [];
  const asked: string[] = [];
  const locations: Responder = {
    serves: ['locations.list'],
    respond: ({ query }) => {
      asked.push(query);
      return { status: 200, envelope: { statusCode: 1000, data: DATA }, settled: done => settled.push(done) };
    },
  };
  const engine = fixedEngine(rules);
  const ownVersionsUrl = () =>
    options.tls === undefined ? 'http://127.0.0.1/ocpi/versions' : 'https://localhost/ocpi/versions';
  const faults = createAnsweringFaults({
    engine,
    clock: systemClock,
    ownVersionsUrl,
    onTrouble: (_, error) => troubles.push(error),
  });
  const served = await house({ faults, responders: [locations], ...options });
  return { ...served, settled, asked, engine, troubles };
}

export const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');
export const bodyOf = (literal: string) => literal.slice(literal.indexOf('\r\n\r\n') + 4);
export const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
export const SECURE = { tls: testCertificate('server') };
