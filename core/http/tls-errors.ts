import type { Ended } from './wire.ts';

type TlsEnded = Extract<Ended, { how: 'tls' }>;

/** Our own codes, for what OpenSSL has no name for. */
export const CLOSED_IN_HANDSHAKE = 'CLOSED_IN_HANDSHAKE';
export const HTTP_TO_TLS_PORT = 'HTTP_TO_TLS_PORT';
export const BAD_TLS_SETTINGS = 'BAD_TLS_SETTINGS';

type Explanation = readonly [explained: string, advice: string];

const UNKNOWN_AUTHORITY: Explanation = [
  "The partner's certificate was issued by an authority that is not trusted here.",
  "Often the server does not send its intermediate certificate: ask for the whole chain. For a private authority, set its certificate as the link's own CA.",
];
const PLAIN_ANSWER: Explanation = [
  'The port answered something that is not TLS: most likely it speaks plain HTTP.',
  'Use http:// for this port, or ask for the port that speaks TLS.',
];
const PROTOCOL_VERSION: Explanation = [
  'The two sides have no TLS version in common.',
  'The workbench speaks TLS 1.2 and 1.3; the partner has to switch on one of them.',
];
const WANTS_CERTIFICATE: Explanation = [
  'The partner demands a client certificate.',
  "Set the link's client certificate and key; both come from the partner or from an authority it trusts.",
];
const REFUSED_CERTIFICATE: Explanation = [
  'The partner does not accept our client certificate.',
  'Check that it is not expired, was issued by the authority the partner expects, and is registered there.',
];

const EXPLAINED: Readonly<Record<string, Explanation>> = {
  CERT_HAS_EXPIRED: [
    "The partner's certificate has expired.",
    'The partner has to renew it; check the clock of this machine too.',
  ],
  CERT_NOT_YET_VALID: [
    "The partner's certificate is not valid yet.",
    'Check the clock of this machine, then ask the partner when the certificate begins.',
  ],
  CERT_REVOKED: ["The partner's certificate was revoked.", 'The partner has to replace it.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "The partner's certificate is self-signed.",
    "If that is meant to be so, set the certificate as the link's own CA.",
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "The chain of the partner's certificate ends in an authority that is not trusted here.",
    "Set that authority's certificate as the link's own CA; behind a company proxy it may be the proxy's.",
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  CERT_UNTRUSTED: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "The partner's certificate is for another host name.",
    'Check the host in the URL; else the partner has to add this name to its certificate.',
  ],
  HOSTNAME_MISMATCH: [
    "The partner's certificate is for another host name.",
    'Check the host in the URL; else the partner has to add this name to its certificate.',
  ],
  ERR_SSL_WRONG_VERSION_NUMBER: PLAIN_ANSWER,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: PLAIN_ANSWER,
  ERR_SSL_HTTP_REQUEST: PLAIN_ANSWER,
  ERR_SSL_UNSUPPORTED_PROTOCOL: PROTOCOL_VERSION,
  ALERT_PROTOCOL_VERSION: PROTOCOL_VERSION,
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: PROTOCOL_VERSION,
  ALERT_CERTIFICATE_REQUIRED: WANTS_CERTIFICATE,
  ALERT_BAD_CERTIFICATE: REFUSED_CERTIFICATE,
  ALERT_UNKNOWN_CA: REFUSED_CERTIFICATE,
  ALERT_CERTIFICATE_UNKNOWN: REFUSED_CERTIFICATE,
  ALERT_CERTIFICATE_EXPIRED: REFUSED_CERTIFICATE,
  ALERT_ACCESS_DENIED: REFUSED_CERTIFICATE,
  ALERT_HANDSHAKE_FAILURE: [
    'The partner ended the TLS handshake: no cipher in common, or it demands a client certificate.',
    'If the partner gave you a client certificate, set it on the link with its key; else ask for the ciphers it allows.',
  ],
  ALERT_UNRECOGNIZED_NAME: [
    'The server does not know the host name that was asked for.',
    'Check the host in the URL; the partner may have to configure this name.',
  ],
  [CLOSED_IN_HANDSHAKE]: [
    'The partner closed the connection in the middle of the TLS handshake.',
    'Often a firewall that does not know our address, a port that speaks no TLS, or a client certificate that is missing.',
  ],
  [HTTP_TO_TLS_PORT]: ['The port answered plain HTTP with TLS: it speaks https only.', 'Use https:// for this port.'],
  [BAD_TLS_SETTINGS]: [
    "The link's own certificates cannot be used.",
    'Client certificate, key and CA have to be PEM, the key has to fit the certificate and to be without passphrase.',
  ],
};

/** The peer's alerts, which OpenSSL's releases spell differently: SSLV3_ALERT_X, SSL/TLS_ALERT_X, TLSV1_X. */
const ALERT = /^ERR_SSL_(?:SSL\/TLS|SSLV3|TLSV13|TLSV1)_(?:ALERT_)?(\w+)$/;

function explanationOf(code: string): Explanation | undefined {
  if (Object.hasOwn(EXPLAINED, code)) return EXPLAINED[code];
  const alert = ALERT.exec(code)?.[1];
  return alert === undefined ? undefined : EXPLAINED[`ALERT_${alert}`];
}

/** Whether a code names a failure of TLS or of a certificate, and not of the connection below it. */
export function isTlsCode(code: string): boolean {
  return (
    code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO' || Object.hasOwn(EXPLAINED, code)
  );
}

/** Explains a TLS failure for people, with what to try. `message` is used where the code is not known. */
export function explainTls(code: string, message: string): TlsEnded {
  const [explained, advice] = explanationOf(code) ?? [
    `TLS failed: ${withoutPlaces(message)}.`,
    'Compare with what `openssl s_client -connect host:port` says.',
  ];
  const detail =
    code === BAD_TLS_SETTINGS || code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? ` (${withoutPlaces(message)})` : '';
  return { how: 'tls', code, explained: explained + detail, advice };
}

/** OpenSSL's messages name the lines of its own source; only the reason is of use. */
function withoutPlaces(message: string): string {
  return /:(?:SSL|x509|PEM)[^:]* routines:[^:]*:([^:]+)/i.exec(message)?.[1] ?? message.trim().replace(/\.$/, '');
}
