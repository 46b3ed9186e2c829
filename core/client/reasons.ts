import type { Ended } from '../http/wire.ts';

/** Why there is no whole answer, as the end of a sentence for people. `url` is the one that was called. */
export function reasonOf(ended: Ended, url: string): string {
  const host = URL.parse(url)?.host ?? url;
  switch (ended.how) {
    case 'complete':
    case 'answered':
      return 'the answer came whole';
    case 'open':
      return 'the call is still under way';
    case 'unknown':
      return 'nothing is known of an answer';
    case 'interrupted':
      return 'the workbench was stopped during the call';
    case 'cut':
      return ended.announced === undefined
        ? `the answer was cut after ${ended.received} bytes`
        : `the answer was cut after ${ended.received} of ${ended.announced} bytes`;
    case 'too-large':
      return `the answer is larger than the limit of ${ended.limit} bytes`;
    case 'timeout':
      return TIMEOUTS[ended.phase](host, ended.afterMs);
    case 'refused':
      return `connection refused at ${host}: nothing listens there, or a firewall refuses`;
    case 'reset':
      return ended.received > 0
        ? `${host} reset the connection after ${ended.received} bytes of the answer`
        : `${host} closed the connection without an answer${url.startsWith('http:') ? ', as ports do that speak https only' : ''}`;
    case 'dns':
      return `the name ${ended.host} could not be resolved (${ended.detail})`;
    case 'unreachable':
      return `${host} cannot be reached: ${ended.detail}`;
    case 'tls':
      return `TLS with ${host} failed: ${ended.explained} ${ended.advice}`;
    case 'malformed':
      return `${host} did not answer in HTTP: ${ended.detail}`;
    case 'proxy':
      return ended.detail;
    case 'broken-off':
      return `a fault of ours broke it off (${ended.by}) after ${ended.sent} bytes`;
    case 'withheld':
      return 'a fault of ours kept it back';
    case 'cancelled':
      return 'the call was cancelled';
  }
}

type Phase = Extract<Ended, { how: 'timeout' }>['phase'];

const TIMEOUTS: Readonly<Record<Phase, (host: string, afterMs: number) => string>> = {
  connect: (host, ms) => `no connection to ${host} within ${ms} ms`,
  request: (host, ms) => `${host} did not take the request within ${ms} ms`,
  'first-byte': (host, ms) => `${host} took the request and did not answer within ${ms} ms`,
  body: (host, ms) => `${host} stopped in the middle of its answer for ${ms} ms`,
  total: (host, ms) => `the whole call to ${host} took longer than ${ms} ms`,
};
