import { defaultForm } from '../../ocpi/authorization.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Observed } from '../observed.ts';
import { isDemand } from './absorbed.ts';
import { answerWords, retryAfter } from './answer-words.ts';
import { causeWords } from './finding-words.ts';
import { httpCode } from './http-codes.ts';
import { answerer } from './known-code.ts';
import { type Subject, sentence } from './subject.ts';
import { sentToken } from './token-words.ts';
import type { Told } from './told.ts';

export const NOT_REQUIRED = 'What was demanded is not required by the version agreed';

export interface Failing {
  readonly observed: Observed;
  readonly subject: Subject;
  /** Why it failed, as far as a finding tells. */
  readonly cause: Finding | undefined;
}

/** An exchange whose HTTP status says most of why it failed. */
export function explainHttp(code: string, failing: Failing): Told {
  const { observed, subject, cause } = failing;
  const known = httpCode(code, observed.direction);
  const words = answerWords(observed);
  const special: Special = isDemand(cause)
    ? { blamed: answerer(observed.direction), sure: 'likely', because: NOT_REQUIRED }
    : observed.direction === 'out'
      ? ofTheirs(code, failing)
      : {};
  const { quote } = words;
  const said = quote === undefined ? '' : `; the answer says "${quote}"`;
  const why =
    special.why === undefined && cause !== undefined
      ? causeWords(cause, { version: observed.version, quote })
      : `${special.why ?? known.meaning}${said}`;
  const wait = code === '429' || code === '503' ? retryAfter(observed) : undefined;
  const waiting = wait === undefined ? '' : `; it asks to wait ${wait}`;
  return {
    sentence: sentence(`${subject.answered} ${code} ${subject.toCall}: ${why}${waiting}`),
    layer: 'http',
    code,
    meaning: known.meaning,
    blamed: special.blamed ?? known.blamed,
    sure: special.sure ?? (cause?.severity === 'error' ? 'certain' : known.blamed === 'either' ? 'possible' : 'likely'),
    because: sentence(special.because ?? becauseOf(failing, code)),
    section: cause?.section ?? special.section ?? known.section,
    next: [
      ...(special.first ?? []),
      ...(wait === undefined ? [] : [`Wait ${wait} before the next call, as Retry-After says.`]),
      ...(special.only ?? known.next),
      ...(words.envelope || words.instead === 'no body' || observed.direction === 'in'
        ? []
        : [`Tell ${subject.they} that errors come in the OCPI envelope too; here it is ${words.instead}.`]),
    ],
  };
}

type Special = Partial<Pick<Told, 'blamed' | 'sure' | 'because' | 'section'>> & {
  /** What follows the colon of the sentence. */
  readonly why?: string;
  readonly first?: readonly string[];
  /** Instead of what is tried for the status. */
  readonly only?: readonly string[];
};

/** What the other side's refusal says besides its status. */
function ofTheirs(code: string, { observed, subject }: Failing): Special {
  if (code === '401') return tokenRefused(observed, subject);
  if (observed.findings.some(found => found.code === 'status.not-401')) {
    const { why, because, ...refused } = tokenRefused(observed, subject);
    const ours = refused.blamed === 'us' ? 'The answer speaks of the token, and the token is ours to send' : because;
    return { ...refused, why: `${why}, for which 401 is due`, ...(ours !== undefined && { because: ours }) };
  }
  const { operation, method } = observed;
  if (code === '404' && operation === 'tokens.authorize') {
    return {
      why: 'it does not know the charging token',
      section: '6.5, T7',
      because: 'An unknown token is answered with 404, from 2.2 on together with OCPI 2004',
    };
  }
  if (code === '404' && method === 'PATCH') {
    return {
      why: 'it does not have the object that was to be changed',
      first: ['Send the whole object with PUT, then the change.'],
      section: '1.7, T9',
      because: 'It never got the object, or keeps it under another id or party',
    };
  }
  if (code === '405' && operation === 'credentials.post') {
    return {
      why: 'it takes us for registered already',
      section: '1.5, 3.2',
      because:
        'A POST of credentials is for those who are not registered; its side of the link says otherwise than ours',
    };
  }
  if (code === '405' && (operation === 'credentials.put' || operation === 'credentials.delete')) {
    return {
      why: 'it takes us for not registered',
      section: '1.5, 3.2',
      because:
        'PUT and DELETE of credentials are for those who are registered; its side of the link says otherwise than ours',
    };
  }
  return {};
}

function tokenRefused(observed: Observed, { they }: Subject): Special {
  const { version, operation } = observed;
  const { form, words } = sentToken(observed);
  const why = form === undefined ? `it wants a token; ${words}` : `it does not know the token; ${words}`;
  const registering = operation === 'credentials.post' || operation.startsWith('versions.');
  const first = [
    ...(form === undefined
      ? ['Enter the token of the link anew, and look how it is sent.']
      : formAdvice(form, version)),
    ...(registering
      ? ['Before the registration this is token A, which lives once: after one that failed half-way ask for a new one.']
      : []),
  ];
  const asDue = form !== undefined && version !== undefined && form === defaultForm(version);
  return {
    why,
    first,
    ...(form === undefined ? { only: [] } : {}),
    section: '1.2, T2',
    blamed: asDue ? 'either' : 'us',
    sure: asDue ? 'possible' : 'likely',
    because: asDue
      ? `The token was written as ${version} asks, so either it is not the one ${they} issued, or ${they} reads it in another form`
      : '401 speaks of the token alone, and the token is ours to send',
  };
}

function formAdvice(form: string, version: Observed['version']): string[] {
  if (/lf/.test(form)) return ['Write the token without the line feed: `echo -n`, or set the token form of the link.'];
  if (version === undefined) return [];
  if (form === 'raw' && defaultForm(version) === 'base64') {
    return [`Set the token form of the link to Base64: ${version} asks for it.`];
  }
  if (form === 'base64' && defaultForm(version) === 'raw') {
    return [`Set the token form of the link to raw: ${version} asks for it.`];
  }
  return [];
}

function becauseOf({ observed, subject, cause }: Failing, code: string): string {
  const { direction } = observed;
  const us = direction === 'in';
  if (cause !== undefined && us) return `What ${subject.they} sent is why we refused it`;
  if (cause !== undefined) return 'Our request holds what it was refused for';
  if (code.startsWith('5')) return 'A status of 500 and above is about whoever answers';
  if (code === '404' || code === '405' || code === '501') {
    return 'Either the caller asks for what was never offered, or it is offered and not served';
  }
  if (/^[123]/.test(code)) return 'The status alone does not tell';
  return us
    ? `The status blames the request, which ${subject.they} made`
    : 'The status blames the request, which we made';
}
