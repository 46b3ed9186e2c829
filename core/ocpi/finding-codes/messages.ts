import type { KnownFinding } from './known-finding.ts';

/** Findings about bodies, envelopes and how HTTP and OCPI status go together. */
export const MESSAGE_FINDINGS = {
  'body.empty': {
    severity: 'warning',
    section: '1.4, T6a',
    meaning: 'There is no body where one is due.',
    advice: 'Every answer has to hold the envelope, every POST, PUT and PATCH a JSON body.',
  },
  'body.utf8': {
    severity: 'warning',
    section: '1.1, 5',
    meaning: 'The body is not UTF-8; bytes that fit nowhere are shown as replacement characters.',
    advice: 'Look for a system on the way that writes Latin-1 or UTF-16.',
  },
  'body.bom': {
    severity: 'warning',
    section: '1.1',
    meaning: 'The body begins with a byte order mark, which JSON does not allow.',
    advice: 'Write UTF-8 without a byte order mark; most JSON parsers refuse it.',
  },
  'body.json': {
    severity: 'error',
    section: '1.5',
    meaning: 'The body is not JSON.',
    advice: 'An answer of a proxy or a web framework (often HTML), or a message that was cut.',
  },
  'envelope.missing': {
    severity: 'error',
    section: '1.4, T6a',
    meaning: 'The answer is JSON, but not the OCPI envelope.',
    advice: 'Data belongs into `data`, next to `status_code` and `timestamp`; errors of a framework need wrapping too.',
  },
  'envelope.status-code.missing': {
    severity: 'error',
    section: '1.4',
    meaning: 'The envelope has no status_code, so success cannot be told.',
    advice: 'Every answer states it, 1000 for success.',
  },
  'envelope.status-code.text': {
    severity: 'warning',
    section: 'T6a',
    meaning: 'status_code is a string where a number is due.',
    advice: 'Write 1000, not "1000".',
  },
  'envelope.status-code.unusable': {
    severity: 'error',
    section: '1.4, 2',
    meaning: 'status_code is no OCPI status code.',
    advice: 'OCPI codes have four digits from 1000 to 4999; an HTTP status does not belong here.',
  },
  'envelope.status-message.type': {
    severity: 'note',
    section: '1.4',
    meaning: 'status_message is not a string.',
    advice: 'It is a debugging aid; write text.',
  },
  'envelope.timestamp.missing': {
    severity: 'warning',
    section: '1.4, T6a',
    meaning: 'The envelope has no timestamp.',
    advice: 'It is required: the moment the answer was generated, in UTC.',
  },
  'envelope.timestamp.unusable': {
    severity: 'warning',
    section: '1.4, T6a',
    meaning: 'The timestamp of the envelope is no date and time.',
    advice: 'Write it like 2026-01-31T12:00:00Z.',
  },
  'status.unknown': {
    severity: 'note',
    section: '2',
    meaning: 'The OCPI status code is not one of this version; its first digit tells what it means.',
    advice: 'Ask the partner what the code stands for.',
  },
  'status.disagree': {
    severity: 'warning',
    section: '1.5, T9',
    meaning: 'HTTP status and OCPI status tell different stories.',
    advice: 'Judge by both: only HTTP 2xx with OCPI 1xxx is success.',
  },
  'status.http-error-for-content': {
    severity: 'note',
    section: '1.5, T9',
    meaning: 'An HTTP error was used for a message whose content is wrong; 200 with a 2xxx code is due.',
    advice: 'An ordinary failure; clients that read only 200 answers will not see the OCPI code.',
  },
  'status.forbidden': {
    severity: 'note',
    section: '1.5',
    meaning: 'HTTP 403 was answered; OCPI uses 401 for a missing or unknown token.',
    advice: 'Check the token first, then whether something in front of the server blocks the call.',
  },
  'status.error-with-empty-list': {
    severity: 'warning',
    section: '1.4, 1.5',
    meaning: 'The answer is an error, yet holds an empty list, which careless clients take for "no objects".',
    advice: 'Treat it as the error it is; nothing may be deleted because of it.',
  },
  'status.no-content': {
    severity: 'warning',
    section: 'T6a',
    meaning: 'HTTP says success, but there is no envelope.',
    advice: 'Taken as success where no data is due; the answer should hold an envelope with status_code 1000.',
  },
  'status.error-in-success': {
    severity: 'note',
    section: '1.5, T9',
    meaning: 'HTTP says success and the OCPI status says failure.',
    advice: 'That is how OCPI tells of wrong content; clients that read only the HTTP status take it for success.',
  },
  'status.not-401': {
    severity: 'warning',
    section: '1.5',
    meaning: 'A token was refused with another HTTP status than 401.',
    advice:
      '401 is due for a token that is missing or unknown; with other codes clients look for the fault in what they sent.',
  },
  'status.hub': {
    severity: 'note',
    section: '2, 1.10',
    meaning: 'A hub says that it could not pass the message on.',
    advice:
      'No authentication failure: the tokens of this link are fine, the party behind the hub could not be reached.',
  },
  'response.content-type': {
    severity: 'warning',
    section: '1.1, 1.3',
    meaning: 'The answer is announced as something else than JSON.',
    advice: 'Send `Content-Type: application/json`; a web server or proxy in front may be answering.',
  },
  'field.optional-demanded': {
    severity: 'warning',
    section: '0.2, 1.9',
    meaning: 'A message was refused for want of a field that is optional.',
    advice: 'Ask the partner to do without it: optional fields may be absent or null in every message.',
  },
  'object.refused-for-value': {
    severity: 'warning',
    section: '1.9, T30a',
    meaning: 'An object was refused because of one value in it that the partner does not know.',
    advice: 'Values from newer versions have to be expected: keep the object, and treat the value as unknown.',
  },
} as const satisfies Record<string, KnownFinding>;
