import { isLoopbackHost } from '../../../core/ocpi/urls.ts';

/** What a pasted address is taken for. Words for people stand in the texts. */
export type PastedUrl =
  | { readonly ok: true; readonly url: string; readonly hint?: 'details' }
  | { readonly ok: false; readonly problem: 'empty' | 'scheme' | 'unusable' };

/** Blanks, line breaks and invisible characters that mails and chats put in; quotes and angle brackets around. */
const STRAY = /[\s\u200b-\u200d\u2060\ufeff]+/g;
const AROUND = /^[<"'“”„«(]+|[>"'“”«»),;]+$/g;

/** A versions URL as it was pasted, cleaned. `details`: it looks like the URL of one version's details (T8b). */
export function pastedUrl(text: string): PastedUrl {
  const url = text.replace(STRAY, '').replace(AROUND, '');
  if (url === '') return { ok: false, problem: 'empty' };
  if (!/^https?:\/\//i.test(url)) return { ok: false, problem: 'scheme' };
  const parsed = URL.parse(url);
  if (parsed === null || parsed.hostname === '') return { ok: false, problem: 'unusable' };
  const last = parsed.pathname.split('/').filter(Boolean).at(-1) ?? '';
  return /^\d+\.\d+(\.\d+)?$/.test(last) ? { ok: true, url, hint: 'details' } : { ok: true, url };
}

export type PastedToken =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly problem: 'empty' | 'characters' | 'long' };

/** A token as it was pasted: without the header's name and keyword, without what stands around it. */
export function pastedToken(text: string): PastedToken {
  const token = text
    .replace(/^[\s\u200b-\u200d\u2060\ufeff]+|[\s\u200b-\u200d\u2060\ufeff]+$/g, '')
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^token\s+/i, '');
  if (token === '') return { ok: false, problem: 'empty' };
  if (!/^[\x21-\x7e]+$/.test(token)) return { ok: false, problem: 'characters' };
  return token.length > 256 ? { ok: false, problem: 'long' } : { ok: true, token };
}

/** Parts of a host that say nothing of whose it is. */
const IDLE = /^(www|ocpi|api|roaming|test|acc|stage|staging|uat|dev|sandbox|prod|production|com|net|org|io|eu|co)$/;

/** A name for a link out of its address, not taken yet: `acme` for ocpi.acme.example, `acme 2` where that is taken. */
export function suggestedName(url: string, taken: readonly string[]): string {
  const host = URL.parse(url)?.hostname ?? '';
  const labels = host.split('.');
  const plain = /^[\d.]+$|:|^localhost$/.test(host) || labels.length < 2;
  const telling = plain ? [] : labels.slice(0, -1).filter(label => !IDLE.test(label));
  const base = telling.at(-1) ?? 'partner';
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number++) {
    const name = `${base} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** True for an address that only this machine reaches. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopbackHost(URL.parse(url)?.hostname ?? '');
}
