import { type Finding, finding } from '../../ocpi/findings.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';
import type { PushedKey, PushOutcome } from '../pushed-objects.ts';
import type { PlannedReply } from '../responder.ts';
import { unknown } from './object-answers.ts';

const INVALID = 2001;
const UNKNOWN = { object: 2001, location: 2003, token: 2004 } as const;

/** 200 with 2001, and what is wrong in words (digest 1.5). */
export function invalid(findings: readonly Finding[], why: Finding | undefined): PlannedReply {
  const statusMessage = why
    ? `${why.pointer || 'The body'}: ${why.met}; expected ${why.expected}.`
    : 'This cannot be used.';
  return { status: 200, envelope: { statusCode: INVALID, statusMessage }, findings };
}

/** The URL names a party that is none of the caller's (digest 1.5). */
export function notAnnounced(foreign: Finding): PlannedReply {
  const { met } = foreign;
  const statusMessage = `${met} is no party of your registration.`;
  return { status: 404, envelope: { statusCode: UNKNOWN.object, statusMessage }, findings: [foreign] };
}

export function outcome(
  kept: PushOutcome,
  { existed, findings }: { existed: boolean; findings: readonly Finding[] },
): PlannedReply {
  if (kept.ok) {
    return { status: existed ? 200 : 201, envelope: { statusCode: 1000, statusMessage: 'Success' }, findings };
  }
  if (kept.reason === undefined) {
    const unusable = finding('object.id-unusable', { pointer: '/id', met: 'no usable id', expected: 'an id' });
    return invalid([...findings, unusable], unusable);
  }
  const statusMessage = 'This platform cannot store anything at the moment. Please try again.';
  return { status: 200, envelope: { statusCode: 3000, statusMessage }, findings };
}

export function noObject({ module, list, id }: PushedKey, version: Version): PlannedReply {
  if (module === 'locations') return unknown(UNKNOWN.location, `There is no location ${id}.`);
  // 2.1.1 has no code for tokens.
  if (module === 'tokens' && atLeast22(version)) return unknown(UNKNOWN.token, `There is no token ${id}.`);
  return unknown(UNKNOWN.object, `There is no ${WORDS[list ?? module] ?? module.slice(0, -1)} ${id}.`);
}

export function noPart({ list, id }: { readonly list: string; readonly id: string }): PlannedReply {
  return unknown(UNKNOWN.object, `There is no ${WORDS[list] ?? list} ${id}.`);
}

/** What one of a list is called, where that is more than the name of the module without its last letter. */
const WORDS: Readonly<Record<string, string>> = {
  evses: 'EVSE',
  connectors: 'connector',
  calendars: 'calendar',
  hubclientinfo: 'party',
  invoicereconciliation: 'invoice record',
  terminals: 'terminal',
  'financial-advice-confirmations': 'financial advice confirmation',
  booking_locations: 'booking location',
};
