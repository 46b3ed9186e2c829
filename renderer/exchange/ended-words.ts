import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { Texts } from '../texts/use-texts.ts';
import { bytesText, durationText } from '../ui/time-format.ts';

export interface EndedWords {
  readonly sentence: string;
  /** What the system or the peer said about it, as it was said. */
  readonly details: string | undefined;
  readonly advice: string | undefined;
}

type Ended = Pick<ExchangeView, 'ended' | 'endedDetails'>;

/** How an exchange ended, what is known of it, and what to try. */
export function endedWords({ ended, endedDetails: details }: Ended, t: Texts<'traffic'>): EndedWords {
  const text = (name: string) => (typeof details[name] === 'string' ? (details[name] as string) : undefined);
  const number = (name: string) => (typeof details[name] === 'number' ? (details[name] as number) : undefined);
  const received = number('received') ?? 0;
  const plain = (sentence: string, advice?: string): EndedWords => ({ sentence, details: text('detail'), advice });
  switch (ended) {
    case 'complete':
    case 'answered':
    case 'open':
    case 'interrupted':
    case 'unknown':
    case 'cancelled':
    case 'withheld':
      return plain(t(`ended-${ended}`));
    case 'broken-off': {
      const by = (['close', 'reset', 'hang'] as const).find(one => one === details['by']) ?? 'close';
      return plain(t(`ended-broken-off-${by}`, { sent: number('sent') ?? 0 }));
    }
    case 'refused':
    case 'malformed':
    case 'proxy':
      return plain(t(`ended-${ended}`), t(`advice-${ended}`));
    case 'cut': {
      const announced = number('announced');
      const sentence =
        announced === undefined ? t('ended-cut-unannounced', { received }) : t('ended-cut', { received, announced });
      return plain(sentence, t('advice-cut'));
    }
    case 'reset':
      return plain(t('ended-reset', { received }), t('advice-reset'));
    case 'too-large':
      return plain(t('ended-too-large', { limit: bytesText(number('limit') ?? 0) }), t('advice-too-large'));
    case 'timeout':
      return timedOut(text('phase'), durationText(number('afterMs') ?? 0), t);
    case 'dns':
      return plain(t('ended-dns', { host: text('host') ?? '' }), t('advice-dns'));
    case 'unreachable':
      return {
        sentence: t('ended-unreachable', { detail: text('detail') ?? '' }),
        details: undefined,
        advice: t('advice-unreachable'),
      };
    case 'tls':
      return { sentence: text('explained') ?? t('ended-tls'), details: text('code'), advice: text('advice') };
    default:
      return plain(t('ended-other', { ended }));
  }
}

function timedOut(phase: string | undefined, after: string, t: Texts<'traffic'>): EndedWords {
  const known = (['connect', 'request', 'first-byte', 'body', 'total'] as const).find(one => one === phase) ?? 'total';
  const advice = known === 'connect' ? t('advice-timeout') : t('advice-timeout-answer');
  return { sentence: t(`ended-timeout-${known}`, { after }), details: undefined, advice };
}

const HTTP_ADVICE = [400, 401, 403, 404, 405, 409, 415, 429, 500, 501, 502, 503, 504] as const;

/** What an HTTP status means between OCPI partners. */
export function httpWords(status: number, t: Texts<'traffic'>): string {
  const known = HTTP_ADVICE.find(one => one === status);
  if (known !== undefined) return t(`http-${known}`);
  if (status >= 500) return t('http-5xx');
  if (status >= 400) return t('http-4xx');
  return status >= 300 ? t('http-3xx') : t('http-2xx');
}
