import { isSuccess } from '../../ocpi/status-codes.ts';
import { isDemand } from './absorbed.ts';
import { answerWords } from './answer-words.ts';
import { causeWords } from './finding-words.ts';
import { type Failing, NOT_REQUIRED } from './http.ts';
import { answerer } from './known-code.ts';
import { ocpiCode } from './ocpi-codes.ts';
import { sentence } from './subject.ts';
import type { Told } from './told.ts';

const HUB_CODES: readonly string[] = ['4001', '4002', '4003'];

/** An exchange whose OCPI status says why it failed; HTTP's is told with it, for neither counts alone (T9). */
export function explainOcpi(code: string, failing: Failing): Told {
  const { observed, subject, cause } = failing;
  const { direction, version, response } = observed;
  const known = ocpiCode(Number(code), { version, direction });
  const http = response?.status ?? 0;
  const { quote } = answerWords(observed);
  const said = quote === undefined ? '' : `: "${quote}"`;
  const reason = cause === undefined ? said : `: ${causeWords(cause, { version, quote })}`;
  const demand = isDemand(cause);
  return {
    sentence: sentence(
      `${subject.answered} HTTP ${http} with OCPI ${code} (${known.meaning}) ${subject.toCall}${reason}`,
    ),
    layer: 'ocpi',
    code,
    meaning: known.explained ?? known.meaning,
    blamed: demand ? answerer(direction) : known.blamed,
    sure: demand ? 'likely' : sureness(failing, known.blamed),
    because: sentence(demand ? NOT_REQUIRED : becauseOf(code, failing)),
    section: cause?.section ?? (disagree(http, Number(code)) ? '1.5, T9' : known.section),
    next: [
      ...(HUB_CODES.includes(code)
        ? [
            'Leave tokens and registration alone: this is no authentication failure, the hub speaks of the party behind it.',
          ]
        : []),
      ...(disagree(http, Number(code))
        ? [
            `HTTP ${http} and OCPI ${code} tell different stories: judge by both, only HTTP 2xx with OCPI 1xxx is success.`,
          ]
        : []),
      ...known.next,
    ],
  };
}

function sureness({ cause }: Failing, blamed: Told['blamed']): Told['sure'] {
  if (cause?.severity === 'error') return 'certain';
  return blamed === 'either' ? 'possible' : 'likely';
}

/** HTTP says that the request is wrong and OCPI that the server failed, or the reverse, or one of them says success. */
function disagree(http: number, ocpi: number): boolean {
  if (http < 400) return false;
  if (isSuccess(ocpi)) return true;
  return http >= 500 ? ocpi < 3000 : ocpi >= 3000;
}

function becauseOf(code: string, { observed, subject, cause }: Failing): string {
  const us = observed.direction === 'in';
  if (cause !== undefined) {
    return us ? `What ${subject.they} sent is why we refused it` : 'Our request holds what it was refused for';
  }
  if (HUB_CODES.includes(code)) return 'The code is one of those that only a hub gives, about the party behind it';
  if (code === '3002' || code === '3003') return 'Neither side can know which of the two lists is wrong';
  if (code === '3001') {
    return us ? `We could not use the API of ${subject.they}` : `${subject.they} could not use our API`;
  }
  if (code.startsWith('2'))
    return us ? 'We say that the request was wrong' : `${subject.they} says that our request was wrong`;
  if (code.startsWith('3')) return us ? 'We failed while answering' : `${subject.they} says that it failed itself`;
  if (code.startsWith('4')) return 'Codes of 4000 and above come from a hub';
  return 'It is no OCPI status code, so whoever answered wrote something of its own';
}
