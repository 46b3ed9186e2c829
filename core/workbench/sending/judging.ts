import type { SendInput } from '../../contract/sending.ts';
import type { WireRequest } from '../../http/wire.ts';
import { addressFindings } from '../../ocpi/addressed-object.ts';
import type { CatalogueEntry } from '../../ocpi/catalogue.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { readMessageIds } from '../../ocpi/message-ids.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { receive, receiveJson } from '../../ocpi/received.ts';
import { readRouting } from '../../ocpi/routing.ts';
import { readUrl } from '../../ocpi/urls.ts';
import type { Version } from '../../ocpi/versions.ts';

interface Judged {
  readonly input: SendInput;
  readonly entry: CatalogueEntry;
  readonly version: Version;
  /** Complete, as it would leave. */
  readonly request: WireRequest;
}

/** What a strict partner would find in a request of ours: method, URL, headers, then the body. */
export function judgeRequest({ input, entry, version, request }: Judged): Finding[] {
  const { method, url, headers } = request;
  const findings: Finding[] = [];
  if (method !== entry.method) findings.push(finding('request.method', { met: method, expected: entry.method }));
  findings.push(...readUrl(url, { pointer: 'url' }).findings);
  const authorization = headerValue(headers, 'authorization');
  if (authorization === undefined) {
    const details = { pointer: 'header:Authorization', met: 'no header', expected: 'Token ...' };
    findings.push(finding('authorization.missing', details));
  }
  findings.push(...readMessageIds(headers, version).findings);
  findings.push(...readRouting(headers, { version, functional: entry.functional }).findings);
  findings.push(...judgeContentType(input.body, headerValue(headers, 'content-type')));
  findings.push(...judgeBody(input, entry, version));
  return findings;
}

function judgeContentType(body: string | undefined, type: string | undefined): Finding[] {
  if (body === undefined || body === '') return [];
  const details = { pointer: 'header:Content-Type', expected: 'application/json' };
  if (type === undefined) return [finding('request.content-type.missing', { ...details, met: 'no header' })];
  return /json/i.test(type) ? [] : [finding('request.content-type', { ...details, met: type })];
}

function judgeBody({ body, params = {} }: SendInput, entry: CatalogueEntry, version: Version): readonly Finding[] {
  const check = entry.request?.[version];
  if (check === undefined) return body === undefined || body === '' ? [] : receiveJson(body).findings;
  // LocationReferences are the one body that may be left out (digest 6.5).
  if ((body ?? '') === '' && entry.id === 'tokens.authorize') return [];
  const { findings } = receive(body ?? '', check, { version });
  const object = receiveJson(body ?? '').view;
  const severe = findings.map(one => (one.code === 'body.empty' ? { ...one, severity: 'error' as const } : one));
  return [...severe, ...addressFindings({ path: entry.path, params, object })];
}
