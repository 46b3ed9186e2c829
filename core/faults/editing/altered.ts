import type { AnswerMessage, Draft, Message, RequestMessage } from '../draft.ts';
import type { Altered, Using } from '../kind.ts';

/** It was done: `did` is one sentence without a full stop, as it is stamped on the exchange: `data was replaced with null`. */
export function altered(draft: Draft, did: string): Altered {
  return { draft, did };
}

/** There was nothing to do: `why` is one sentence without a full stop: `there is no body`. */
export function nothing(why: string): Altered {
  return { nothing: why };
}

/** The same draft with another message. */
export function withMessage(draft: Draft, message: Message): Draft {
  return { ...draft, message };
}

type Alter<P, M> = (message: M, draft: Draft, using: Using<P>) => Altered;

/** For kinds that only know answers: a request is left alone. */
export function onAnswer<P>(alter: Alter<P, AnswerMessage>): (draft: Draft, using: Using<P>) => Altered {
  return (draft, using) => {
    const { message } = draft;
    return message.side === 'answer' ? alter(message, draft, using) : nothing('this is a request, not an answer');
  };
}

/** For kinds that only know requests of ours: an answer is left alone. */
export function onRequest<P>(alter: Alter<P, RequestMessage>): (draft: Draft, using: Using<P>) => Altered {
  return (draft, using) => {
    const { message } = draft;
    return message.side === 'send' ? alter(message, draft, using) : nothing('this is an answer, not a request');
  };
}
