import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import type { PageToStore } from '../../../core/contract/ingest.ts';
import type { History } from '../../../core/history/history.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { versionsExchange } from '../../support/exchanges.ts';
import { newLink } from '../folder.ts';
import { answer } from '../objects/pages.ts';

/** The uid that is to be forgotten, and one that only begins like it. */
export const UID = '04A1B2C3D4';
export const LONGER = '04A1B2C3D4E5';

/** A token as a partner sends it. */
export function token(uid: string, more: object = {}) {
  return {
    country_code: 'NL',
    party_id: 'TNM',
    uid,
    type: 'RFID',
    contract_id: `NL-TNM-C00${uid.length}`,
    issuer: 'TNM',
    valid: true,
    whitelist: 'ALWAYS',
    last_updated: '2026-03-01T10:00:00Z',
    ...more,
  };
}

type Body = NonNullable<ExchangeRecord['response']>['body'];

function jsonAnswer(body: Body, coding?: string): Pick<ExchangeRecord, 'response'> {
  return {
    response: {
      status: 200,
      statusText: 'OK',
      headers: [
        ['Content-Type', 'application/json'],
        ...(coding === undefined ? [] : [['Content-Encoding', coding] as [string, string]]),
        ['Content-Length', String(body.length)],
      ],
      body,
    },
  };
}

/** Exchanges with a value at every place of an exchange. */
export function exchangesWith(uid: string): ExchangeRecord[] {
  const json = Buffer.from(JSON.stringify({ data: token(uid), status_code: 1000, filler: 'x'.repeat(3000) }));
  const small = Buffer.from(`{"uid":"\\u00${uid.charCodeAt(0).toString(16)}${uid.slice(1)}","other":"${LONGER}"}`);
  const { request } = versionsExchange(1);
  return [
    versionsExchange(1, {
      request: {
        ...request,
        url: `/ocpi/cpo/2.2.1/tokens/NL/TNM/${uid}?type=RFID&also=%2F${uid.toLowerCase()}%2F`,
        headers: [...request.headers, ['X-Token', uid], ['Referer', `https://a.example/${LONGER}`]],
      },
      ...jsonAnswer(json),
    }),
    versionsExchange(2, jsonAnswer(gzipSync(json), 'gzip')),
    versionsExchange(3, jsonAnswer(brotliCompressSync(small), 'br')),
    versionsExchange(4, {
      ...jsonAnswer(small),
      requestId: `req ${uid}`,
      findings: [
        {
          severity: 'error',
          code: 'envelope.status-code',
          pointer: '/uid',
          met: `"${uid}"`,
          expected: 'another',
          section: '1.1',
          detector: 1,
        } as unknown as ExchangeRecord['findings'][number],
      ],
    }),
    versionsExchange(5, {
      ended: { how: 'malformed', raw: Buffer.from(`GET /${uid} HTTP/9\r\n`), reason: `at ${uid}` } as never,
    }),
    // The same bytes again: bodies are kept once.
    versionsExchange(6, jsonAnswer(json)),
    versionsExchange(7),
  ];
}

/** Puts the value wherever something is kept. */
export async function fill(history: History, uid = UID): Promise<void> {
  const link = history.links.insert(newLink('Acme', { organisation: `who has ${uid}` }));
  const stored = await Promise.all(exchangesWith(uid).map(record => history.recorder.record(record)));
  history.notes.write(stored[0]?.id ?? 0, `the driver with ${uid.toLowerCase()}, not ${LONGER}`);
  const run = history.runs.insert({ kind: 'look', initiator: 'us', startedAt: 1, linkId: link.id });
  history.runs.update(run.id, { state: 'done', result: { summary: `met ${uid}` } } as never);
  history.scenarios.put('one', JSON.stringify({ scenario: 1, name: 'one', uid }));
  history.settings.set('asked.last', { uid });
  history.faults.insert({
    name: `only ${uid}`,
    kind: 'envelope.data-null',
    pack: null,
    parameters: {},
    scope: { object: uid },
    when: {},
    seed: '1',
    armed: false,
    reachesRegistration: false,
    reachesProduction: false,
  });
  history.ownData.put(
    [uid, LONGER, 'OTHER1'].map(id => ({
      party: 'NL-WBX',
      module: 'tokens' as const,
      id,
      type: 'RFID',
      version: '2.2.1' as const,
      text: JSON.stringify(token(id)),
      lastUpdated: 1,
    })),
  );
  putBeside(history.file, uid);
  const { logId } = history.logs.insert({
    name: 'a log',
    about: {
      format: 1,
      workbench: '0.1.0',
      writtenAt: '2026-01-01T00:00:00.000Z',
      title: `about ${uid}`,
      scope: {},
      redacted: [],
      keptPersonal: null,
      platform: { parties: [], versions: [], versionsUrl: null },
      exchanges: 1,
    },
    condition: 'whole',
    counts: { links: 0, rules: 0, runs: 0, exchanges: 1, findings: 0, notes: 0, objects: 0, revisions: 0 },
    rules: [],
    from: null,
    to: null,
  });
  history.logs.update(logId, { state: 'stored' });
  for (const [page, valid] of [true, false].entries()) {
    const items = [uid, LONGER, 'OTHER1'].map(id => token(id, { valid, visual_number: `card ${id}` }));
    await history.objects.ingest.store(tokensPage(answer(items), link.id, page));
  }
}

