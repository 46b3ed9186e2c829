import type { Blamed } from '../../contract/explanation.ts';
import type { Direction, KnownCode } from './known-code.ts';

interface Words {
  readonly meaning: string;
  readonly next: readonly string[];
}

interface Ends {
  /** Where the direction makes no difference. */
  readonly any?: Words;
  readonly out?: Words;
  readonly in?: Words;
}

/** How calls end without a whole answer (`Ended`), between OCPI partners. */
const ENDS: Readonly<Record<string, Ends>> = {
  refused: {
    any: {
      meaning: 'connection refused: nothing listens there',
      next: [
        'Compare host and port with the versions URL the partner gave, then ask whether its server is up.',
        'A firewall may refuse too: give the partner our outgoing address.',
      ],
    },
  },
  timeout: {
    out: {
      meaning: 'no answer in time',
      next: [
        'Before a connection is made it is as a rule a firewall that drops what it does not allow: give the partner our outgoing address.',
        'After that the partner is slow or hangs: send its operator the request id and the time.',
        'The limits are settings of the link.',
      ],
    },
    in: {
      meaning: 'the request did not come whole in time',
      next: [
        'The caller announced more than it sent, or its connection hangs: compare Content-Length with the bytes that came.',
        'Proxies in between do that as well.',
      ],
    },
  },
  dns: {
    any: {
      meaning: 'the host name did not resolve',
      next: [
        'Check the host in the URL for a slip.',
        "Then whether this computer can resolve names of the partner's network: VPN, company DNS.",
      ],
    },
  },
  unreachable: {
    any: {
      meaning: 'the address cannot be reached',
      next: ['Check the network of this computer first (VPN, routing), then the address.'],
    },
  },
  tls: {
    out: {
      meaning: 'no secure connection',
      next: [
        "An unknown authority: set its certificate as the link's CA. A name that does not match, an expired certificate: only the partner can replace it. A client certificate is demanded: set one on the link.",
      ],
    },
    in: {
      meaning: 'no secure connection to us',
      next: [
        'The partner does not trust our certificate, or our server demands one of its own.',
        'Check the certificate files in the settings, and that its chain is complete.',
      ],
    },
  },
  cut: {
    out: {
      meaning: 'the answer ended before it was whole',
      next: [
        "As a rule a proxy or load balancer in between gave up, or the partner's process died: repeat the call.",
        'Ask for smaller pages if it is always long answers that are cut.',
      ],
    },
    in: {
      meaning: 'the connection ended before all was said',
      next: [
        'The caller gave up, or a proxy in between did: compare the time it took with the limits of the caller.',
        'Whether it read our answer is not known; it may call again.',
      ],
    },
  },
  reset: {
    any: {
      meaning: 'the connection was reset',
      next: [
        "As a rule a proxy or load balancer in between gave up, or the partner's process died: repeat the call.",
        'A port that speaks https only also does this to http.',
      ],
    },
  },
  malformed: {
    any: {
      meaning: 'what came is no HTTP',
      next: [
        'Look at the bytes as they came: another protocol on that port, http where https is spoken, or a broken header line.',
      ],
    },
  },
  'too-large': {
    out: {
      meaning: 'longer than the limit',
      next: ['Ask for smaller pages with limit.', 'Raise the limit on the link if so much is really sent.'],
    },
    in: {
      meaning: 'longer than the limit',
      next: [
        'The partner sends more in one request than we read. OCPI pushes one object at a time: see what else it holds.',
      ],
    },
  },
  proxy: {
    any: {
      meaning: 'the proxy did not let it through',
      next: [
        'Check the proxy that is set on the link, its user and password, and whether it allows this host and port.',
      ],
    },
  },
  cancelled: {
    any: {
      meaning: 'cancelled before there was an answer',
      next: [
        'Nothing, if that was meant.',
        'Whether the partner acted on the request is not known: look before it is repeated.',
      ],
    },
  },
  interrupted: {
    any: {
      meaning: 'the workbench was stopped during the call',
      next: [
        'Whether the other side finished what it was asked for is not known: look before it is repeated, above all with credentials.',
      ],
    },
  },
  'broken-off': {
    any: {
      meaning: 'a fault of ours broke it off',
      next: ['Nothing, if that was meant; the list of fault rules shows which are armed.'],
    },
  },
};

const OTHER: Words = {
  meaning: 'it ended in a way there are no words for',
  next: ['Look at the exchange itself: it has all that is known.'],
};

const OUR_CALL: Readonly<Record<string, Blamed>> = {
  refused: 'them',
  timeout: 'them',
  cut: 'them',
  reset: 'them',
  malformed: 'them',
  unreachable: 'between',
  proxy: 'us',
  cancelled: 'us',
  interrupted: 'us',
  'broken-off': 'us',
};

const THEIR_CALL: Readonly<Record<string, Blamed>> = {
  timeout: 'them',
  malformed: 'them',
  'too-large': 'them',
  cancelled: 'them',
  cut: 'between',
  reset: 'between',
  interrupted: 'us',
  'broken-off': 'us',
};

export function isNetworkCode(code: string): boolean {
  return Object.hasOwn(ENDS, code);
}

/** Any end is explained; one nobody knows, as such. */
export function networkCode(code: string, direction: Direction): KnownCode {
  const ends: Ends = Object.hasOwn(ENDS, code) ? (ENDS[code] ?? {}) : {};
  return {
    layer: code === 'tls' ? 'tls' : 'network',
    ...(ends[direction] ?? ends.any ?? OTHER),
    blamed: (direction === 'out' ? OUR_CALL : THEIR_CALL)[code] ?? 'either',
    section: null,
  };
}
