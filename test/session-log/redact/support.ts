import { createHmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { RedactionGroup } from '../../../core/contract/session-log.ts';
import { createSealer } from '../../../core/http/sealing.ts';
import type { LogRecord } from '../../../core/session-log/format/records.ts';
import { createRedaction, type Redaction } from '../../../core/session-log/redact/redaction.ts';
import { exchangeLine } from '../support/lines.ts';

export const ALL_GROUPS: readonly RedactionGroup[] = ['personal', 'parties', 'addresses', 'coordinates', 'hosts'];

export function sealerFor(...tokens: string[]) {
  const idOf = (token: string) => createHmac('sha256', 'test key').update(token).digest('hex').slice(0, 12);
  const known = tokens.map(token => ({ id: idOf(token), token }));
  return createSealer({ idOf, known: () => known });
}

interface Options {
  readonly groups?: readonly RedactionGroup[];
  readonly key?: string;
  readonly tokens?: readonly string[];
}

/** Both passes over these records. */
export function redacted<T extends LogRecord>(
  records: readonly T[],
  { groups = ['personal'], key = 'one file', tokens = [] }: Options = {},
): { readonly records: T[]; readonly redaction: Redaction } {
  const redaction = createRedaction({ groups, key, seal: sealerFor(...tokens) });
  for (const record of records) redaction.look(record);
  return { records: records.map(record => redaction.apply(record) as T), redaction };
}

/** Everything a line says: as it stands, with its escapes undone, and its packed parts unpacked. */
export function everyReading(record: LogRecord): string[] {
  const texts: string[] = [];
  const add = (text: string, depth = 0): void => {
    texts.push(text);
    if (depth > 3) return;
    for (const other of [unescaped(text), percentDecoded(text), htmlDecoded(text)]) {
      if (other !== text) add(other, depth + 1);
    }
  };
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      add(value);
      if (name === 'base64' || name === 'raw') {
        const bytes = Buffer.from(value, 'base64');
        add(bytes.toString('latin1'));
        add(bytes.toString('utf8'));
        add(bytes.toString('utf16le'));
        if (bytes[0] === 0x1f) add(gunzipSync(bytes).toString('utf8'));
      }
      for (const [run] of value.matchAll(/[A-Za-z0-9+/_-]{8,}=*/g)) {
        const once = Buffer.from(run, 'base64').toString('utf8');
        texts.push(once, Buffer.from(once, 'base64').toString('utf8'));
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        add(key);
        walk(one, key);
      }
    }
  };
  walk(record, '');
  return texts;
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(["'\\/])/g, '$1');
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

function htmlDecoded(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

export const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

/** What becomes of one body of a response. */
export function bodyAfter(
  text: string,
  operation = 'sessions.list',
  groups: readonly RedactionGroup[] = ['personal'],
): string {
  const line = exchangeLine(1, {
    operation,
    request: { method: 'GET', url: '/', headers: [] },
    response: { status: 200, statusText: 'OK', headers: [JSON_TYPE], body: { text } },
  });
  return redacted([line], { groups }).records[0]?.response?.body?.text ?? '';
}

export const withNote = (note: string, id = 9) => exchangeLine(id, { note });

export const TOKEN = {
  country_code: 'NL',
  party_id: 'ACM',
  uid: '04A1B2C3D4E5F6',
  type: 'RFID',
  contract_id: 'NL-ACM-C12345678-X',
  visual_number: 'DF000-2001-8999-1',
  issuer: 'Acme Mobility',
  group_id: 'GROUP-7781-X',
  valid: true,
  whitelist: 'ALLOWED',
  energy_contract: { supplier_name: 'Green Power', contract_id: 'EC-99812-77' },
  last_updated: '2026-03-02T10:00:00Z',
};
