import { shorten } from '../../ocpi/findings.ts';
import type { Observed } from '../observed.ts';

/** How the two sides and the call are named in the sentences about one exchange. */
export interface Subject {
  /** `volta`, or what else is known of the other side. */
  readonly they: string;
  readonly theirs: string;
  /** `GET .../locations`. */
  readonly call: string;
  /** `volta answered`, `We answered`: whoever answered. */
  readonly answered: string;
  /** `to GET .../locations`, `to volta's GET .../locations`. */
  readonly toCall: string;
  /** `host:port` that was called; the other side's name where no URL tells. */
  readonly host: string;
}

const LONGEST_PATH = 60;

export function subjectOf({ direction, link, method, url, fromParty, toParty }: Observed): Subject {
  const out = direction === 'out';
  const host = (out ? URL.parse(url)?.host : undefined) ?? '';
  const they = link ?? (out ? toParty || host || 'the partner' : (fromParty ?? 'an unknown caller'));
  const call = `${shorten(method, 20)} ${pathOf(url)}`;
  return {
    they,
    theirs: `${they}'s`,
    call,
    answered: out ? `${they} answered` : 'We answered',
    toCall: out ? `to ${call}` : `to ${they}'s ${call}`,
    host: host === '' ? they : host,
  };
}

/** What follows the version in a URL, else its last two segments; the query is left out. */
function pathOf(url: string): string {
  const path = (URL.parse(url)?.pathname ?? url).split(/[?#]/, 1)[0] ?? '';
  const segments = path.split('/').filter(segment => segment !== '');
  const version = segments.findLastIndex(segment => /^\d+(\.\d+)+$/.test(segment));
  const shown = version >= 0 && version < segments.length - 1 ? segments.slice(version + 1) : segments.slice(-2);
  const cut = shown.length < segments.length ? '.../' : '/';
  const slash = path.endsWith('/') && shown.length > 0 ? '/' : '';
  const text = `${cut}${shown.join('/')}${slash}`;
  return text.length <= LONGEST_PATH ? text : `${text.slice(0, LONGEST_PATH)}...`;
}

/** A sentence begins with a capital, except for the name of a link, which is kept as it is written. */
export function sentence(text: string): string {
  const begun = /^(an?|the|nothing|no|our|its?|what|we|there) /.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

export function milliseconds(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(value % 1000 === 0 ? 0 : 1)} s` : `${Math.round(value)} ms`;
}

export function count(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
}
