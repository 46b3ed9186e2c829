import type { PageStored, PageToStore } from '../../../core/contract/ingest.ts';

/** A location of 2.2.1 as a partner writes it, without any flaw. */
export function location(number: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    country_code: 'NL',
    party_id: 'TNM',
    id: `LOC${number}`,
    publish: true,
    name: `Charging ${number}`,
    address: `Street ${number % 7}`,
    city: ['Utrecht', 'Gent', 'Göteborg'][number % 3],
    postal_code: String(1000 + (number % 5)),
    country: 'NLD',
    coordinates: { latitude: '52.092876', longitude: '5.104480' },
    evses: [evse(number, 1), evse(number, 2)],
    operator: { name: `Operator ${number % 4}` },
    time_zone: 'Europe/Amsterdam',
    last_updated: '2026-03-01T10:00:00Z',
    ...more,
  };
}

export const STATUSES = ['AVAILABLE', 'CHARGING', 'BLOCKED', 'OUTOFORDER'] as const;

export function evse(number: number, at: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    uid: `E${number}-${at}`,
    evse_id: `NL*TNM*E${number}*${at}`,
    status: STATUSES[(number + at) % STATUSES.length],
    connectors: [
      {
        id: '1',
        standard: at === 1 ? 'IEC_62196_T2' : 'CHADEMO',
        format: 'SOCKET',
        power_type: 'AC_3_PHASE',
        max_voltage: 230,
        max_amperage: 32,
        last_updated: '2026-03-01T10:00:00Z',
      },
    ],
    last_updated: '2026-03-01T10:00:00Z',
    ...more,
  };
}

/** An answer's body around items that are JSON text already. */
export function answerOf(items: readonly string[]): Uint8Array {
  const head = `{"status_code": 1000, "timestamp": "2026-03-01T12:00:00Z", "data": [`;
  return Buffer.from(`${head}${items.join(', ')}]}`);
}

export function answer(items: readonly unknown[]): Uint8Array {
  return answerOf(items.map(item => JSON.stringify(item)));
}

/** A page of locations of link 1, in run 1. */
export function pageOf(body: Uint8Array, more: Partial<PageToStore> = {}): PageToStore {
  return {
    linkId: 1,
    runId: 1,
    module: 'locations',
    version: '2.2.1',
    page: 0,
    shape: 'list',
    seenAt: 1_790_000_000_000,
    ...more,
    body,
  };
}

/** The counts of a page that are not zero. */
export function counts(stored: PageStored): Readonly<Record<string, number>> {
  const { items, added, changed, unchanged, again, unusable, movedOnly, changedSilently } = stored;
  const all = { items, added, changed, unchanged, again, unusable, movedOnly, changedSilently };
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}

export function codes(stored: PageStored): string[] {
  return stored.findings.map(({ finding }) => finding.code).sort();
}
