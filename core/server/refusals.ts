import { type Finding, finding } from '../ocpi/findings.ts';
import type { Addressee } from './options.ts';
import type { PlannedReply } from './responder.ts';

/**
 * Answers of the server itself, given before any responder is asked. Section 1.5 of the digest; bodies are envelopes
 * throughout, because partners log the body and not the status line.
 */
export const refusals = {
  unauthorized: (why: string, findings: readonly Finding[]): PlannedReply => ({
    status: 401,
    headers: [['WWW-Authenticate', 'Token']],
    envelope: { statusCode: 2000, statusMessage: `${why} Every request needs Authorization: Token <token>.` },
    findings,
  }),

  unregistered: (): PlannedReply =>
    refusals.unauthorized('This token opens versions and credentials only, until the registration is finished.', [
      finding('authorization.unregistered', {
        pointer: 'header:Authorization',
        met: 'a token of an unfinished registration',
        expected: 'the token of a registration',
      }),
    ]),

  unknownPath: (path: string): PlannedReply => ({
    status: 404,
    envelope: { statusCode: 2000, statusMessage: 'Nothing is served at this path.' },
    findings: [finding('request.path', { pointer: 'url', met: path, expected: 'a URL of the version details' })],
  }),

  malformedPath: (path: string): PlannedReply => ({
    status: 400,
    envelope: { statusCode: 2001, statusMessage: 'The path is not valid percent-encoded UTF-8.' },
    findings: [finding('request.path', { pointer: 'url', met: path, expected: 'percent-encoded UTF-8' })],
  }),

  versionNotOffered: (version: string, offered: readonly string[]): PlannedReply => ({
    status: 404,
    envelope: { statusCode: 2000, statusMessage: `Version ${version} is not offered here.` },
    findings: [finding('request.version', { pointer: 'url', met: version, expected: offered.join(', ') })],
  }),

  wrongMethod: (method: string, allow: readonly string[], why?: string): PlannedReply => ({
    status: 405,
    headers: [['Allow', allow.join(', ')]],
    envelope: { statusCode: 2000, statusMessage: why ?? `${method} is not possible here; ${allow.join(', ')} may be.` },
    findings: [finding('request.method', { met: method, expected: allow.join(', ') })],
  }),

  /** Only a hub has codes of its own for it (digest 1.10, 2). */
  unknownAddressee: (party: string, { statusCode, ours }: Exclude<Addressee, 'us'>): PlannedReply => ({
    status: 200,
    envelope: { statusCode, statusMessage: `${party}, to whom this is addressed, is no party of this platform.` },
    findings: [
      finding('request.addressee', {
        pointer: 'header:OCPI-to-party-id',
        met: party,
        expected: ours.join(', '),
      }),
    ],
  }),

  withoutHost: (): PlannedReply => ({
    status: 400,
    envelope: { statusCode: 2000, statusMessage: 'HTTP/1.1 requires a Host header.' },
    findings: [finding('request.host', { pointer: 'header:Host', met: 'no header', expected: 'one header' })],
  }),

  contentType: (met: string): PlannedReply => ({
    status: 415,
    envelope: { statusCode: 2001, statusMessage: 'The body has to be sent as Content-Type: application/json.' },
    findings: [finding('request.content-type', { pointer: 'header:Content-Type', met, expected: 'application/json' })],
  }),

  contentEncoding: (met: string): PlannedReply => ({
    status: 415,
    headers: [['Accept-Encoding', 'identity']],
    envelope: { statusCode: 2001, statusMessage: 'The body has to be sent without Content-Encoding.' },
    findings: [
      finding('request.content-encoding', { pointer: 'header:Content-Encoding', met, expected: 'no Content-Encoding' }),
    ],
  }),

  expectation: (met: string): PlannedReply => ({
    status: 417,
    envelope: { statusCode: 2000, statusMessage: 'Only Expect: 100-continue is understood.' },
    findings: [finding('request.expectation', { pointer: 'header:Expect', met, expected: '100-continue' })],
  }),

  noJson: (findings: readonly Finding[]): PlannedReply => ({
    status: 400,
    envelope: { statusCode: 2001, statusMessage: `The body is not JSON (${whyNoJson(findings)}).` },
    findings,
  }),

  tooLarge: (met: string, limit: number): PlannedReply => ({
    status: 413,
    envelope: { statusCode: 2001, statusMessage: `The body is larger than the ${limit} bytes accepted here.` },
    findings: [finding('request.too-large', { met, expected: `at most ${limit} bytes` })],
  }),

  headTooLarge: (limit: number): PlannedReply => ({
    status: 431,
    envelope: { statusCode: 2000, statusMessage: `The headers are larger than the ${limit} bytes accepted here.` },
    findings: [
      finding('request.too-large', { met: `more than ${limit} bytes of headers`, expected: `at most ${limit} bytes` }),
    ],
  }),

  tooSlow: (met: string): PlannedReply => ({
    status: 408,
    envelope: { statusCode: 2000, statusMessage: 'The request was not complete in time.' },
    findings: [finding('request.slow', { met, expected: 'a whole request' })],
  }),

  unreadable: (detail: string): PlannedReply => ({
    status: 400,
    envelope: { statusCode: 2000, statusMessage: 'This is not a readable HTTP request.' },
    findings: [finding('request.unreadable', { met: detail, expected: 'an HTTP/1.1 request' })],
  }),

  cut: (met: string): PlannedReply => ({
    status: 400,
    envelope: { statusCode: 2001, statusMessage: 'The request ended in the middle.' },
    findings: [finding('request.cut', { met, expected: 'a whole request' })],
  }),

  /** The exchange could not be stored, so whatever was planned must not be said. */
  notStored: (): PlannedReply => ({
    status: 200,
    envelope: {
      statusCode: 3000,
      statusMessage: 'This platform cannot store anything at the moment, so nothing was answered. Please try again.',
    },
  }),

  bug: (): PlannedReply => ({
    status: 500,
    envelope: { statusCode: 3000, statusMessage: 'An internal error of this platform.' },
  }),
};

/** The place of the fault, without quoting a page of HTML back. */
function whyNoJson(findings: readonly Finding[]): string {
  const met = findings.find(({ code }) => code === 'body.json' || code === 'body.empty')?.met ?? 'no JSON';
  return /^(?:HTML|XML)/.exec(met)?.[0] ?? met;
}
