import type { ExchangeView } from '../../contract/exchange.ts';
import { type FaultDirection, FaultRuleText } from '../../contract/fault.ts';
import { FAULT_KINDS } from '../../faults/catalogue.ts';
import { checkRule } from '../../faults/check-rule.ts';
import { CASES } from '../../insight/cases.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { VERSIONS } from '../../ocpi/versions.ts';

/** A kind, and what of its parameters the exchange tells. */
interface Guess {
  readonly kind: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const MOST = 12;

/**
 * Rules that would make an exchange like this one, best first: those that were at work on it; by how it ended and what was
 * answered; by the failure cases its findings show. Where a partner answered us so, we would answer partners so; where a
 * partner asked us so, we would ask partners so.
 */
export function suggestRules(exchange: ExchangeView): FaultRuleText[] {
  const stamped = exchange.fault?.firings.map(({ kind, parameters }): Guess => ({ kind, parameters })) ?? [];
  const own: FaultDirection = exchange.direction === 'in' ? 'answer' : 'send';
  const theirs: FaultDirection = exchange.direction === 'in' ? 'send' : 'answer';
  const wanted = [
    ...stamped.map(guess => ruleOf(guess, { exchange, direction: own })),
    ...[...byEnd(exchange), ...byStatus(exchange)].map(guess => ruleOf(guess, { exchange, direction: 'answer' })),
    ...byFindings(exchange, theirs).map(guess => ruleOf(guess, { exchange, direction: theirs })),
  ];
  const seen = new Set<string>();
  return wanted
    .filter((rule): rule is FaultRuleText => rule !== undefined)
    .filter(({ kind }) => !seen.has(kind) && seen.add(kind))
    .slice(0, MOST);
}

/** How the connection went wrong. */
function byEnd({ ended, endedDetails, response, durationMs }: ExchangeView): Guess[] {
  const received = numberOf(endedDetails['received']) ?? response?.body.length ?? 0;
  switch (ended) {
    case 'timeout':
      return [
        { kind: 'transport.hang' },
        { kind: 'transport.delay', parameters: { ms: (durationMs ?? 30_000) + 1_000 } },
      ];
    case 'cut':
      return [{ kind: 'transport.cut', parameters: { at: received } }, { kind: 'transport.wrong-content-length' }];
    case 'reset':
      return [{ kind: 'transport.reset' }, { kind: 'transport.cut', parameters: { at: received } }];
    case 'refused':
    case 'unreachable':
      return [{ kind: 'transport.close' }, { kind: 'transport.reset' }];
    case 'tls':
      return [{ kind: 'transport.tls-refused' }];
    case 'malformed':
      return [{ kind: 'transport.noise' }, { kind: 'transport.malformed-chunk' }];
    default:
      return [];
  }
}

/** What the answer said: the innermost status that is none of success. */
function byStatus({ httpStatus, ocpiStatus, response }: ExchangeView): Guess[] {
  if (httpStatus === null) return [];
  const ocpi =
    ocpiStatus !== null && (ocpiStatus < 1000 || ocpiStatus > 1999) ? byOcpiStatus(ocpiStatus, httpStatus) : [];
  if (isRedirect(httpStatus)) {
    const parameters = { status: String(httpStatus) };
    return [
      { kind: 'discovery.slash-redirect', parameters },
      { kind: 'headers.redirect', parameters },
    ];
  }
  if (httpStatus < 400) return ocpi;
  const status = { status: httpStatus };
  const text = response?.body.text?.trimStart() ?? '';
  const body = text.startsWith('<')
    ? [{ kind: 'envelope.html-page', parameters: status }]
    : text.startsWith('{') && ocpiStatus === null
      ? [{ kind: 'envelope.framework-body', parameters: status }]
      : [];
  return [
    ...body,
    ...(BY_STATUS[httpStatus] ?? []).map(kind => ({ kind })),
    { kind: 'envelope.http-status', parameters: status },
    ...ocpi,
  ];
}

const BY_STATUS: Readonly<Record<number, readonly string[]>> = {
  401: ['auth.unauthorized'],
  405: ['discovery.method-not-allowed'],
  429: ['headers.too-many-requests'],
};
/** As hubs say that the party behind them could not be reached. */
const HUB: Readonly<Record<number, string>> = {
  4001: 'hub.unknown-receiver',
  4002: 'hub.receiver-timeout',
  4003: 'hub.receiver-not-connected',
};

function byOcpiStatus(code: number, status: number): Guess[] {
  const hub = HUB[code];
  return [
    ...(hub === undefined ? [] : [{ kind: hub }]),
    { kind: 'envelope.ocpi-status', parameters: { code, status } },
  ];
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** Kinds that imitate what the findings show, those of the gravest finding first. */
function byFindings({ findings, operation }: ExchangeView, direction: FaultDirection): Guess[] {
  const rank = { error: 0, warning: 1, note: 2 } as const;
  const entry = entryById(operation);
  const shown = [...findings].sort((left, right) => rank[left.severity] - rank[right.severity]);
  const cases = shown.flatMap(({ code }) => CASES.filter(one => one.findings.some(known => known === code)));
  const numbers = [...new Set(cases.map(({ number }) => number))];
  return numbers.flatMap(number =>
    FAULT_KINDS.filter(
      kind =>
        kind.cases.includes(number) &&
        kind.directions.includes(direction) &&
        (kind.fits === undefined || (entry !== undefined && kind.fits(entry))),
    ).map(({ kind }) => ({ kind })),
  );
}

/** Undefined where the kind has nothing to do with such exchanges. */
function ruleOf(
  { kind, parameters = {} }: Guess,
  { exchange, direction }: { readonly exchange: ExchangeView; readonly direction: FaultDirection },
): FaultRuleText | undefined {
  const { operation, link, version } = exchange;
  const entry = entryById(operation);
  const spoken = VERSIONS.find(one => one === version);
  // Whoever is asked by us does not ask the same of us: then the link is left out.
  const sameWay = (exchange.direction === 'in') === (direction === 'answer');
  const rule = {
    kind,
    parameters,
    scope: {
      ...(sameWay && link !== null && { link }),
      direction,
      ...(spoken !== undefined && entry?.module !== 'versions' && { version: spoken }),
      ...(entry !== undefined && { operation }),
    },
    ...(entry !== undefined &&
      (entry.module === 'versions' || entry.module === 'credentials') && { reachesRegistration: true }),
  };
  const checked = checkRule(rule, { path: '', hasLink: () => true });
  return checked.ok ? FaultRuleText.parse(rule) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
