import type { Blamed, Sureness } from '../../contract/explanation.ts';
import type { Observed } from '../observed.ts';
import { networkCode } from './network-codes.ts';
import { count, milliseconds, type Subject, sentence } from './subject.ts';
import type { Told } from './told.ts';

type Ended = Observed['ended'];

interface Judged {
  readonly sentence: string;
  readonly because: string;
  readonly blamed?: Blamed;
  readonly sure: Sureness;
  /** Before what is tried for the code. */
  readonly first?: readonly string[];
  /** Instead of it. */
  readonly only?: readonly string[];
}

/** An exchange without a whole answer. */
export function explainNetwork(observed: Observed, subject: Subject): Told {
  const { ended, direction } = observed;
  const known = networkCode(ended.how, direction);
  const judged = direction === 'out' ? ourCall(observed, subject) : theirCall(observed, subject);
  return {
    sentence: sentence(judged.sentence),
    layer: known.layer,
    code: ended.how,
    meaning: known.meaning,
    blamed: judged.blamed ?? known.blamed,
    sure: judged.sure,
    because: sentence(judged.because),
    section: known.section,
    next: [...(judged.only ?? [...(judged.first ?? []), ...known.next])],
  };
}

function ourCall({ ended, url }: Observed, { they, call, host }: Subject): Judged {
  switch (ended.how) {
    case 'refused':
      return {
        sentence: `nothing answered ${call}: ${host} refused the connection`,
        because: `Our request reached the machine, and no server of ${they} listens on that port.`,
        sure: 'likely',
      };
    case 'timeout':
      return ourTimeout(ended, { they, call, host });
    case 'dns':
      return {
        sentence: `${call} could not be sent: the name ${textOf(ended, 'host', host)} does not resolve`,
        because: 'Either the URL holds a slip, or the name is known in a network that this computer is not in.',
        sure: 'possible',
      };
    case 'unreachable':
      return {
        sentence: `${call} could not be sent: ${host} cannot be reached (${textOf(ended, 'detail', 'no route')})`,
        because: 'The connection failed before it came to the partner.',
        sure: 'likely',
      };
    case 'tls':
      return ourTls(ended, { call, host });
    case 'cut': {
      const received = numberOf(ended, 'received') ?? 0;
      const announced = numberOf(ended, 'announced');
      const of = announced === undefined ? '' : ` of the ${count(announced, 'byte')} it had announced`;
      return {
        sentence: `${they} broke its answer to ${call} off after ${count(received, 'byte')}${of}`,
        because:
          'The connection was closed from the other end in the middle of the body; a proxy in between may have done it.',
        sure: announced === undefined ? 'possible' : 'likely',
      };
    }
    case 'reset': {
      const received = numberOf(ended, 'received') ?? 0;
      const when = received > 0 ? `after ${count(received, 'byte')} of its answer` : 'before any answer';
      return {
        sentence: `${they} closed the connection to ${call} ${when}`,
        because: 'The connection was ended from the other end; a proxy in between may have done it.',
        sure: 'possible',
        ...(received === 0 && url.startsWith('http:')
          ? {
              first: [
                `The URL begins with http: try https, for ports that speak only that end the connection like this.`,
              ],
            }
          : {}),
      };
    }
    case 'malformed':
      return {
        sentence: `what ${they} answered to ${call} is no HTTP: ${textOf(ended, 'detail', 'it cannot be parsed')}`,
        because: 'No HTTP parser accepts these bytes.',
        sure: 'likely',
      };
    case 'too-large': {
      const limit = numberOf(ended, 'limit') ?? 0;
      return {
        sentence: `${they}'s answer to ${call} is longer than our limit of ${count(limit, 'byte')}`,
        because: 'We stopped reading; the answer may be right, only large.',
        blamed: 'either',
        sure: 'possible',
      };
    }
    case 'proxy':
      return {
        sentence: `the proxy of the link did not let ${call} through: ${textOf(ended, 'detail', 'no reason given')}`,
        because: 'The proxy answered instead of the partner, and it is set on our side.',
        sure: 'likely',
      };
    case 'broken-off':
      return brokenOff(ended, { sentence: `our ${call} was broken off`, sure: 'certain' });
    default:
      return ourEnd(ended.how, `${call} to ${they}`);
  }
}

