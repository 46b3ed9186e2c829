import { afterEach } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { createWire, type Wire } from '../../core/http/send.ts';
import { DEFAULT_WIRE_SETTINGS, type OutgoingRequest, type WireSettings } from '../../core/http/wire.ts';
import { type RawAction, startRawServer } from '../support/raw-server.ts';

/** What a test opened, closed after it in reverse order. */
export const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A partner of literal bytes. */
export async function server(...scripts: (readonly RawAction[])[]) {
  const started = await startRawServer({ scripts });
  cleanups.push(started.stop);
  return started;
}

export function wire(settings: Partial<WireSettings> = {}): Wire {
  const created = createWire({ ...DEFAULT_WIRE_SETTINGS, ...settings }, { clock: systemClock });
  cleanups.push(created.close);
  return created;
}

export const get = (url: string): OutgoingRequest => ({
  method: 'GET',
  url,
  headers: [['Accept', 'application/json']],
});
export const utf8 = (text: string) => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');
export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
