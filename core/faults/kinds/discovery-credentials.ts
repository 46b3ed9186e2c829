import { readAuthorization } from '../../ocpi/authorization.ts';
import { writeCredentials } from '../../ocpi/credentials.ts';
import { writeEnvelope } from '../../ocpi/envelope.ts';
import { cutJson } from '../../ocpi/json-cut.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { headerValues } from '../../ocpi/raw-headers.ts';
import { altered, nothing, onAnswer } from '../editing/altered.ts';
import { type Content, JSON_TYPE, newAnswer, withAnswer } from '../editing/answers.ts';
import { writtenToken } from '../editing/authorization.ts';
import { credentialsIn, holdsCredentials, NO_CREDENTIALS } from '../editing/credentials.ts';
import { editJson, type JsonEdit, withJson } from '../editing/json.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { type Facts, type FaultKind, faultKind } from '../kind.ts';

const ANSWERED = { operation: 'credentials.post', version: '2.2.1', direction: 'answer' } as const;

const flatCredentials = faultKind({
  kind: 'discovery.flat-credentials',
  family: 'discovery',
  title: '2.1.1 credentials in 2.2 and later',
  explain: () =>
    'The credentials have party_id, country_code and business_details of the first role at the top, and no roles.',
  parameters: NO_PARAMETERS,
  cases: [8],
  directions: ['answer', 'send'],
  fits: holdsCredentials,
  sample: ANSWERED,
  alter: draft => {
    const payload = credentialsIn(draft.message);
    if (payload === undefined) return nothing(NO_CREDENTIALS);
    const { roles }: { readonly roles?: unknown } = payload.json;
    const first: unknown = Array.isArray(roles) ? roles[0] : undefined;
    if (!isJsonObject(first)) return nothing('the credentials have no roles');
    const moved = ['business_details', 'party_id', 'country_code'].flatMap((name): JsonEdit[] => {
      const text = cutJson(payload.text, `${payload.at}/roles/0/${name}`);
      return text === undefined ? [] : [{ at: `${payload.at}/${name}`, text }];
    });
    const bare = editJson(payload.text, [{ at: `${payload.at}/roles`, drop: true }]);
    return altered(withJson(draft, editJson(bare, moved)), 'the roles were replaced with the flat fields of 2.1.1');
  },
});

const rolesMissing = faultKind({
  kind: 'discovery.roles-missing',
  family: 'discovery',
  title: 'Credentials without roles',
  explain: () => 'The credentials are sent without their roles.',
  parameters: NO_PARAMETERS,
  cases: [8],
  directions: ['answer', 'send'],
  fits: holdsCredentials,
  sample: ANSWERED,
  alter: draft => {
    const payload = credentialsIn(draft.message);
    if (payload === undefined) return nothing(NO_CREDENTIALS);
    if (!Object.hasOwn(payload.json, 'roles')) return nothing('the credentials have no roles');
    const text = editJson(payload.text, [{ at: `${payload.at}/roles`, drop: true }]);
    return altered(withJson(draft, text), 'the roles were left out of the credentials');
  },
});

/** Our credentials with the token that the request came with; undefined where either is not known. */
function ownCredentials({ request, version, ownParties, ownVersionsUrl, now }: Facts): Content | undefined {
  const read = readAuthorization(headerValues(request.headers, 'Authorization'));
  const token = writtenToken(request.headers, version ?? '2.2.1')?.token;
  if (read.kind !== 'candidates' || token === undefined || version === undefined) return undefined;
  if (ownParties === undefined || ownParties.length === 0) return undefined;
  const data = writeCredentials({ token, url: ownVersionsUrl, roles: ownParties }, version);
  return { text: writeEnvelope({ statusCode: 1000, statusMessage: 'Success', data, now }), type: JSON_TYPE };
}

const secondPostAccepted = faultKind({
  kind: 'discovery.second-post-accepted',
  family: 'discovery',
  title: 'Second POST answered 200',
  explain: () =>
    'A POST of credentials from somebody who is registered is answered HTTP 200 with our credentials, where 405 is due; nothing is done.',
  parameters: NO_PARAMETERS,
  cases: [5],
  directions: ['answer'],
  fits: ({ id }) => id === 'credentials.post',
  sample: { ...ANSWERED, refusedWith: 405 },
  alter: onAnswer((message, draft, { facts }) => {
    if (message.status !== 405) return nothing(`the POST was answered HTTP ${message.status}, not 405`);
    const content = ownCredentials(facts);
    if (content === undefined) return nothing('our parties or the token of the request are not known');
    const kept = { ...message, headers: message.headers.filter(([name]) => name.toLowerCase() !== 'allow') };
    return altered(
      withAnswer(draft, kept, { status: 200, content }),
      'HTTP 405 was replaced with HTTP 200 and our credentials',
    );
  }),
});

const putWithoutRefetch = faultKind({
  kind: 'discovery.put-without-refetch',
  family: 'discovery',
  title: 'PUT without fetching anew',
  explain: () =>
    'A PUT of credentials is answered HTTP 200 with our credentials at once; versions and endpoints are not fetched, and nothing changes.',
  parameters: NO_PARAMETERS,
  cases: [6],
  directions: ['answer'],
  fits: ({ id }) => id === 'credentials.put',
  sample: { ...ANSWERED, operation: 'credentials.put' },
  before: (_, { facts }) => {
    const content = ownCredentials(facts);
    if (content === undefined) return undefined;
    return {
      answer: newAnswer({ status: 200, content }, facts),
      did: 'the PUT was answered HTTP 200 without fetching versions and endpoints',
    };
  },
});

export const DISCOVERY_CREDENTIALS_KINDS: readonly FaultKind[] = [
  flatCredentials,
  rolesMissing,
  secondPostAccepted,
  putWithoutRefetch,
];
