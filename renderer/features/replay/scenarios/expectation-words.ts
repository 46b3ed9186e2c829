import type { ScenarioExpectation } from '../../../../core/contract/scenario.ts';

export interface ExpectationWords {
  readonly present: (pointer: string) => string;
  readonly absent: (pointer: string) => string;
}

/** `HTTP 200`, `OCPI 1000`, `/data/result = "ACCEPTED"`, one each. Empty: that it goes well. */
export function expectationWords(expect: ScenarioExpectation | undefined, words: ExpectationWords): readonly string[] {
  if (expect === undefined) return [];
  const { http, ocpi, equals = {}, oneOf = {}, present = [], absent = [] } = expect;
  return [
    ...(http === undefined ? [] : [`HTTP ${http}`]),
    ...(ocpi === undefined ? [] : [`OCPI ${ocpi}`]),
    ...Object.entries(equals).map(([pointer, value]) => `${pointer} = ${JSON.stringify(value)}`),
    ...Object.entries(oneOf).map(
      ([pointer, values]) => `${pointer} = ${values.map(value => JSON.stringify(value)).join(' | ')}`,
    ),
    ...present.map(words.present),
    ...absent.map(words.absent),
  ];
}
