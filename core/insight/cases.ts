import type { FailureCase, Layer } from '../contract/explanation.ts';
import type { FindingCode } from '../ocpi/finding-codes.ts';

/** One of the failure cases the workbench detects, explains and imitates. */
export interface KnownCase extends FailureCase {
  /** Each of them shows the case. A code may show several cases, and most codes show none. */
  readonly findings: readonly FindingCode[];
  readonly layer: Layer;
  /** Section or trap of the digest. */
  readonly section: string;
}

/** In the order of their numbers, from 1 without a gap. */
export const CASES: readonly KnownCase[] = [
  {
    number: 1,
    title: 'token sent raw where Base64 is due, or the reverse',
    findings: ['authorization.form', 'authorization.partner-wants-other-form'],
    layer: 'http',
    section: '1.2, T2',
  },
  {
    number: 2,
    title: 'a line feed inside the Base64 token',
    findings: ['authorization.line-feed'],
    layer: 'http',
    section: 'T1',
  },
  {
    number: 3,
    title: 'Base64 in one place, raw in another',
    findings: ['authorization.form-varies'],
    layer: 'flow',
    section: '1.2, T2',
  },
  {
    number: 4,
    title: 'tokens B and C swapped, or C dropped',
    findings: [
      'registration.tokens-swapped',
      'registration.token-c-refused',
      'registration.token-c-unused',
      'registration.token-a-again',
      'registration.dead-token',
      'registration.switch-missed',
      'credentials.token.not-new',
    ],
    layer: 'flow',
    section: '3.2',
  },
  {
    number: 5,
    title: 'token A alive after registration; a second POST of credentials accepted',
    findings: [
      'registration.token-a-accepted',
      'registration.token-a-again',
      'registration.second-post-accepted',
      'registration.post-while-registered',
    ],
    layer: 'flow',
    section: '3.2, T8a',
  },
  {
    number: 6,
    title: 'PUT of credentials without reading versions and endpoints anew',
    findings: ['registration.no-refetch-on-put', 'registration.no-call-back'],
    layer: 'flow',
    section: '3.2',
  },
  {
    number: 7,
    title: 'role of the credentials endpoint',
    findings: ['version-details.credentials-role', 'version-details.no-credentials'],
    layer: 'object',
    section: '3.1, T42',
  },
  {
    number: 8,
    title: 'credentials in the shape of another version',
    findings: ['credentials.flat', 'credentials.roles-on-2-1-1', 'credentials.no-party'],
    layer: 'object',
    section: '3.2',
  },
  {
    number: 9,
    title: 'version strings confused; no common version',
    findings: [
      'versions.near',
      'versions.number',
      'versions.look-alike',
      'version-details.version',
      'registration.no-common-version',
      'registration.unsupported-not-3002',
    ],
    layer: 'object',
    section: '3.1, T10',
  },
  {
    number: 10,
    title: 'the last slash decides; a redirect drops header or body',
    findings: [
      'wire.slash-redirect',
      'wire.slash-decides',
      'wire.redirect-followed',
      'wire.redirect-refused',
      'wire.redirect-lossy',
    ],
    layer: 'http',
    section: '1.5, T11',
  },
  {
    number: 11,
    title: 'Link header unusable',
    findings: [
      'paging.link.unusable',
      'paging.link.relative',
      'paging.link.spelling',
      'paging.link.origin',
      'paging.link.filters-lost',
      'paging.link.limit-lost',
      'paging.link.missing',
    ],
    layer: 'http',
    section: '1.6, T39',
  },
  {
    number: 12,
    title: 'objects shift between pages, X-Total-Count drifts',
    findings: [
      'paging.shifted',
      'paging.unsettled',
      'paging.count.drifts',
      'paging.count.untrue',
      'paging.items-twice',
      'paging.items-skipped',
    ],
    layer: 'flow',
    section: '1.6, T39',
  },
  {
    number: 13,
    title: 'offset or date_from ignored',
    findings: [
      'paging.offset-ignored',
      'paging.date-from-ignored',
      'paging.date-to-ignored',
      'paging.page-repeated',
      'paging.link.loop',
    ],
    layer: 'flow',
    section: '1.6',
  },
  {
    number: 14,
    title: 'last_updated moved without a change, or not moved with one',
    findings: ['objects.updated-without-change', 'objects.changed-without-update', 'last-updated.parent-older'],
    layer: 'flow',
    section: '1.8, 6.1',
  },
  {
    number: 15,
    title: 'locations vanish where REMOVED is due',
    findings: ['locations.vanished'],
    layer: 'flow',
    section: '6.1',
  },
  {
    number: 16,
    title: 'dates without Z, with an offset, or impossible',
    findings: [
      'date-time.no-zone',
      'date-time.offset',
      'date-time.unusable',
      'date-time.spelling',
      'date-time.too-long',
      'envelope.timestamp.unusable',
    ],
    layer: 'object',
    section: 'T3',
  },
  {
    number: 17,
    title: 'HTTP status and OCPI status disagree',
    findings: ['status.disagree', 'status.http-error-for-content', 'status.error-in-success'],
    layer: 'ocpi',
    section: '1.5, T9',
  },
  {
    number: 18,
    title: 'an error with an empty list, read as "no objects"',
    findings: ['status.error-with-empty-list'],
    layer: 'ocpi',
    section: '1.4, 1.5',
  },
  {
    number: 19,
    title: '400 or 403 where 401 is due; an error body without an envelope',
    findings: ['status.not-401', 'status.forbidden', 'envelope.missing', 'body.json'],
    layer: 'http',
    section: '1.5, T6a',
  },
  {
    number: 20,
    title: 'X-Request-ID or X-Correlation-ID absent',
    findings: ['message-id.missing', 'message-id.changed', 'message-id.repeated'],
    layer: 'http',
    section: '1.3, T41',
  },
  {
    number: 21,
    title: 'routing headers missing, swapped or addressed to oneself',
    findings: [
      'routing.missing',
      'routing.incomplete',
      'routing.swapped',
      'routing.self-addressed',
      'paging.list.self-addressed',
      'request.addressee',
    ],
    layer: 'http',
    section: '1.10, T40',
  },
  {
    number: 22,
    title: 'party differs in URL, header and body',
    findings: ['party.mismatch', 'party.not-announced', 'routing.other-party'],
    layer: 'object',
    section: '1.8, T22',
  },
  {
    number: 23,
    title: 'ids change case on the way',
    findings: ['id.case', 'id.case-changed'],
    layer: 'object',
    section: 'T27',
  },
  {
    number: 24,
    title: 'PATCH: lists merged or replaced, last_updated missing',
    findings: [
      'patch.last-updated-missing',
      'patch.children',
      'patch.list',
      'session.periods-repeated',
      'session.periods-replaced',
    ],
    layer: 'object',
    section: '1.7, T17',
  },
  {
    number: 25,
    title: 'one bad object spoils a page; an unknown enum value rejects its object',
    findings: [
      'paging.page-failed',
      'object.refused-for-value',
      'object.id-unusable',
      'enum.unknown',
      'enum.undecidable',
      'enum.case',
    ],
    layer: 'object',
    section: '1.6, T30a',
  },
  {
    number: 26,
    title: 'coordinate decimals, evse_id format, over-long texts',
    findings: ['coordinates.spelling', 'coordinates.range', 'evse-id.spelling', 'text.too-long'],
    layer: 'object',
    section: 'T16, T23, T26',
  },
  {
    number: 27,
    title: 'optional taken for required; null and missing told apart',
    findings: ['field.optional-demanded', 'field.null', 'patch.null'],
    layer: 'object',
    section: '0.2, 1.9',
  },
  {
    number: 28,
    title: 'CommandResult wrapped, never, late, twice or too early; a session after TIMEOUT',
    findings: [
      'command.enveloped',
      'command.nested',
      'result.never',
      'result.late',
      'result.twice',
      'result.before-answer',
      'result.after-rejection',
      'result.unauthenticated',
      'result.is-response',
      'session.after-timeout',
    ],
    layer: 'flow',
    section: '6.6, T5, T5b',
  },
  {
    number: 29,
    title: 'BLOCKED as an HTTP error; whitelist and valid combined wrongly; charging after a missed deadline',
    findings: [
      'authorize.http-error',
      'session.after-refusal',
      'session.after-missed-deadline',
      'session.whitelist-ignored',
    ],
    layer: 'flow',
    section: '6.5, T7',
  },
  {
    number: 30,
    title: 'CDR URL not in the Location header; CDR sent twice',
    findings: [
      'cdr.location-in-body',
      'cdr.location-header-missing',
      'cdr.location-header-relative',
      'cdr.again',
      'cdr.changed',
      'cdr.session-billed-twice',
    ],
    layer: 'flow',
    section: '6.3, T43',
  },
  {
    number: 31,
    title: 'the cost in the CDR is not what the tariff gives',
    findings: [
      'cdr.cost-differs',
      'cdr.step-size-differs',
      'cdr.sum-differs',
      'cdr.energy-differs',
      'cdr.time-differs',
    ],
    layer: 'object',
    section: '6.4, T37',
  },
  {
    number: 32,
    title: 'money in the shape of another version; VAT or tax_included missing',
    findings: ['price.other-shape', 'price.vat-missing', 'cdr.vat-missing', 'tariff.tax-included-missing'],
    layer: 'object',
    section: '7, T20b, T21',
  },
  {
    number: 33,
    title: 'failed pushes queued and repeated',
    findings: ['push.late', 'push.out-of-order', 'push.again'],
    layer: 'flow',
    section: '1.11',
  },
  {
    number: 34,
    title: 'a hub caps the page, or never puts credentials',
    findings: ['paging.limit.capped', 'paging.limit.untrue', 'registration.post-after-delete'],
    layer: 'flow',
    section: '1.6, 3.2',
  },
  {
    number: 35,
    title: 'hub codes 4001 to 4003 taken for an authentication failure',
    findings: ['status.hub', 'hub.error-taken-for-authentication'],
    layer: 'ocpi',
    section: '2, 1.10',
  },
];

const byCode = new Map<string, KnownCase[]>();
for (const known of CASES) {
  for (const code of known.findings) byCode.set(code, [...(byCode.get(code) ?? []), known]);
}

/** The cases that a finding shows, by their numbers; empty for most findings. */
export function casesOf(code: string): readonly KnownCase[] {
  return byCode.get(code) ?? [];
}

/** Undefined for a number that is none of 1 to 35. */
export function caseByNumber(number: number): KnownCase | undefined {
  return CASES[number - 1];
}
