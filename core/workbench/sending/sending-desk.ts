import { done, type Outcome } from '../../contract/failure.ts';
import type {
  AuthorizeInput,
  CommandInput,
  PreferencesInput,
  ProfileInput,
  PushInput,
  SendableOperation,
  SendExample,
  SendInput,
  SendPreview,
} from '../../contract/sending.ts';
import { type AskingDeskOptions, createAskingDesk } from './asking-desk.ts';
import { makeExample } from './examples.ts';
import { sendableOperations } from './operations.ts';
import { createPushDesk, type PushDeskOptions } from './push-desk.ts';
import { contextOf } from './routing.ts';
import { createSingleSending, type SingleSendingOptions } from './single-sending.ts';

/** What an operator sends to partners; what takes several exchanges is a run, and its id the answer. */
export interface SendingDesk {
  operations(name: string): Outcome<SendableOperation[]>;
  example(input: {
    readonly name: string;
    readonly operation: string;
    readonly of?: string | undefined;
  }): Promise<Outcome<SendExample>>;
  preview(input: SendInput): Outcome<SendPreview>;
  /** The id of the exchange once it has ended, however it did; `signal` ends it. */
  send(input: SendInput, signal?: AbortSignal): Promise<Outcome<number>>;
  push(input: PushInput): Promise<Outcome<number>>;
  retry(input: {
    readonly runId: number;
    readonly put?: boolean | undefined;
    readonly confirmed?: boolean | undefined;
  }): Promise<Outcome<number>>;
  command(input: CommandInput): Outcome<number>;
  authorize(input: AuthorizeInput): Outcome<number>;
  profile(input: ProfileInput): Outcome<number>;
  preferences(input: PreferencesInput): Outcome<number>;
}

export type SendingDeskOptions = SingleSendingOptions & PushDeskOptions & AskingDeskOptions;

export function createSendingDesk(options: SendingDeskOptions): SendingDesk {
  const { links, platform } = options;
  return {
    operations: name => {
      const found = links.find(name);
      if (!found.ok) return found;
      const context = contextOf(found.value, platform.config().parties);
      return context.ok ? done(sendableOperations(context.value)) : context;
    },
    ...createSingleSending(options),
    example: async ({ name, ...wanted }) => {
      const found = links.find(name);
      if (!found.ok) return found;
      const context = contextOf(found.value, platform.config().parties);
      return context.ok ? makeExample(options, context.value, wanted) : context;
    },
    ...createPushDesk(options),
    ...createAskingDesk(options),
  };
}
