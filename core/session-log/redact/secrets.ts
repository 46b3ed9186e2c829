import { isSecretHeader } from '../../http/token-places.ts';

/** Puts placeholders where credentials tokens stand (core/http/sealing.ts). */
export interface Seal {
  text(text: string): string;
  /** Of what no parser took. */
  packet(text: string): string;
}

/** What stands where something was that goes into no file. */
export const LEFT_OUT = '(left out)';

const COOKIES: ReadonlySet<string> = new Set(['cookie', 'set-cookie', 'cookie2', 'set-cookie2']);
const SEALED = /^\s*(?:[\w-]+[\s:=,]+)?\{token:[\w-]+:[a-z0-9+.-]+:\d+\}\s*$/i;
const SCHEME_ALONE = /^\s*(?:token|bearer|basic|digest|negotiate|apikey|api-key|key)?\s*$/i;
const AUTHORIZATION = 'Authorization: ';
const MOST_NAMES = 1000;
const PEM = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
/** A name and a password before a host; JSON may escape the slashes. */
const USER_INFO = /(:(?:\\{0,31}\/){2})[^\s/?#@"'<>\\]+@/g;
const COOKIE_LINE = /^((?:set-)?cookie2?[ \t]*:[ \t]*)(?!\(left out\)\r?$)\S.*$/gim;

/** Finds what must stay secret whatever is asked for, and tells how often it did. */
export interface Secrets {
  text(text: string): string;
  /** What no parser took: its header lines are not known as such. */
  packet(text: string): string;
  header(name: string, value: string): string;
  /** True where `header` would change a value, by the header's name. */
  hides(name: string, value: string): boolean;
  /** True where `text` would change nothing. */
  isClean(text: string): boolean;
  readonly places: number;
}

export function createSecrets(seal: Seal): Secrets {
  let places = 0;

  const counted = (clean: string, given: string): string => {
    if (clean !== given) places++;
    return clean;
  };
  const text = (given: string): string => counted(withoutKeys(seal.text(given)), given);

  type Sort = 'cookie' | 'secret' | 'other';
  /** Names as partners spell them are few. */
  const sorts = new Map<string, Sort>();
  const sortOf = (name: string): Sort => {
    const before = sorts.get(name);
    if (before !== undefined) return before;
    const sort = COOKIES.has(name.toLowerCase()) ? 'cookie' : isSecretHeader(name) ? 'secret' : 'other';
    if (sorts.size < MOST_NAMES) sorts.set(name, sort);
    return sort;
  };
  const hides = (name: string, value: string): boolean => {
    const sort = sortOf(name);
    if (sort === 'other') return false;
    return sort === 'cookie' ? value !== LEFT_OUT && value !== '' : !SEALED.test(value) && !SCHEME_ALONE.test(value);
  };

  return {
    text,
    packet: given => counted(withoutKeys(seal.packet(given)).replace(COOKIE_LINE, `$1${LEFT_OUT}`), given),
    hides,
    isClean: given => withoutKeys(given) === given && seal.text(given) === given,
    header(name, value) {
      const sort = sortOf(name);
      if (sort === 'other') return text(value);
      if (!hides(name, value)) return value;
      places++;
      if (sort === 'cookie') return LEFT_OUT;
      // As it would stand in a message: so the token keeps its identity, and a scheme its word.
      const sealed = seal.text(AUTHORIZATION + value);
      const rest = sealed.slice(AUTHORIZATION.length);
      return sealed.startsWith(AUTHORIZATION) && SEALED.test(rest) ? rest : LEFT_OUT;
    },
    get places() {
      return places;
    },
  };
}

/** Private keys, certificates, and what stands before the hosts of URLs: no token of ours, and nobody else's business. */
function withoutKeys(text: string): string {
  const keyless = text.includes('-----BEGIN ') ? text.replace(PEM, LEFT_OUT) : text;
  return keyless.includes('@') ? withoutUserInfo(keyless) : keyless;
}

/** A text without the names and passwords before the hosts of URLs. */
export function withoutUserInfo(text: string): string {
  return text.replace(USER_INFO, '$1');
}
