import type {
  ExchangeLine,
  HeaderLine,
  LinkLine,
  LogRecord,
  ObjectLine,
  RuleLine,
  RunLine,
} from '../../../core/session-log/format/records.ts';

/** 2026-03-02T10:00:00Z, at which the first exchange of these lines begins. */
export const BEGAN = Date.UTC(2026, 2, 2, 10);

/** What `writeLog` is handed: the header without what it adds itself. */
export function headerLine(changes: Partial<HeaderLine> = {}): Omit<HeaderLine, 'type' | 'format'> {
  const { type: _type, format: _format, ...rest } = changes;
  return {
    workbench: '0.8.0',
    writtenAt: '2026-03-02T12:00:00.000Z',
    title: 'a charge that failed',
    scope: {},
    redacted: ['personal'],
    keptPersonal: null,
    platform: { parties: ['NL-WBX'], versions: ['2.2.1'], versionsUrl: 'https://wbx.example/ocpi/versions' },
    exchanges: 1,
    ...rest,
  };
}

export function linkLine(id = 1, changes: Partial<LinkLine['link']> = {}): LinkLine {
  return {
    type: 'link',
    id,
    link: {
      name: `acme-${id}`,
      organisation: 'Acme',
      environment: 'test',
      state: 'registered',
      readOnly: false,
      versionsUrl: 'https://acme.example/ocpi/versions',
      version: '2.2.1',
      offeredVersions: ['2.1.1', '2.2.1'],
      endpoints: [{ identifier: 'sessions', role: 'SENDER', url: 'https://acme.example/ocpi/2.2.1/sessions' }],
      parties: [{ countryCode: 'NL', partyId: 'ACM', role: 'CPO', name: 'Acme' }],
      settings: { tokenForm: 'auto', requiredModules: [] },
      ...changes,
    },
  };
}

export function ruleLine(changes: Partial<RuleLine> = {}): RuleLine {
  return {
    type: 'rule',
    id: 1,
    name: 'no data',
    kind: 'envelope.data-null',
    details: { kind: 'envelope.data-null', name: 'no data', parameters: {}, scope: {}, when: {}, seed: '1' },
    ...changes,
  };
}

export function runLine(id = 1, changes: Partial<RunLine['run']> = {}): RunLine {
  return {
    type: 'run',
    run: {
      id,
      kind: 'push',
      linkId: 1,
      initiator: 'us',
      state: 'done',
      startedAt: BEGAN,
      endedAt: BEGAN + 100,
      steps: [{ step: 'sessions', ok: true, exchangeIds: [1], reason: 'It was taken.', findings: [] }],
      result: { summary: '1 object was taken.' },
      ...changes,
    },
  };
}

/** JSON as most systems send it, with its header line. */
export const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

/** A PUT of a session to the partner that went well, one second after the one before it; `id` is the line's. */
export function exchangeLine(id = 1, changes: Partial<ExchangeLine> = {}): ExchangeLine {
  const ids: [string, string][] = [
    ['X-Request-ID', `request-${id}`],
    ['X-Correlation-ID', `correlation-${id}`],
  ];
  return {
    type: 'exchange',
    id,
    direction: 'out',
    link: 1,
    operation: 'sessions.put',
    version: '2.2.1',
    startedAt: BEGAN + id * 1000,
    request: {
      method: 'PUT',
      url: `https://acme.example/ocpi/2.2.1/sessions/NL/WBX/SESSION${id}`,
      headers: [['Authorization', 'Token {token:abc:base64:48}'], JSON_TYPE, ...ids],
      body: { text: sessionText(id) },
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [JSON_TYPE, ...ids],
      body: { text: answerText() },
    },
    ended: { how: 'complete' },
    timings: { queue: 0, dns: null, connect: null, tls: null, firstByte: 8, total: 12.5 },
    connection: { reused: true },
    ocpiStatus: 1000,
    requestId: `request-${id}`,
    correlationId: `correlation-${id}`,
    fromParty: 'NL-WBX',
    toParty: 'NL-ACM',
    ...changes,
  };
}

/** A session of 2.2.1 as it is pushed. */
export function sessionText(id: number, changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    country_code: 'NL',
    party_id: 'WBX',
    id: `SESSION${id}`,
    start_date_time: '2026-03-02T10:00:00Z',
    kwh: 1.5,
    cdr_token: { country_code: 'NL', party_id: 'ACM', uid: 'TOKEN1', type: 'RFID', contract_id: 'NL-ACM-C00000001-X' },
    auth_method: 'WHITELIST',
    location_id: 'LOC1',
    evse_uid: 'EVSE1',
    connector_id: '1',
    currency: 'EUR',
    status: 'ACTIVE',
    last_updated: '2026-03-02T10:00:01Z',
    ...changes,
  });
}

/** The envelope around `data`. */
export function answerText(data?: unknown, changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    status_code: 1000,
    status_message: 'Success',
    ...(data !== undefined && { data }),
    timestamp: '2026-03-02T10:00:02Z',
    ...changes,
  });
}

export function objectLine(changes: Partial<ObjectLine> = {}): ObjectLine {
  const text = '{"id":"LOC1","name":"Here","last_updated":"2026-03-02T09:00:00Z"}';
  return {
    type: 'object',
    link: 1,
    module: 'locations',
    list: '',
    version: '2.2.1',
    text,
    seenAt: BEGAN,
    revisions: [
      { version: '2.2.1', text: text.replace('Here', 'There'), seenAt: BEGAN - 2000, replacedAt: BEGAN - 1000 },
    ],
    ...changes,
  };
}

/** One of each, in the order a log has them. */
export function someRecords(): LogRecord[] {
  return [linkLine(), ruleLine(), runLine(), exchangeLine(1, { run: 1 }), exchangeLine(2), objectLine()];
}
