import type { ExchangeView } from '../../../../core/contract/exchange.ts';

/** What one may want to send after seeing an exchange, as the address of the area Send takes it. */
export type FollowUp =
  | { readonly kind: 'stop' | 'profile'; readonly session: string }
  | { readonly kind: 'authorize'; readonly token: string; readonly type?: string }
  | { readonly kind: 'again' };

/** A session that is told of may be stopped or limited, a token asked about, what we sent sent again in another form. */
export function followUps({ link, direction, operation, url }: ExchangeView): readonly FollowUp[] {
  if (link === null) return [];
  if (direction === 'out') return operation === 'unknown' ? [] : [{ kind: 'again' }];
  const parsed = URL.parse(url, 'http://of.ours');
  const id = lastSegment(parsed?.pathname ?? '');
  if (id === undefined) return [];
  switch (operation) {
    case 'sessions.put':
    case 'sessions.patch':
      return [
        { kind: 'stop', session: id },
        { kind: 'profile', session: id },
      ];
    case 'tokens.put':
    case 'tokens.patch': {
      const type = parsed?.searchParams.get('type');
      return [{ kind: 'authorize', token: id, ...(type && { type }) }];
    }
    default:
      return [];
  }
}

function lastSegment(path: string): string | undefined {
  const last = path.split('/').filter(Boolean).at(-1);
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return last;
  }
}