const SLOW = 'The partner is slow or hangs: send its operator the request id and the time.';
const LIMITS = 'The limits of time are settings of the link.';

function ourTimeout(ended: Ended, { they, call, host }: Pick<Subject, 'they' | 'call' | 'host'>): Judged {
  const after = milliseconds(numberOf(ended, 'afterMs') ?? 0);
  switch (ended['phase']) {
    case 'connect':
      return {
        sentence: `no connection to ${host} came about within ${after}, so ${call} was never sent`,
        because: 'Packets that vanish without an answer are dropped by a firewall as a rule, on either side.',
        blamed: 'between',
        sure: 'likely',
        only: [
          'Give the partner our outgoing address and ask whether its firewall allows it.',
          'Check host and port, and whether this computer needs a VPN or a proxy to come there.',
          LIMITS,
        ],
      };
    case 'request':
      return {
        sentence: `${they} did not take the whole of ${call} within ${after}`,
        because: 'The connection stood, but the bytes of the request were not read from it.',
        sure: 'likely',
        only: [SLOW, LIMITS],
      };
    case 'body':
      return {
        sentence: `${they} stopped in the middle of its answer to ${call} for ${after}`,
        because: 'The beginning of the answer came, and then nothing any more.',
        sure: 'likely',
        only: ['Ask for smaller pages: the answer may be made while it is sent.', SLOW, LIMITS],
      };
    case 'total':
      return {
        sentence: `${call} to ${they} took longer than ${after} in all`,
        because: 'It was answered slowly, beyond the limit set on the link.',
        sure: 'likely',
        only: ['Ask for smaller pages.', SLOW, LIMITS],
      };
    default:
      return {
        sentence: `${they} took ${call} and did not answer within ${after}`,
        because: 'The request left whole, and no byte of an answer came.',
        sure: 'likely',
        only: ['Whether the partner acted on the request is not known: look before it is repeated.', SLOW, LIMITS],
      };
  }
}

/** By TLS code (core/http/tls-errors.ts): whose certificate or settings it is about. */
const TLS_BLAMED: readonly (readonly [RegExp, Blamed, Sureness, string])[] = [
  [/^CERT_(HAS_EXPIRED|REVOKED)$/, 'them', 'certain', "The dates of a certificate are its owner's to keep."],
  [/^CERT_NOT_YET_VALID$/, 'either', 'possible', 'Either the certificate or the clock of this computer is wrong.'],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|.*UNRECOGNIZED_NAME)$/,
    'them',
    'likely',
    'The host of the URL the partner gave is not one of the names in its certificate.',
  ],
  [
    /^(UNABLE_TO_|CERT_UNTRUSTED)/,
    'them',
    'likely',
    'As a rule the server does not send its intermediate certificate; browsers hide that, other clients cannot.',
  ],
  [
    /SELF_SIGNED/,
    'either',
    'possible',
    "A private authority is nobody's mistake, as long as this side was given its certificate.",
  ],
  [
    /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_(UNKNOWN|EXPIRED)|ACCESS_DENIED|^BAD_TLS_SETTINGS/,
    'us',
    'likely',
    'The certificate in question is the one set on the link, or missing there.',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|^HTTP_TO_TLS_PORT/,
    'either',
    'likely',
    'URL and port do not fit: one of them means http, the other https.',
  ],
];

function ourTls(ended: Ended, { call, host }: Pick<Subject, 'call' | 'host'>): Judged {
  const explained = textOf(ended, 'explained', 'TLS failed.');
  const code = textOf(ended, 'code', '');
  const known = TLS_BLAMED.find(([pattern]) => pattern.test(code));
  return {
    sentence: `${call} could not be sent, for there is no secure connection with ${host}: ${lowerFirst(explained)}`,
    because: known?.[3] ?? 'The two sides could not agree on a secure connection.',
    blamed: known?.[1] ?? 'either',
    sure: known?.[2] ?? 'possible',
    only: [sentence(textOf(ended, 'advice', 'Compare with what `openssl s_client -connect host:port` says'))],
  };
}

