import { lookup } from 'node:dns/promises';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { Clock } from '../clock.ts';
import { dial, proxyOf } from './dial.ts';
import { targetOf } from './outgoing.ts';
import { trust } from './trust.ts';
import type { Ended, WireSettings } from './wire.ts';

export interface HostLook {
  readonly ok: boolean;
  readonly addresses: readonly string[];
  /** A sentence without a full stop. */
  readonly detail: string;
}

/** Every address of a host name, as the system resolves it. */
export async function lookUpHost(host: string): Promise<HostLook> {
  const bare = host.replace(/^\[|\]$/g, '');
  try {
    const addresses = (await lookup(bare, { all: true })).map(({ address }) => address);
    return { ok: addresses.length > 0, addresses, detail: `${bare} has ${addresses.length} addresses` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return {
      ok: false,
      addresses: [],
      detail: `the name ${bare} does not resolve (${code}): check the URL and this machine's DNS`,
    };
  }
}

export interface ServerTlsLook {
  readonly ok: boolean;
  /** Protocol and chain, or what is wrong: a sentence without a full stop. */
  readonly detail: string;
  readonly advice: string;
  /** End of the leaf's validity, milliseconds since the epoch. */
  readonly validUntil?: number;
}

/** Opens a connection as a call over this link would, and tells the chain of certificates or why it is not trusted. */
export async function lookAtTls(url: URL, settings: WireSettings, clock: Clock): Promise<ServerTlsLook> {
  const proxy = proxyOf(settings);
  if (proxy !== undefined && 'problem' in proxy) return { ok: false, detail: proxy.problem, advice: '' };
  const dialled = await dial({
    target: targetOf(url.href),
    settings,
    clock,
    signal: new AbortController().signal,
    secureContext: () => trust(settings),
    ...(proxy === undefined ? {} : { proxy }),
  });
  if (!dialled.ok) return { ok: false, ...describeFailure(dialled.ended) };
  const { socket } = dialled;
  try {
    if (!(socket instanceof TLSSocket)) return { ok: false, detail: 'the connection is not TLS', advice: '' };
    const leaf = socket.getPeerCertificate(true);
    const validUntil = Date.parse(leaf.valid_to);
    const detail = `${socket.getProtocol() ?? 'TLS'}, ${chainOf(leaf).join(' <- ')}, valid until ${leaf.valid_to}`;
    return { ok: true, detail, advice: '', ...(Number.isNaN(validUntil) ? {} : { validUntil }) };
  } finally {
    socket.destroy();
  }
}

function describeFailure(ended: Ended): Pick<ServerTlsLook, 'detail' | 'advice'> {
  if (ended.how === 'tls') return { detail: ended.explained.replace(/\.$/, ''), advice: ended.advice };
  const detail = 'detail' in ended ? ended.detail : ended.how;
  return {
    detail: `no connection: ${detail.replace(/\.$/, '')}`,
    advice: 'Nothing can be said of TLS before a connection stands.',
  };
}

/** Names from the leaf to the root; the root names itself as its issuer. */
function chainOf(leaf: DetailedPeerCertificate): string[] {
  const names: string[] = [];
  const seen = new Set<DetailedPeerCertificate>();
  let certificate: DetailedPeerCertificate | undefined = leaf;
  while (certificate !== undefined && !seen.has(certificate)) {
    seen.add(certificate);
    names.push(nameOf(certificate));
    certificate = certificate.issuerCertificate;
  }
  return names;
}

function nameOf({ subject }: DetailedPeerCertificate): string {
  const name = subject?.CN ?? subject?.O ?? 'unnamed';
  return Array.isArray(name) ? name.join(', ') : name;
}
