/** How a query fits a recorded one. */
export interface QueryFit {
  /** 0: another request; 1: the same text by text. */
  readonly fit: number;
  /** One clause each. */
  readonly differences: readonly string[];
}

type Parameters = ReadonlyMap<string, string>;

/** Whoever asks makes them up, or they are times: another value is still the same request. */
const TIMES = /^(date_from|date_to|start_date_time|end_date_time|response_url)$/;
/** Another value asks for the same in another measure: it is answered, and told. */
const MEASURES = /^(limit|duration)$/;

/** Parameters by their names, decoded; of one that stands twice all values, in order. An `offset` of 0 is none. */
export function queryOf(text: string): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === 'offset' && value === '0') continue;
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return parameters;
}

/** Order says nothing. A page is another request, and so is every parameter nobody knows the meaning of. */
export function queryFit(asked: Parameters, recorded: Parameters): QueryFit {
  const differences: string[] = [];
  let fit = 1;
  for (const name of new Set([...asked.keys(), ...recorded.keys()])) {
    const now = asked.get(name);
    const then = recorded.get(name);
    if (now === then) continue;
    if (TIMES.test(name) && now !== undefined && then !== undefined) {
      fit = Math.min(fit, 0.95);
    } else if (TIMES.test(name) || MEASURES.test(name)) {
      fit = Math.min(fit, 0.7) - 0.05;
      if (now === undefined) differences.push(`it has no ${name}, then it had ${name}=${then}`);
      else if (then === undefined) differences.push(`it has ${name}=${now}, then it had none`);
      else differences.push(`${name} is ${now}, then it was ${then}`);
    } else return { fit: 0, differences: [] };
  }
  return { fit: Math.max(fit, 0.1), differences };
}
