import { headerValue } from '../../ocpi/raw-headers.ts';
import type { Observed } from '../observed.ts';
import { sealedTokenIn } from '../sealed-token.ts';

export interface SentToken {
  /** `raw`, `base64`, `base64+lf`, ...; undefined where there is no token. */
  readonly form: string | undefined;
  /** End of a sentence about the request: "it was sent Base64-encoded". */
  readonly words: string;
}

/** How the token stands in the Authorization header of a recorded request. */
export function sentToken({ request }: Pick<Observed, 'request'>): SentToken {
  const value = headerValue(request.headers, 'authorization');
  if (value === undefined) return { form: undefined, words: 'there was no Authorization header' };
  const form = sealedTokenIn(value)?.form;
  if (form === undefined) return { form, words: 'the Authorization header holds no token that can be read' };
  const scheme = /^\s*(\S+)\s/.exec(value)?.[1] ?? '';
  const wrongScheme = /^token$/i.test(scheme) ? '' : `, behind "${scheme.slice(0, 20)}" instead of "Token"`;
  return { form, words: `it was sent ${formWords(form)}${wrongScheme}` };
}

/** Forms are composed of words (core/http/token-forms.ts): `base64url+lf`, `double-base64-unpadded`. */
function formWords(form: string): string {
  if (form === 'raw') return 'as it is, without Base64';
  const additions = [
    ...(form.includes('base64url') ? ['with the alphabet of URLs'] : []),
    ...(form.includes('+crlf') ? ['with a carriage return and a line feed at its end'] : []),
    ...(form.includes('+lf') ? ['with a line feed at its end'] : []),
    ...(form.includes('unpadded') ? ['without padding'] : []),
  ];
  const base = form.startsWith('double-') ? 'Base64-encoded twice' : 'Base64-encoded';
  return [base, ...additions].join(' ');
}
