import { FaultStamp } from '../contract/fault.ts';
import type { ExchangeFaults } from '../http/exchange.ts';
import { textBytes } from './json-fields.ts';

/**
 * What faults of another workbench did to an exchange, as it wrote it; undefined where nothing or something else stands there.
 * `body`: of what was intended, where it is told apart from the stamp.
 */
export function readFaultStamp(value: unknown, body?: Uint8Array): ExchangeFaults | undefined {
  const read = FaultStamp.safeParse(value);
  if (!read.success) return undefined;
  const { firings, intended, wire } = read.data;
  return {
    // Its rules are not ours.
    firings: firings.map(firing => ({ ...firing, ruleId: null })),
    wire,
    ...(intended === null
      ? {}
      : {
          intended: {
            start: intended.start,
            headers: intended.headers,
            body: body ?? textBytes(intended.body ?? ''),
          },
        }),
  };
}
