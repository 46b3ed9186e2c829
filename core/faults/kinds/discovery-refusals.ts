import * as z from 'zod';
import { newAnswer } from '../editing/answers.ts';
import { NO_PARAMETERS, RefusalBody } from '../editing/parameters.ts';
import { refusalWords, refuse } from '../editing/refusal.ts';
import { splitTarget } from '../editing/urls.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const REGISTERING = ['credentials.post', 'credentials.put'];
const REGISTERED = { operation: 'credentials.post', version: '2.2.1', direction: 'answer' } as const;

interface RegistrationRefusal {
  readonly kind: `discovery.${string}`;
  readonly title: string;
  readonly code: number;
  readonly cases: readonly number[];
  /** Catalogue ids. */
  readonly operations: readonly string[];
  /** As the partner would say it. */
  readonly message: string;
}

/** A kind that ends a registration with HTTP 200 and an OCPI code (digest 3.2, step 6). */
function registrationRefusal({ kind, title, code, cases, operations, message }: RegistrationRefusal): FaultKind {
  return faultKind({
    kind,
    family: 'discovery',
    title,
    explain: () => `The registration is refused with HTTP 200 and OCPI ${code}; nothing is done.`,
    parameters: NO_PARAMETERS,
    cases,
    directions: ['answer'],
    fits: ({ id }) => operations.includes(id),
    sample: REGISTERED,
    before: (_, { facts }) =>
      refuse({ status: 200, body: 'envelope', ocpi: code, message }, facts, `it was refused with OCPI ${code}`),
  });
}

const methodNotAllowed = faultKind({
  kind: 'discovery.method-not-allowed',
  family: 'discovery',
  title: '405 to credentials',
  explain: ({ body }) =>
    `The credentials endpoint answers ${refusalWords({ status: 405, body })}, as if the other side were registered already, or not yet; nothing is done.`,
  parameters: z.strictObject({
    body: RefusalBody.default('envelope').describe('What stands in the body of the refusal.'),
  }),
  cases: [],
  directions: ['answer'],
  fits: ({ module }) => module === 'credentials',
  sample: REGISTERED,
  before: (_, { parameters: { body }, facts }) =>
    refuse(
      { status: 405, body, headers: [['Allow', 'GET, PUT, DELETE']] },
      facts,
      `it was answered ${refusalWords({ status: 405, body })}`,
    ),
});

const slashRedirect = faultKind({
  kind: 'discovery.slash-redirect',
  family: 'discovery',
  title: 'A slash at the end decides',
  explain: ({ slash, status }) =>
    `A path ${slash === 'wanted' ? 'without' : 'with'} a slash at its end is answered HTTP ${status}${status === '404' ? '' : `, with the one ${slash === 'wanted' ? 'with' : 'without'} it as the place to go`}; nothing is done.`,
  parameters: z.strictObject({
    status: z.enum(['301', '302', '307', '308', '404']).default('301').describe('The HTTP status that is answered.'),
    slash: z
      .enum(['wanted', 'refused'])
      .default('wanted')
      .describe('Whether paths have to end with a slash, or must not.'),
  }),
  cases: [10],
  directions: ['answer'],
  sample: { operation: 'locations.list', version: '2.2.1', direction: 'answer' },
  before: (_, { parameters: { status, slash }, facts }) => {
    const { path, query } = splitTarget(facts.request.url);
    if (path === '' || path.endsWith('/') === (slash === 'wanted')) return undefined;
    const right = slash === 'wanted' ? `${path}/` : path.replace(/\/+$/, '') || '/';
    if (right === path) return undefined;
    if (status === '404') {
      return refuse({ status: 404, body: 'html' }, facts, `a path ${slashWords(slash)} was answered HTTP 404`);
    }
    const headers = [['Location', right + query]] as const;
    const answer = newAnswer({ status: Number(status), headers }, facts);
    return { answer, did: `a path ${slashWords(slash)} was redirected with HTTP ${status} to ${right}` };
  },
});

function slashWords(slash: 'wanted' | 'refused'): string {
  return slash === 'wanted' ? 'without a slash at its end' : 'with a slash at its end';
}

export const DISCOVERY_REFUSAL_KINDS: readonly FaultKind[] = [
  slashRedirect,
  registrationRefusal({
    kind: 'discovery.client-unreachable',
    title: '3001: cannot call back',
    code: 3001,
    cases: [],
    operations: REGISTERING,
    message: "Unable to use the client's API.",
  }),
  registrationRefusal({
    kind: 'discovery.unsupported-version',
    title: '3002: no version in common',
    code: 3002,
    cases: [],
    operations: [...REGISTERING, 'versions.details'],
    message: 'Unsupported version.',
  }),
  registrationRefusal({
    kind: 'discovery.no-matching-endpoints',
    title: '3003: endpoints missing',
    code: 3003,
    cases: [],
    operations: REGISTERING,
    message: 'No matching endpoints or expected endpoints missing between parties.',
  }),
  methodNotAllowed,
];
