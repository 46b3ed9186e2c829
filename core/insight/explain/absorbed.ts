import type { Finding } from '../../ocpi/findings.ts';
import type { Observed } from '../observed.ts';
import { sideOfFinding } from './finding-place.ts';

/** What a failure is known by: `failedLayer`'s code. */
interface Failed {
  readonly layer: 'network' | 'http' | 'ocpi';
  readonly code: string;
}

const ABOUT_THE_ANSWER = /^(status|envelope|body|response|retry-after|hub|authorize)\./;
const ABOUT_THE_CALL = /^request\./;
const ABOUT_THE_TOKEN = /^(authorization|registration)\./;
const TOKEN_STATUSES = ['401', '403', '400', '405', '500'];
const DEMANDS: readonly string[] = ['field.optional-demanded', 'object.refused-for-value'];

/** The refusal itself is wrong: it demands what the version does not. */
export function isDemand(cause: Finding | undefined): boolean {
  return cause !== undefined && DEMANDS.includes(cause.code);
}

/** The findings that belong to a failure, and so are no problem besides it: why it failed, or how it was told. */
export function absorbedBy({ layer, code }: Failed, observed: Observed): Finding[] {
  const { findings } = observed;
  if (layer === 'network') return findings.filter(found => ABOUT_THE_CALL.test(found.code));
  const aboutContent = layer === 'ocpi' ? code.startsWith('2') : ['400', '404', '409', '422'].includes(code);
  return findings.filter(found => {
    if (DEMANDS.includes(found.code) || ABOUT_THE_CALL.test(found.code)) return true;
    const ofRequest = sideOfFinding(found, observed) === 'request';
    if (ABOUT_THE_ANSWER.test(found.code)) return !ofRequest || found.severity === 'error';
    if (ABOUT_THE_TOKEN.test(found.code)) return layer === 'http' && TOKEN_STATUSES.includes(code);
    return aboutContent && ofRequest && found.severity === 'error';
  });
}

/** Of those, the one that says most about why: the first error about the request, else about what was demanded. */
export function causeAmong(absorbed: readonly Finding[], observed: Observed): Finding | undefined {
  const demand = absorbed.find(({ code }) => DEMANDS.includes(code));
  if (demand !== undefined) return demand;
  const ofRequest = absorbed.filter(found => sideOfFinding(found, observed) === 'request');
  return (
    ofRequest.find(({ severity }) => severity === 'error') ?? ofRequest.find(({ severity }) => severity === 'warning')
  );
}
