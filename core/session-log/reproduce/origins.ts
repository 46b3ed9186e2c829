/** Where the recorded side could be reached: scheme, host and port, without a slash behind; its path where a proxy hid one. */
export interface RecordedOrigin {
  /** `https://ocpi.acme.example:8443`, or with a path in front of everything: `https://acme.example/wb`. */
  readonly base: string;
  /** What stands in front of its paths at this server: empty for the first, `/~2` for the second. */
  readonly prefix: string;
}

/** Scheme, host and port of an absolute http(s) URL in their usual spelling; undefined for anything else. */
export function originOf(url: string): string | undefined {
  return /^https?:\/\/[^/?#\s]/i.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
}

/** Path and query as they stand in an absolute URL or a request target; `/` where there is no path. */
export function targetOf(url: string): { readonly path: string; readonly query: string } {
  const rest = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '').split('#', 1)[0] ?? '';
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : rest.slice(mark + 1) };
}

/** One spelling for paths that mean the same: segments decoded, no slash at the end (T11, T14a). */
export function plainPath(path: string): string {
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  if (!trimmed.includes('%')) return trimmed;
  return trimmed
    .split('/')
    .map(segment => {
      try {
        return encodeURI(decodeURIComponent(segment)).replaceAll('/', '%2F');
      } catch {
        return segment;
      }
    })
    .join('/');
}

const ORIGIN = /(https?:(\\*\/)\2)([^\s"'\\/?#<>,;)}\]]+)/gi;

/**
 * Moves what named a recorded origin to this server, in any text: headers, whole and broken JSON, slashes escaped or not.
 * `to` is this server's origin. What stands behind stays as it is.
 */
export function createMoving(origins: readonly RecordedOrigin[], to: string): (text: string) => string {
  const byOrigin = new Map<string, RecordedOrigin[]>();
  for (const one of origins) {
    const origin = originOf(one.base);
    if (origin === undefined) continue;
    byOrigin.set(
      origin,
      [...(byOrigin.get(origin) ?? []), one].sort((a, b) => b.base.length - a.base.length),
    );
  }
  if (byOrigin.size === 0) return text => text;
  return text => {
    if (!/https?:/i.test(text)) return text;
    let moved = '';
    let copied = 0;
    for (const match of text.matchAll(ORIGIN)) {
      const [whole, scheme = '', slash = '/', authority = ''] = match;
      const origin = originOf(`${scheme.replaceAll('\\', '')}${authority}`);
      const known = origin === undefined ? undefined : byOrigin.get(origin);
      if (known === undefined || authority.includes('@')) continue;
      const escaped = (path: string) => path.replaceAll('/', slash);
      const behind = text.slice(match.index + whole.length);
      const path = (one: RecordedOrigin) => escaped(one.base.slice(originOf(one.base)?.length ?? 0));
      const found = known.find(one => begins(behind, path(one)));
      if (found === undefined) continue;
      moved += text.slice(copied, match.index) + escaped(to + found.prefix);
      copied = match.index + whole.length + path(found).length;
    }
    return moved + text.slice(copied);
  };
}

/** Whether a text begins with whole segments of a path. */
function begins(text: string, path: string): boolean {
  return path === '' || (text.startsWith(path) && !/[\w.~%-]/.test(text.charAt(path.length)));
}
