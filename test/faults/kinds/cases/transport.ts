import { expect } from 'vitest';
import type { SocketCase } from './case.ts';
import { END, FIRST_TARIFF } from './ground.ts';

const ONE = { ask: 'GET sender/tariffs?limit=1' } as const;
const CLOSED = { ...ONE, until: 'closed' } as const;
const BODY = `{"data":[${FIRST_TARIFF}],${END}`;

/** Head and body, both as they arrived. */
function parts(arrived: string): { readonly head: string; readonly body: string } {
  const end = arrived.indexOf('\r\n\r\n') + 4;
  return { head: arrived.slice(0, end), body: arrived.slice(end) };
}

/** The body is this, and the head announces so many bytes. */
function holds(body: string, announced: number | undefined) {
  return (arrived: string) => {
    const met = parts(arrived);
    expect(met.head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(met.body).toBe(body);
    const length = /\r\nContent-Length: (\d+)\r\n/.exec(met.head)?.[1];
    expect(length).toBe(announced === undefined ? undefined : String(announced));
  };
}

/** What no socket can show at one's leisure (TLS, hours) stands in the tests of server and client. */
export const TRANSPORT_CASES: readonly SocketCase[] = [
  { kind: 'transport.delay', parameters: { ms: 30 }, on: ONE, arrives: holds(BODY, BODY.length) },
  { kind: 'transport.hang', parameters: { ms: 30, after: 'head' }, on: CLOSED, arrives: holds('', BODY.length) },
  { kind: 'transport.dribble', parameters: { perSecond: 5_000 }, on: ONE, arrives: holds(BODY, BODY.length) },
  { kind: 'transport.close', on: CLOSED, arrives: '' },
  { kind: 'transport.reset', parameters: { after: 'head' }, on: CLOSED, arrives: holds('', BODY.length) },
  {
    kind: 'transport.cut',
    parameters: { at: 17 },
    on: CLOSED,
    arrives: holds(BODY.slice(0, 17), BODY.length),
  },
  {
    kind: 'transport.noise',
    parameters: { bytes: 20 },
    on: CLOSED,
    arrives: arrived => {
      expect(arrived).toHaveLength(20);
      expect(arrived).not.toMatch(/^HTTP/);
    },
  },
  {
    kind: 'transport.malformed-chunk',
    on: CLOSED,
    arrives: arrived => {
      const { head, body } = parts(arrived);
      const middle = Math.ceil(BODY.length / 2);
      expect(head).toMatch(/\r\nTransfer-Encoding: chunked\r\n/);
      expect(head).not.toMatch(/Content-Length/);
      expect(body).toBe(
        `${middle.toString(16)}\r\n${BODY.slice(0, middle)}\r\nxyz\r\n${BODY.slice(middle)}\r\n0\r\n\r\n`,
      );
    },
  },
  {
    kind: 'transport.wrong-content-length',
    on: CLOSED,
    arrives: holds(BODY, BODY.length + 10),
  },
];
