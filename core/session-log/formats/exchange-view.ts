import type { ExchangeBody, ExchangeView } from '../../contract/exchange.ts';
import { decodeBody } from '../../http/bodies.ts';
import { MODULE_IDS } from '../../ocpi/modules.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import { bytesOf } from '../format/body.ts';
import type { ExchangeLine, LogBody } from '../format/records.ts';

type LinkName = (id: number) => string | undefined;
type Body = ReturnType<typeof ExchangeBody.parse>;

const MODULES: ReadonlySet<string> = new Set(MODULE_IDS);

/** An exchange as faces show it and `wb import` reads it. */
export function exchangeViewOf(line: ExchangeLine, linkName: LinkName): ExchangeView {
  const { how, ...endedDetails } = line.ended;
  const { timings, request, response, faults } = line;
  const [module = ''] = line.operation.split('.', 1);
  return {
    id: line.id,
    at: new Date(line.startedAt).toISOString(),
    direction: line.direction,
    link: line.link === undefined ? null : (linkName(line.link) ?? null),
    operation: line.operation,
    method: request.method,
    url: request.url,
    httpStatus: response?.status ?? null,
    ocpiStatus: line.ocpiStatus ?? null,
    ended: how,
    durationMs: timings === undefined ? null : Math.round((timings['total'] ?? 0) * 1000) / 1000,
    requestId: line.requestId ?? null,
    correlationId: line.correlationId ?? null,
    module: MODULES.has(module) ? module : null,
    version: line.version ?? null,
    runId: line.run ?? null,
    fromParty: line.fromParty ?? null,
    toParty: line.toParty ?? null,
    note: line.note ?? null,
    pinned: line.pinned ?? false,
    findings: line.findings ?? [],
    faults: [...new Set((faults?.firings ?? []).filter(({ applied }) => applied).map(({ kind }) => kind))],
    endedDetails,
    timings: timings === undefined ? null : timingsOf(timings),
    request: { headers: request.headers, body: viewBody(request.body, request.headers) },
    response:
      response === undefined
        ? null
        : {
            status: response.status,
            statusText: response.statusText,
            headers: response.headers,
            body: viewBody(response.body, response.headers),
          },
    fault: faults === undefined ? null : stampOf(faults),
  };
}

/** What rules did to an exchange, as faces show it. */
export function stampOf({
  firings,
  intended,
  wire,
}: NonNullable<ExchangeLine['faults']>): NonNullable<ExchangeView['fault']> {
  const body = intended && viewBody(intended.body, intended.headers);
  return {
    firings,
    intended:
      intended === undefined || body === undefined
        ? null
        : { start: intended.start, headers: intended.headers, body: body.text, length: body.length },
    wire,
  };
}

export function viewBody(body: LogBody | undefined, headers: RawHeaders): Body {
  if (body === undefined) return { text: null, base64: null, length: 0, shortened: false };
  const bytes = bytesOf(body);
  const length = body.length ?? bytes.length;
  if (length === 0) return { text: null, base64: null, length: 0, shortened: false };
  if (bytes.length === 0) return { text: null, base64: null, length, shortened: true };
  const { text } = decodeBody(bytes, headers);
  return { text: text ?? null, base64: bytes.toString('base64'), length, shortened: bytes.length < length };
}

function timingsOf(timings: NonNullable<ExchangeLine['timings']>): NonNullable<ExchangeView['timings']> {
  const phase = (name: string) => timings[name] ?? null;
  return {
    queue: phase('queue'),
    dns: phase('dns'),
    connect: phase('connect'),
    tls: phase('tls'),
    firstByte: phase('firstByte'),
    total: timings['total'] ?? 0,
  };
}
