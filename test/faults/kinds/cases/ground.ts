import type { TestPlatform } from '../../../support/platform.ts';

const TARIFF =
  '{"country_code":"NL","party_id":"WBX","id":"T%","currency":"EUR","tariff_alt_text":[{"language":"sv","text":"Å timme"}],' +
  '"elements":[{"price_components":[{"type":"ENERGY","price":0.2500,"vat":2.50e1,"step_size":1}]}],' +
  '"last_updated":"2026-01-0%T00:00:00Z"}';

/** Three tariffs with numbers and letters that are easily spoiled. */
export async function bringTariffs({ client }: TestPlatform): Promise<void> {
  const text = `[${[1, 2, 3].map(at => TARIFF.replaceAll('%', String(at))).join()}]`;
  await client.own.import({ module: 'tariffs', version: '2.2.1', text });
}

/** The first of them as it stands on the wire, one character a byte. */
export const FIRST_TARIFF = Buffer.from(TARIFF.replaceAll('%', '1'), 'utf8').toString('latin1');
/** The tail of each of our answers. */
export const END = '"status_code":1000,"status_message":"Success","timestamp":"2026-01-15T12:00:00Z"}';

/** A page of two tariffs with a next one. */
export const LIST = { ask: 'GET sender/tariffs?limit=2' } as const;
export const VERSIONS = { ask: 'GET /ocpi/versions' } as const;
export const DETAILS = { ask: 'GET /ocpi/2.2.1' } as const;
export const CREDENTIALS = { ask: 'GET credentials' } as const;

/** A call of ours without a body, and one with. */
export const SENT_LIST = { operation: 'locations.list' } as const;
export const SENT_TARIFF = {
  operation: 'tariffs.put',
  params: { country_code: 'NL', party_id: 'WBX', tariff_id: 'T1' },
  body: '{"id":"T1", "price":0.10}',
} as const;

interface Refused {
  readonly start: string;
  /** Content-Type and body; absent: none. */
  readonly type?: string;
  readonly body?: string;
  /** Further lines. */
  readonly lines?: readonly string[];
  readonly routed?: boolean;
}

/** Every byte of an answer of ours that holds none of what was asked for. */
export function refused({ start, type, body = '', lines = [], routed = true }: Refused): string {
  const routing = [
    'OCPI-to-party-id: VLT',
    'OCPI-to-country-code: SE',
    'OCPI-from-party-id: WBX',
    'OCPI-from-country-code: NL',
  ];
  const head = [
    `HTTP/1.1 ${start}`,
    'Date: Thu, 15 Jan 2026 12:00:00 GMT',
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${body.length}`,
    'X-Request-ID: request-1',
    'X-Correlation-ID: correlation-1',
    ...(routed ? routing : []),
    ...lines,
    'Connection: keep-alive',
    'Keep-Alive: timeout=30',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** The body of a refusal. */
export function envelope(code: number, message: string): string {
  return `{"status_code":${code},"status_message":"${message}","timestamp":"2026-01-15T12:00:00Z"}`;
}
