import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { JSON_TYPE, linkLine } from '../../session-log/support/lines.ts';
import {
  logOf,
  registrationLines,
  reproduce,
  tryReproduce,
  unanswered,
  weAsked,
} from '../../session-log/support/reproducing.ts';
import { connectRaw, request } from '../../support/raw-client.ts';

describe('a reproduced ending', () => {
  const one = (changes: Parameters<typeof weAsked>[2]) => [linkLine(), weAsked(1, 'GET /ocpi/x', changes)];
  const literally = async (port: number, ...headers: string[]): Promise<string> => {
    const client = await connectRaw({ port });
    await client.send(request('GET /ocpi/x', headers));
    return client.closed();
  };

  it('cuts an answer where it was cut, with the length that was announced', async () => {
    const { port } = await reproduce(
      one({
        answer: '{"data":[',
        answerHeaders: [['Content-Length', '500']],
        ended: { how: 'cut', received: 9, announced: 500 },
      }),
    );
    const received = await literally(port);
    expect(received).toBe('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"data":[');
  });

  it('cuts an answer in chunks before its last one', async () => {
    const { port } = await reproduce(
      one({ answer: '{"data"', answerHeaders: [['Transfer-Encoding', 'chunked']], ended: { how: 'cut', received: 7 } }),
    );
    expect(await literally(port)).toMatch(/\r\n\r\n7\r\n\{"data"$/);
  });

  it('ends an answer in chunks as it ended then', async () => {
    const { port } = await reproduce(
      one({
        answer: '{}',
        answerHeaders: [
          ['Transfer-Encoding', 'chunked'],
          ['Connection', 'close'],
        ],
      }),
    );
    expect(await literally(port)).toMatch(/\r\n\r\n2\r\n\{\}\r\n0\r\n\r\n$/);
  });

  it('closes behind an answer that has neither length nor chunks', async () => {
    const line = weAsked(1, 'GET /ocpi/x', { answer: '{}' });
    const { port } = await reproduce([
      linkLine(),
      { ...line, response: { status: 200, statusText: 'Fine', headers: [JSON_TYPE], body: { text: '{}' } } },
    ]);
    expect(await literally(port)).toBe('HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\n\r\n{}');
  });

  it('resets a connection without an answer', async () => {
    const { port, requests } = await reproduce([
      linkLine(),
      unanswered(weAsked(1, 'GET /ocpi/x'), { how: 'reset', received: 0 }),
    ]);
    expect(await literally(port)).toBe('');
    expect(requests()).toMatchObject([{ status: null, recordedId: 1 }]);
  });

  it('says nothing where nothing was said until it timed out', async () => {
    const { port } = await reproduce([
      linkLine(),
      unanswered(weAsked(1, 'GET /ocpi/x'), { how: 'timeout', phase: 'first-byte', afterMs: 100 }),
    ]);
    const client = await connectRaw({ port });
    await client.send(request('GET /ocpi/x'));
    await expect(client.closed(250)).rejects.toThrow('waited 250 ms; received so far: ""');
    client.destroy();
  });

  it('sends what was no HTTP', async () => {
    const raw = Buffer.from('SSH-2.0-OpenSSH\r\n').toString('base64');
    const { port } = await reproduce([
      linkLine(),
      unanswered(weAsked(1, 'GET /ocpi/x'), { how: 'malformed', detail: 'no HTTP', raw }),
    ]);
    expect(await literally(port)).toBe('SSH-2.0-OpenSSH\r\n');
  });

  it('takes as long as then to answer, unless it is told to answer at once', async () => {
    const records = one({ timings: { firstByte: 400, total: 410 } });
    const slow = await reproduce(records, { timing: 'recorded' });
    const began = performance.now();
    await literally(slow.port, 'Connection: close');
    expect(performance.now() - began).toBeGreaterThan(390);
  });

  it('is told where only the beginning of a body was kept', async () => {
    const line = weAsked(1, 'GET /ocpi/x', { answer: '{"dat' });
    const response = {
      ...line.response,
      status: 200,
      statusText: 'OK',
      headers: [],
      body: { text: '{"dat', length: 1000 },
    };
    const { port, requests } = await reproduce([linkLine(), { ...line, response }]);
    expect(await literally(port)).toMatch(/\{"dat$/);
    expect(requests()[0]?.differences).toContain(
      "The recording keeps 5 of the 1000 bytes of this answer's body; that much is sent.",
    );
  });

  it('is told too where a list is ended behind the objects of it that are whole, as an envelope', async () => {
    const text = '{"data":[{"id":"1"},{"id":"2"},{"id":"';
    const line = weAsked(1, 'GET /ocpi/x', { answer: text });
    const response = { ...line.response, status: 200, statusText: 'OK', headers: [], body: { text, length: 1000 } };
    const { port, requests } = await reproduce([linkLine(), { ...line, response, ocpiStatus: 1000 }]);
    const answer = await literally(port);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({
      data: [{ id: '1' }, { id: '2' }],
      status_code: 1000,
      timestamp: expect.any(String),
    });
    expect(requests()[0]?.differences).toContain(
      `The recording keeps ${text.length} of the 1000 bytes of this answer's body; what is whole of it, 2 objects, is sent.`,
    );
  });
});

describe('a reproduction that cannot be', () => {
  it('says so where its port is taken', async () => {
    const path = await logOf(registrationLines());
    const first = await tryReproduce(path);
    const port = first.ok ? Number(new URL(first.value.view().versionsUrl).port) : 0;
    expect(await tryReproduce(path, { port })).toMatchObject({ ok: false, failure: { code: 'PORT_TAKEN' } });
  });

  it('says so where the log holds several links, or not the one named', async () => {
    const path = await logOf([linkLine(1), linkLine(2), weAsked(1, 'GET /ocpi/versions')]);
    expect(await tryReproduce(path)).toMatchObject({
      failure: { code: 'INVALID_INPUT', message: 'the log holds several links: "acme-1", "acme-2"' },
    });
    expect(await tryReproduce(path, { link: 'other' })).toMatchObject({ failure: { code: 'NOT_FOUND' } });
    expect(await tryReproduce(path, { link: 'ACME-1' })).toMatchObject({ ok: true });
    expect(await tryReproduce(path, { link: 'acme-2' })).toMatchObject({
      failure: { message: expect.stringContaining('holds nothing that "acme-2" was asked for') },
    });
  });

  it('says so where there is no such file, or it is no log', async () => {
    expect(await tryReproduce('/nowhere/at/all.ocpilog')).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
    expect(await tryReproduce(import.meta.filename)).toMatchObject({ ok: false });
  });

  it('says so where it cannot be unpacked', async () => {
    const path = await logOf(registrationLines());
    vi.stubEnv('TMPDIR', join(path, 'nowhere'));
    try {
      expect(await tryReproduce(path)).toMatchObject({
        ok: false,
        failure: { code: 'OPERATION_FAILED', message: expect.stringContaining('no folder for the recording') },
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('listens no more once it is stopped, and leaves nothing that hangs', async () => {
    const { port, stop, view } = await reproduce([
      linkLine(),
      unanswered(weAsked(1, 'GET /ocpi/x'), { how: 'timeout', phase: 'first-byte', afterMs: 100 }),
    ]);
    const client = await connectRaw({ port });
    await client.send(request('GET /ocpi/x'));
    await new Promise(resolve => setTimeout(resolve, 100));
    await stop();
    expect(await client.closed()).toBe('');
    expect(view().state).toBe('stopped');
    await expect(connectRaw({ port })).rejects.toThrow('ECONNREFUSED');
  });

  it('lists what is no HTTP', async () => {
    const { port, requests } = await reproduce(registrationLines());
    const client = await connectRaw({ port });
    await client.send('NONSENSE\r\n\r\n');
    await client.closed();
    expect(requests()).toMatchObject([
      { method: '', recordedId: null, differences: [expect.stringContaining('no HTTP')] },
    ]);
  });
});
