import { ORPCError } from '@orpc/server';
import type { Outcome } from '../contract/failure.ts';

/** The value of an outcome, or its failure as the contract's typed error. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { code, message, advice } = outcome.failure;
  throw new ORPCError(code, { message, data: { advice }, defined: true });
}

/** Each as it comes; a failure ends them with the contract's typed error. */
export async function* unwrapEach<T>(outcomes: AsyncIterable<Outcome<T>>): AsyncGenerator<T, void> {
  for await (const outcome of outcomes) yield unwrap(outcome);
}
