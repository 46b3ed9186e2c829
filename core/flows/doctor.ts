import type { Clock } from '../clock.ts';
import type { Link } from '../contract/link.ts';
import { finding } from '../ocpi/findings.ts';
import type { Version } from '../ocpi/versions.ts';
import { converse } from './registration/conversation.ts';
import { likelyVersion } from './registration/partner-shape.ts';
import type { FlowResult, RegistrationPorts, RunContext } from './registration/ports.ts';

export interface HostLookup {
  readonly ok: boolean;
  readonly addresses: readonly string[];
  readonly detail: string;
}

export interface TlsLook {
  readonly ok: boolean;
  /** What was met, in a sentence: protocol and chain, or what is wrong. */
  readonly detail: string;
  readonly advice: string;
  /** End of the leaf certificate's validity, milliseconds since the epoch; absent when none was shown. */
  readonly validUntil?: number;
}

/** A connection that was refused before it became an HTTP request. */
export interface EarlyRefusal {
  readonly at: number;
  readonly detail: string;
  readonly remoteAddress?: string;
}

export interface DoctorPorts {
  readonly clock: Clock;
  readonly registration: RegistrationPorts;
  readonly own: {
    readonly versionsUrl: string;
    readonly versions: readonly Version[];
    readonly serving: boolean;
    /** True when only this machine can reach the advertised address. */
    readonly loopbackOnly: boolean;
  };
  /** Calls our own advertised versions URL; `ok` when that very request arrived here, and our answer came back. */
  reachOurselves(
    runId: number,
  ): Promise<{ readonly ok: boolean; readonly reason: string; readonly exchangeIds: readonly number[] }>;
  lookUp(host: string): Promise<HostLookup>;
  lookAtTls(link: Link, url: URL): Promise<TlsLook>;
  /** Value of the Date header of an answer, as sent. */
  dateOf(exchangeId: number): string | undefined;
  earlyRefusals(): readonly EarlyRefusal[];
}

const CLOCK_TOLERANCE_MS = 60_000;
const CERTIFICATE_WARNING_MS = 21 * 24 * 3600 * 1000;

/** Looks for what commonly keeps partners apart: addresses, clocks, names, certificates, refusals, a moved public URL. */
export async function examine(ports: DoctorPorts, run: RunContext, links: readonly Link[]): Promise<FlowResult> {
  const verdicts: boolean[] = [];
  const watched: RunContext = {
    ...run,
    tell: step => {
      verdicts.push(step.ok);
      run.tell(step);
    },
  };
  await examineOurselves(ports, watched);
  for (const link of links) {
    if (run.signal?.aborted) break;
    await examineLink(ports, watched, link);
  }
  const wrong = verdicts.filter(ok => !ok).length;
  return {
    ok: wrong === 0,
    summary:
      wrong === 0 ? 'nothing found that keeps the partners apart' : `${wrong} of ${verdicts.length} checks failed`,
  };
}

async function examineOurselves(ports: DoctorPorts, run: RunContext) {
  const { own } = ports;
  if (!own.serving) {
    run.tell({
      step: 'our address',
      ok: false,
      exchangeIds: [],
      reason: `nothing listens: start serving; partners are told ${own.versionsUrl}`,
    });
  } else {
    const { ok, reason, exchangeIds } = await ports.reachOurselves(run.runId);
    const where = own.loopbackOnly
      ? '; only this machine can use this address: set a public URL for partners elsewhere'
      : '';
    run.tell({ step: 'our address', ok, exchangeIds: [...exchangeIds], reason: `${reason}${where}` });
  }
  const refusals = ports.earlyRefusals();
  const newest = refusals.at(-1);
  run.tell({
    step: 'refused before HTTP',
    ok: refusals.length === 0,
    exchangeIds: [],
    reason:
      newest === undefined
        ? 'no connection to us failed before it became an HTTP request'
        : `${refusals.length === 1 ? 'a connection' : `${refusals.length} connections`} to us failed before becoming an HTTP request; the newest${newest.remoteAddress === undefined ? '' : ` from ${newest.remoteAddress}`}: ${newest.detail}`,
  });
}

