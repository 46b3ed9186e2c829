import { type Finding, finding } from './findings.ts';
import { headerValue, type RawHeaders } from './raw-headers.ts';

/** What to do about an answer: nothing, follow its redirect, or tell why not. */
export type Redirect =
  | { readonly kind: 'none' }
  | { readonly kind: 'follow'; readonly url: string; readonly finding: Finding }
  | { readonly kind: 'refuse'; readonly reason: string; readonly finding: Finding };

/** The head of an answer. */
export interface RedirectAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
}

export interface RedirectContext {
  readonly method: string;
  /** The URL that was called; one that is none leads nowhere, whatever the answer says. */
  readonly url: string;
  /** Redirects followed so far. */
  readonly followed: number;
}

const MOST_HOPS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** These promise that method and body stay as they are. */
const KEEPS_METHOD = new Set([307, 308]);

/**
 * A redirect is followed only where nothing can go wrong: to the same origin, so that the token stays with the partner,
 * and with a method that the status keeps. Everything else is for a person to decide.
 */
export function judgeRedirect({ status, headers }: RedirectAnswer, context: RedirectContext): Redirect {
  const location = headerValue(headers, 'location');
  if (!REDIRECTS.has(status) || location === undefined) return { kind: 'none' };
  const { method, url, followed } = context;
  const target = URL.parse(location, url);
  // What was recorded elsewhere may hold anything as a URL.
  const origin = URL.parse(url)?.origin;
  const shown = target?.href ?? location;
  const refuse = (why: string, advice: string): Redirect => ({
    kind: 'refuse',
    reason: `the partner answered ${status} with a redirect to ${shown}, which was not followed: ${why}. ${advice}`,
    finding: finding('wire.redirect-refused', {
      pointer: 'header:Location',
      met: `${status} to ${location}`,
      expected: `an answer, or a redirect within ${origin ?? url}`,
    }),
  });
  if (!target) return refuse('that is no URL', 'Ask the partner for the final URL.');
  if (target.origin !== origin) {
    return refuse(
      'it leads to another origin, and the token must not go there unasked',
      'If it is right, use that URL for the link.',
    );
  }
  if (target.username !== '' || target.password !== '') {
    return refuse('it holds a user name or password', 'Ask the partner for the final URL.');
  }
  if (method !== 'GET' && method !== 'HEAD' && !KEEPS_METHOD.has(status)) {
    return refuse(
      `a ${method} may become a GET on the way`,
      'Use that URL for the link, or have the partner answer 308.',
    );
  }
  if (followed >= MOST_HOPS) {
    return refuse(`${MOST_HOPS} redirects were followed already`, 'The partner probably redirects in a circle.');
  }
  return {
    kind: 'follow',
    url: target.href,
    finding: finding('wire.redirect-followed', {
      pointer: 'header:Location',
      met: `${status} to ${location}`,
      expected: 'an answer',
    }),
  };
}
