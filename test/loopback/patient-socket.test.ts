import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Clock, systemClock } from '../../core/clock.ts';
import { type PatientSocket, patientSocket } from '../../core/loopback/patient-socket.ts';

const MEBIBYTE = 1024 * 1024;
/** The same clock, a hundred times as fast: twenty seconds of patience pass in 200 ms. */
const quickClock: Clock = { ...systemClock, deadline: (ms, late) => systemClock.deadline(ms / 100, late) };

let server: WebSocketServer;
let reader: WebSocket;
let ours: WebSocket;
let socket: PatientSocket;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const connected = once(server, 'connection') as Promise<[WebSocket]>;
  reader = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  [[ours]] = await Promise.all([connected, once(reader, 'open')]);
  ours.on('error', () => ours.terminate());
});
afterEach(async () => {
  reader.terminate();
  for (const one of server.clients) one.terminate();
  await new Promise(resolve => server.close(resolve));
});

/** Sends one megabyte after the other, each when the one before has left, until it is told to stop. */
function stream() {
  const told = { sent: 0, on: true };
  const run = async () => {
    while (told.on && ours.readyState === ours.OPEN) {
      await socket.send('x'.repeat(MEBIBYTE));
      told.sent++;
    }
  };
  void run();
  return told;
}

describe('a slow reader', () => {
  it('holds its stream back instead of having it pile up, and gets the rest when it reads on', async () => {
    socket = patientSocket(ours, systemClock);
    reader.pause();
    const told = stream();
    await systemClock.sleep(300);
    const before = told.sent;
    expect(ours.bufferedAmount).toBeLessThan(2 * MEBIBYTE);
    await systemClock.sleep(100);
    expect(told.sent).toBe(before);
    reader.resume();
    while (told.sent < before + 20) await systemClock.sleep(10);
    told.on = false;
  });

  it('is not listened to while its answers wait', async () => {
    socket = patientSocket(ours, systemClock);
    let taken = 0;
    ours.on('message', () => {
      taken++;
      void socket.send('x'.repeat(MEBIBYTE));
    });
    reader.pause();
    // Each is as large as what a socket hands on at once, so that pausing shows.
    for (let asked = 0; asked < 100; asked++) reader.send('?'.repeat(64 * 1024));
    await systemClock.sleep(500);
    expect(taken).toBeLessThan(40);
    expect(ours.bufferedAmount).toBeLessThan(16 * MEBIBYTE);
    reader.resume();
    while (taken < 100) await systemClock.sleep(10);
  });

  it('that reads nothing for long is let go, and may connect anew', async () => {
    socket = patientSocket(ours, quickClock);
    const closed = once(ours, 'close');
    reader.pause();
    stream();
    await closed;
    expect(ours.bufferedAmount).toBe(0);
  });

  it('that reads again in the last moment is told to try later: 1013', async () => {
    socket = patientSocket(ours, {
      ...quickClock,
      deadline: (ms, late) => systemClock.deadline(ms >= 10_000 ? ms / 100 : ms, late),
    });
    const closed = once(reader, 'close') as Promise<[number]>;
    reader.pause();
    stream();
    while (ours.readyState === ours.OPEN) await systemClock.sleep(10);
    reader.resume();
    expect((await closed)[0]).toBe(1013);
  });

  it('that keeps reading, however slowly, is kept', async () => {
    socket = patientSocket(ours, quickClock);
    const told = stream();
    reader.on('message', () => {
      reader.pause();
      void systemClock.sleep(60).then(() => reader.resume());
    });
    await systemClock.sleep(1_200);
    told.on = false;
    expect(ours.readyState).toBe(ours.OPEN);
    expect(told.sent).toBeGreaterThan(5);
  });
});