async function examineLink(ports: DoctorPorts, run: RunContext, link: Link) {
  const named = (step: string) => `${link.name}: ${step}`;
  if (link.versionsUrl === undefined) {
    run.tell({
      step: named('versions URL'),
      ok: true,
      exchangeIds: [],
      reason: 'not known yet: the partner has not registered',
    });
    return;
  }
  const url = new URL(link.versionsUrl);
  if (link.settings.proxy === undefined) {
    const looked = await ports.lookUp(url.hostname);
    run.tell({
      step: named('DNS'),
      ok: looked.ok,
      exchangeIds: [],
      reason: looked.ok ? `${url.hostname} is ${looked.addresses.join(', ')}` : looked.detail,
    });
    if (!looked.ok) return;
  }
  if (url.protocol === 'https:') {
    const tls = await ports.lookAtTls(link, url);
    const soon = tls.validUntil !== undefined && tls.validUntil - ports.clock.now() < CERTIFICATE_WARNING_MS;
    run.tell({
      step: named('TLS'),
      ok: tls.ok,
      exchangeIds: [],
      reason: tls.ok
        ? `${tls.detail}${soon ? '; the certificate ends within three weeks' : ''}`
        : `${tls.detail}. ${tls.advice}`,
    });
    if (!tls.ok) return;
  }
  await examineCall(ports, run, { link, versionsUrl: link.versionsUrl });
  examineToldUrl(ports, run, link);
}

async function examineCall(
  ports: DoctorPorts,
  run: RunContext,
  { link, versionsUrl }: { link: Link; versionsUrl: string },
) {
  const token = ports.registration.outgoingToken(link.id);
  if (token === undefined) {
    run.tell({
      step: `${link.name}: versions`,
      ok: false,
      exchangeIds: [],
      reason: `no readable token to call it with: enter it anew`,
    });
    return;
  }
  const conversation = converse({
    ports: ports.registration,
    run,
    link,
    token: { words: `token ${token.kind}`, ...token },
    likelyVersion: likelyVersion(link, ports.own.versions),
  });
  const before = ports.clock.now();
  const heard = await conversation.ask({ operation: 'versions.list', method: 'GET', url: versionsUrl });
  run.tell({
    step: `${link.name}: versions`,
    ok: heard.ok,
    exchangeIds: [...heard.exchangeIds],
    reason: heard.reason,
    findings: heard.findings,
  });
  const last = heard.exchangeIds.at(-1);
  const date = last === undefined ? undefined : ports.dateOf(last);
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (last === undefined || Number.isNaN(theirs)) return;
  // The header has whole seconds and was written somewhere between our two looks at the clock.
  const middle = (before + ports.clock.now()) / 2;
  const apart = theirs + 500 - middle;
  const ok = Math.abs(apart) <= CLOCK_TOLERANCE_MS;
  const seconds = Math.round(Math.abs(apart) / 1000);
  run.tell({
    step: `${link.name}: clock`,
    ok,
    exchangeIds: [last],
    reason: ok
      ? `its clock and ours are ${seconds} s apart`
      : `its clock is ${seconds} s ${apart > 0 ? 'ahead of' : 'behind'} ours: date filters and last_updated will mislead; check both clocks`,
  });
}

function examineToldUrl(ports: DoctorPorts, run: RunContext, link: Link) {
  if (link.state !== 'registered' || link.toldVersionsUrl === undefined) return;
  const current = ports.own.versionsUrl;
  const ok = link.toldVersionsUrl === current;
  run.tell({
    step: `${link.name}: our versions URL`,
    ok,
    exchangeIds: [],
    reason: ok
      ? `the partner was told ${current}`
      : `the partner was told ${link.toldVersionsUrl}; now it is ${current}: rotate the tokens to tell it`,
    findings: ok
      ? []
      : [
          finding('registration.old-public-url', {
            met: link.toldVersionsUrl,
            expected: current,
          }),
        ],
  });
}
