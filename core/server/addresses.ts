import type { Interface } from '../ocpi/catalogue.ts';
import type { Version } from '../ocpi/versions.ts';

/** Where the server is to be found. Built from configuration alone: Host and X-Forwarded-* decide nothing. */
export interface Addresses {
  readonly localUrl: string;
  readonly versionsUrl: string;
  versionUrl(version: Version): string;
  /** Base URL {E} of a module; `NONE` for credentials, which has no side, and in 2.1.1 for both sides of a module. */
  endpointUrl(version: Version, module: string, side: Interface): string;
  /** Path beginnings that are served: `/ocpi`, and `/prefix/ocpi` (a reverse proxy strips the prefix or does not). */
  readonly bases: readonly string[];
}

/** `localUrl` and `publicUrl` are http(s) URLs; the public one may hold a path prefix, with or without a last slash. */
export function createAddresses(localUrl: string, publicUrl: string | undefined): Addresses {
  const root = `${withoutLastSlash(publicUrl ?? localUrl)}/ocpi`;
  const prefix = publicUrl === undefined ? '' : withoutLastSlash(new URL(publicUrl).pathname);
  return {
    localUrl,
    versionsUrl: `${root}/versions`,
    versionUrl: version => `${root}/${version}`,
    endpointUrl: (version, module, side) =>
      side === 'NONE' ? `${root}/${version}/${module}` : `${root}/${version}/${side.toLowerCase()}/${module}`,
    bases: prefix === '' ? ['/ocpi'] : [`${prefix}/ocpi`, '/ocpi'],
  };
}

/** Why a public URL cannot be advertised, or undefined. */
export function faultOfPublicUrl(publicUrl: string): string | undefined {
  if (!URL.canParse(publicUrl)) return 'it is not an absolute URL';
  const { protocol, search, hash, username, password } = new URL(publicUrl);
  if (protocol !== 'http:' && protocol !== 'https:') return `its scheme is ${protocol.slice(0, -1)}, not http or https`;
  if (search !== '' || hash !== '') return 'it has a query or a fragment';
  if (username !== '' || password !== '') return 'it holds a user name or a password';
  return undefined;
}

/** `http://127.0.0.1:8080` for a server bound to every address, `http://[::1]:8080` for IPv6. */
export function localUrlOf({ host, port, tls }: { host: string; port: number; tls: boolean }): string {
  const reachable = host === '0.0.0.0' || host === '' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const written = reachable.includes(':') ? `[${reachable}]` : reachable;
  return `${tls ? 'https' : 'http'}://${written}:${port}`;
}

function withoutLastSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
