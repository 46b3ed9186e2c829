import * as z from 'zod';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { AnswerMessage } from '../draft.ts';
import { countWords, hitObjects, objectWords, WhichObject } from '../editing/aim.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { withStatus } from '../editing/answers.ts';
import { only } from '../editing/fitting.ts';
import { editJson, type ObjectBody, objectBody, withJson } from '../editing/json.ts';
import { changeObjects, contentsOf, NO_OBJECTS } from '../editing/objects.ts';
import { HttpStatus, NO_PARAMETERS } from '../editing/parameters.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const AUTHORIZE = {
  family: 'async',
  directions: ['answer'],
  cases: [29],
  fits: only('tokens.authorize'),
  sample: { operation: 'tokens.authorize', version: '2.2.1', direction: 'answer' },
} as const;

const NO_INFO = 'the answer holds no AuthorizationInfo';

/** The answer's AuthorizationInfo and what it says; undefined where there is none, as for an unknown token. */
function allowedIn(message: AnswerMessage): { readonly body: ObjectBody; readonly allowed: string } | undefined {
  const body = objectBody(message);
  const data = body?.json['data'];
  const allowed = isJsonObject(data) ? data['allowed'] : undefined;
  return body !== undefined && typeof allowed === 'string' ? { body, allowed } : undefined;
}

const httpError = faultKind({
  ...AUTHORIZE,
  kind: 'async.authorize-http-error',
  title: 'BLOCKED as an HTTP error',
  explain: ({ allowed, status }) =>
    `An authorization is answered ${allowed} with HTTP ${status}, where HTTP 200 is due.`,
  parameters: z.strictObject({
    allowed: z
      .enum(['BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED'])
      .default('BLOCKED')
      .describe('What the answer says of the token.'),
    status: HttpStatus.min(400).default(403).describe('HTTP status of the answer.'),
  }),
  alter: onAnswer((message, draft, { parameters: { allowed, status } }) => {
    const info = allowedIn(message);
    if (info === undefined) return nothing(NO_INFO);
    const text = editJson(info.body.text, [{ at: '/data/allowed', set: allowed }]);
    return altered(withJson(withStatus(draft, message, status), text), `${allowed} was answered with HTTP ${status}`);
  }),
});

const allowedAnyway = faultKind({
  ...AUTHORIZE,
  kind: 'async.allowed-anyway',
  title: 'ALLOWED whatever the token is',
  explain: () => 'An authorization is answered ALLOWED, whatever the token and its whitelist say.',
  parameters: NO_PARAMETERS,
  alter: onAnswer((message, draft) => {
    const info = allowedIn(message);
    if (info === undefined) return nothing(NO_INFO);
    if (info.allowed === 'ALLOWED') return nothing('the token is allowed anyway');
    const text = editJson(info.body.text, [{ at: '/data/allowed', set: 'ALLOWED' }]);
    return altered(withJson(draft, text), `${info.allowed} became ALLOWED`);
  }),
});

const whitelistContradicts = faultKind({
  kind: 'async.whitelist-contradicts',
  family: 'async',
  title: 'Not valid, and always allowed',
  explain: ({ object }) =>
    `Says of ${objectWords(object)} that the token is not valid, and that its whitelist is ALWAYS.`,
  parameters: z.strictObject({ object: WhichObject }),
  cases: [29],
  directions: ['answer', 'send'],
  fits: only('tokens.list', 'tokens.get-pushed', 'tokens.put', 'tokens.patch'),
  sample: { operation: 'tokens.put', version: '2.2.1', direction: 'send' },
  alter: (draft, { parameters, facts, draw }) => {
    const contents = contentsOf(draft.message, facts);
    if (contents === undefined) return nothing(NO_OBJECTS);
    const hit = hitObjects(contents, {
      which: parameters.object,
      draw,
      fits: ({ json }) => json['valid'] !== false || json['whitelist'] !== 'ALWAYS',
    });
    if (hit.length === 0) return nothing('it says so already');
    const changes = hit.map(({ index }) => ({
      index,
      edits: [
        { at: '/valid', set: false },
        { at: '/whitelist', set: 'ALWAYS' },
      ],
    }));
    return altered(
      changeObjects(draft, contents, changes),
      `${countWords(hit, contents)} became not valid and ALWAYS on the whitelist`,
    );
  },
});

/** Who may charge, said wrongly. */
export const AUTHORIZE_KINDS: readonly FaultKind[] = [httpError, allowedAnyway, whitelistContradicts];