/** What only whoever replays, imports or has faults at work writes. */
function putBeside(file: string, uid: string): void {
  const database = new Database(file);
  const json = JSON.stringify({ deep: JSON.stringify({ uid }) });
  database
    .prepare("INSERT INTO replay VALUES (1, 'partner', 'a replay', ?, ?, 1, 1, 1, 0)")
    .run(json, JSON.stringify({ exchanges: [`/tokens/${uid}`] }));
  database
    .prepare("INSERT INTO replay_step (run_id, no, verdict, details) VALUES (1, 1, 'same', ?)")
    .run(JSON.stringify({ sent: `PUT /tokens/NL/TNM/${uid} HTTP/1.1`, body: json }));
  database.prepare("INSERT INTO fault_memory VALUES (1, 1, 'last', ?)").run(JSON.stringify(uid));
  database
    .prepare("INSERT INTO exchange_fault VALUES (1, 'x', '[]', 'PUT /x', ?, 1, 5, ?)")
    .run(`X-Token\n${uid}\n`, JSON.stringify([`sent ${uid}`]));
  database.close();
}

function tokensPage(body: Uint8Array, linkId: number, page: number): PageToStore {
  return {
    linkId,
    module: 'tokens',
    list: '',
    version: '2.2.1',
    shape: 'list',
    body,
    runId: page + 1,
    page: 0,
    seenAt: 2e12 + page,
  } as PageToStore;
}

/** All that is kept, unpacked and decoded, without what only says where it stands. */
export function dumped(file: string): string {
  const database = new Database(file, { readonly: true });
  try {
    const body = (id: number | null, headers: string | null) => {
      if (id === null) return null;
      const row = database.prepare('SELECT coding, content FROM body WHERE id = ?').get(id) as {
        coding: number;
        content: Buffer;
      };
      const bytes = row.coding === 1 ? zstdDecompressSync(row.content) : row.content;
      const coding = /Content-Encoding\n(\w+)/.exec(headers ?? '')?.[1];
      return (coding === 'gzip' ? gunzipSync(bytes) : coding === 'br' ? brotliDecompressSync(bytes) : bytes).toString();
    };
    const exchanges = (database.prepare('SELECT * FROM exchange ORDER BY id').all() as Record<string, never>[]).map(
      ({ request_body, response_body, response_length: _, ...row }) => ({
        ...row,
        ended_details: row['ended_details'] === null ? null : rawRead(String(row['ended_details'])),
        response_headers: String(row['response_headers']).replace(/Content-Length\n\d+/, ''),
        request: body(request_body ?? null, String(row['request_headers'])),
        response: body(response_body ?? null, String(row['response_headers'])),
      }),
    );
    const text = ({ block, place, length }: { block: number; place: number; length: number }) => {
      const packed = database.prepare('SELECT content FROM object_block WHERE id = ?').pluck().get(block) as Buffer;
      return zstdDecompressSync(packed)
        .subarray(place, place + length)
        .toString();
    };
    const objects = ['object', 'object_revision'].map(table =>
      (database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all() as never[]).map(row => ({
        ...(row as object),
        hash: '',
        text: text(row),
      })),
    );
    const beside = ['replay', 'replay_step', 'imported_log', 'fault_memory'];
    const rest = [
      ...beside,
      'exchange_note',
      'run',
      'scenario',
      'setting',
      'fault_rule',
      'own_object',
      'object_value',
      'link',
    ].map(table => database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all());
    return JSON.stringify({ exchanges, objects, rest }, null, 1);
  } finally {
    database.close();
  }
}

function rawRead(details: string): unknown {
  const { raw, ...rest } = JSON.parse(details);
  return { ...rest, raw: Buffer.from(String(raw), 'base64').toString() };
}

/** Names of the files beside a database whose bytes hold the value, in any case, though not as part of the longer one. */
export function filesHolding(file: string, uid = UID): string[] {
  const folder = dirname(file);
  return readdirSync(folder).filter(name => {
    if (!name.startsWith(basename(file))) return false;
    const bytes = readFileSync(join(folder, name)).toString('latin1').toLowerCase();
    return bytes.includes(uid.toLowerCase());
  });
}
