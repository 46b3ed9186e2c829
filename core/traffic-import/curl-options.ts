/** Options of curl that are followed by a value; whatever is not named here stands alone. */
const VALUED_LONG = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
  continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
  delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header egd-file engine etag-compare
  etag-save expect100-timeout form form-string happy-eyeballs-timeout-ms header hostpubmd5 hsts interface ipfs-gateway
  json keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt
  max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey
  preproxy proto proto-default proto-redir proxy proxy-cacert proxy-cert proxy-header proxy-key proxy-user range
  random-file rate referer request request-target resolve retry retry-delay retry-max-time service-name socks4 socks4a
  socks5 socks5-hostname speed-limit speed-time stderr time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser
  trace trace-ascii unix-socket upload-file url url-query user user-agent variable write-out`
    .split(/\s+/)
    .filter(name => name !== ''),
);

const SHORT: Readonly<Record<string, string>> = {
  A: 'user-agent',
  b: 'cookie',
  c: 'cookie-jar',
  C: 'continue-at',
  d: 'data',
  D: 'dump-header',
  e: 'referer',
  E: 'cert',
  F: 'form',
  G: 'get',
  h: 'help',
  H: 'header',
  I: 'head',
  K: 'config',
  m: 'max-time',
  o: 'output',
  P: 'ftp-port',
  Q: 'quote',
  r: 'range',
  T: 'upload-file',
  u: 'user',
  U: 'proxy-user',
  w: 'write-out',
  x: 'proxy',
  X: 'request',
  y: 'speed-time',
  Y: 'speed-limit',
  z: 'time-cond',
};

export interface CurlOption {
  /** The long name without dashes; `url` for what stands without an option. */
  readonly name: string;
  /** Empty where the option stands alone. */
  readonly value: string;
}

/** The words behind `curl` as options, in order; short ones may stand together, with their value behind the last. */
export function curlOptions(words: readonly string[]): CurlOption[] {
  const options: CurlOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.startsWith('--') && word.length > 2) {
      const name = word.slice(2);
      options.push({ name, value: VALUED_LONG.has(name) ? (words[++at] ?? '') : '' });
    } else if (word.startsWith('-') && word.length > 1) {
      for (let letter = 1; letter < word.length; letter++) {
        const name = SHORT[word.charAt(letter)] ?? word.charAt(letter);
        if (!VALUED_LONG.has(name)) {
          options.push({ name, value: '' });
          continue;
        }
        const attached = word.slice(letter + 1);
        options.push({ name, value: attached === '' ? (words[++at] ?? '') : attached });
        break;
      }
    } else if (word !== '--') options.push({ name: 'url', value: word });
  }
  return options;
}