function theirCall({ ended, durationMs }: Observed, { they, call, theirs }: Subject): Judged {
  const received = numberOf(ended, 'received') ?? 0;
  switch (ended.how) {
    case 'timeout':
      return {
        sentence: `${theirs} ${call} did not come whole within ${milliseconds(numberOf(ended, 'afterMs') ?? 0)}`,
        because: 'The rest of the request never arrived.',
        sure: 'likely',
      };
    case 'cut': {
      const announced = numberOf(ended, 'announced');
      const waited = durationMs === null ? '' : ` after ${milliseconds(durationMs)}`;
      const part =
        announced === undefined ? '' : `, with ${received} of ${count(announced, 'byte')} of its request sent`;
      return {
        sentence: `${they} ended the connection of its ${call}${waited}${part}`,
        because:
          announced === undefined
            ? 'It did not wait for the end of our answer, or something in between did not.'
            : 'It had announced more than it sent.',
        blamed: announced === undefined ? 'between' : 'them',
        sure: 'possible',
      };
    }
    case 'reset':
      return {
        sentence: `the connection of ${theirs} ${call} was reset from its end`,
        because: 'We had not finished with it: the caller or something in between gave up.',
        sure: 'possible',
      };
    case 'malformed':
      return {
        sentence: `what ${they} sent is no HTTP: ${textOf(ended, 'detail', 'it cannot be parsed')}`,
        because: 'No HTTP parser accepts these bytes.',
        sure: 'likely',
      };
    case 'too-large':
      return {
        sentence: `${theirs} ${call} is longer than our limit of ${count(numberOf(ended, 'limit') ?? 0, 'byte')}`,
        because: 'OCPI pushes one object at a time, and no object is that large.',
        sure: 'likely',
      };
    case 'tls':
      return {
        sentence: `${they} could not make a secure connection to us: ${lowerFirst(textOf(ended, 'explained', 'TLS failed.'))}`,
        because: 'The handshake ended before any request.',
        sure: 'possible',
      };
    case 'broken-off':
      return brokenOff(ended, { sentence: `our answer to ${theirs} ${call} was broken off`, sure: 'certain' });
    default:
      return ourEnd(ended.how, `${theirs} ${call}`);
  }
}

function ourEnd(how: string, what: string): Judged {
  if (how === 'cancelled') {
    return { sentence: `${what} was cancelled`, because: 'Somebody no longer waited for it.', sure: 'certain' };
  }
  if (how === 'interrupted') {
    return {
      sentence: `the workbench was stopped while ${what} was under way`,
      because: 'It was found open at the next start.',
      sure: 'certain',
    };
  }
  return { sentence: `${what} ended without a whole answer (${how})`, because: 'No more is known.', sure: 'possible' };
}

function brokenOff(ended: Ended, judged: Pick<Judged, 'sentence' | 'sure'>): Judged {
  const how = { close: 'closed', reset: 'reset', hang: 'left hanging' }[textOf(ended, 'by', '')] ?? 'ended';
  return {
    sure: judged.sure,
    sentence: `${judged.sentence} on purpose after ${count(numberOf(ended, 'sent') ?? 0, 'byte')} of the body: the connection was ${how}`,
    because: 'A fault rule of ours did it.',
  };
}

function textOf(ended: Ended, name: string, otherwise: string): string {
  const value = ended[name];
  return typeof value === 'string' && value !== '' ? value.trim().replace(/\.$/, '') : otherwise;
}

function numberOf(ended: Ended, name: string): number | undefined {
  const value = ended[name];
  return typeof value === 'number' ? value : undefined;
}

function lowerFirst(text: string): string {
  return /^(The|No|A|An|Two|Client|Often) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
