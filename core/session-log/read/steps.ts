import type { JsonObject } from '../../ocpi/json-value.ts';

/**
 * Makes a line of one format a line of the next. A line is JSON that was written to some format, or was tampered with: what is
 * not as expected is handed on as it is, for the schema to refuse. Pure; never throws.
 */
export type FormatStep = (line: JsonObject) => JsonObject;

/** From format 1 to 2 the first, from 2 to 3 the second, and so on. Released steps never change. */
export const FORMAT_STEPS: readonly FormatStep[] = [];

/** A line of format `from` as the newest format has it. */
export function stepped(line: JsonObject, from: number, steps: readonly FormatStep[]): JsonObject {
  return steps.slice(from - 1).reduce((made, step) => step(made), line);
}
