import type { Database } from 'better-sqlite3';
import type { FaultStamp } from '../contract/fault.ts';
import { decodeBody } from '../http/bodies.ts';
import type { ExchangeFaults } from '../http/exchange.ts';
import type { BodyStore } from './bodies.ts';
import { headersFromText, headersToText } from './header-text.ts';

/** What fault rules did to exchanges, in a table of its own: few of them ever met one. */
export interface ExchangeFaultStore {
  /** Inside a transaction; instead of what stood there. */
  put(exchangeId: number, faults: ExchangeFaults): void;
  get(exchangeId: number): ExchangeFaults | undefined;
}

interface FaultRow {
  readonly firings: string;
  readonly start: string | null;
  readonly headers: string | null;
  readonly body: number | null;
  readonly length: number | null;
  readonly wire: string;
}

export interface ExchangeFaultOptions {
  readonly bodies: BodyStore;
  /** Bytes; more of a body is not stored. */
  readonly largestBody: number;
}

export function createExchangeFaults(database: Database, options: ExchangeFaultOptions): ExchangeFaultStore {
  const { bodies, largestBody } = options;
  const write = database.prepare(
    `INSERT OR REPLACE INTO exchange_fault (exchange_id, kinds, firings, start, headers, body, length, wire)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const read = database.prepare<[number], FaultRow>(
    'SELECT firings, start, headers, body, length, wire FROM exchange_fault WHERE exchange_id = ?',
  );
  return {
    put(exchangeId, { firings, intended, wire }) {
      write.run(
        exchangeId,
        kindsText(firings),
        JSON.stringify(firings),
        intended?.start ?? null,
        intended === undefined ? null : headersToText(intended.headers),
        intended === undefined ? null : bodies.put(intended.body, largestBody),
        intended?.body.length ?? null,
        JSON.stringify(wire),
      );
    },
    get(exchangeId) {
      const row = read.get(exchangeId);
      if (row === undefined) return undefined;
      const { start, headers, body } = row;
      return {
        firings: JSON.parse(row.firings),
        wire: JSON.parse(row.wire),
        ...(start === null
          ? {}
          : {
              intended: {
                start,
                headers: headersFromText(headers ?? ''),
                body: body === null ? new Uint8Array() : bodies.get(body),
              },
            }),
      };
    },
  };
}

/** Kinds that did something, one blank around each, so that one of them is found with LIKE: ` envelope.data-null `. */
function kindsText(firings: ExchangeFaults['firings']): string {
  const kinds = firings.filter(({ applied }) => applied).map(({ kind }) => kind);
  return ` ${kinds.join(' ')} `;
}

export function kindsFromText(kinds: string | null): string[] {
  return kinds === null ? [] : kinds.split(' ').filter(kind => kind !== '');
}

/** As faces see it; of a long body its beginning. */
export function toFaultStamp({ firings, intended, wire }: ExchangeFaults, largestBody: number): FaultStamp {
  return {
    firings: firings.map(firing => ({ ...firing, parameters: { ...firing.parameters } })),
    intended: intended === undefined ? null : intendedView(intended, largestBody),
    wire: [...wire],
  };
}

function intendedView(
  { start, headers, body }: NonNullable<ExchangeFaults['intended']>,
  largestBody: number,
): FaultStamp['intended'] {
  const { text } = decodeBody(body.subarray(0, largestBody), headers, { limit: largestBody });
  return {
    start,
    headers: headers.map(([name, value]) => [name, value]),
    body: body.length === 0 ? null : (text ?? null),
    length: body.length,
  };
}
