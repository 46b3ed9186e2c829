import type * as z from 'zod';
import { compileChecker } from '../check.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { Cdr as Cdr211 } from '../v2_1_1/cdrs.ts';
import { Location as Location211 } from '../v2_1_1/locations.ts';
import { Session as Session211 } from '../v2_1_1/sessions.ts';
import { Tariff as Tariff211 } from '../v2_1_1/tariffs.ts';
import { Token as Token211 } from '../v2_1_1/tokens.ts';
import { Cdr as Cdr221 } from '../v2_2_1/cdrs.ts';
import { Location as Location221 } from '../v2_2_1/locations.ts';
import { Session as Session221 } from '../v2_2_1/sessions.ts';
import { Tariff as Tariff221 } from '../v2_2_1/tariffs.ts';
import { Token as Token221 } from '../v2_2_1/tokens.ts';
import { Cdr as Cdr230 } from '../v2_3_0/cdrs.ts';
import { Location as Location230 } from '../v2_3_0/locations.ts';
import { Session as Session230 } from '../v2_3_0/sessions.ts';
import { Tariff as Tariff230 } from '../v2_3_0/tariffs.ts';
import { Token as Token230 } from '../v2_3_0/tokens.ts';
import { VERSIONS, type Version } from '../versions.ts';
import { cdrFrom211, cdrTo211, cdrTo221, cdrTo230 } from './cdrs.ts';
import type { ConvertContext } from './context.ts';
import { locationFrom211, locationTo211 } from './locations.ts';
import { locationTo221 } from './locations-230.ts';
import { sessionFrom211, sessionTo211, sessionTo221, sessionTo230 } from './sessions.ts';
import { tariffFrom211, tariffTo211, tariffTo221, tariffTo230 } from './tariffs.ts';
import { tokenFrom211, tokenTo211, tokenTo221 } from './tokens.ts';

/** Modules whose objects can be written in another version. */
export type ConvertibleModule = 'locations' | 'sessions' | 'cdrs' | 'tariffs' | 'tokens';

export function isConvertible(module: string): module is ConvertibleModule {
  return Object.hasOwn(STEPS, module);
}

/** Undefined for what cannot be used in its own version. */
type Step = (json: unknown, context: ConvertContext) => unknown;

interface Steps {
  /** To the next newer version, and to the next older one. */
  readonly newer: Partial<Record<Version, Step>>;
  readonly older: Partial<Record<Version, Step>>;
}

const STEPS: Readonly<Record<ConvertibleModule, Steps>> = {
  locations: {
    newer: { '2.1.1': step('2.1.1', Location211, locationFrom211), '2.2.1': step('2.2.1', Location221, same) },
    older: { '2.3.0': step('2.3.0', Location230, locationTo221), '2.2.1': step('2.2.1', Location221, locationTo211) },
  },
  sessions: {
    newer: { '2.1.1': step('2.1.1', Session211, sessionFrom211), '2.2.1': step('2.2.1', Session221, sessionTo230) },
    older: { '2.3.0': step('2.3.0', Session230, sessionTo221), '2.2.1': step('2.2.1', Session221, sessionTo211) },
  },
  cdrs: {
    newer: { '2.1.1': step('2.1.1', Cdr211, cdrFrom211), '2.2.1': step('2.2.1', Cdr221, cdrTo230) },
    older: { '2.3.0': step('2.3.0', Cdr230, cdrTo221), '2.2.1': step('2.2.1', Cdr221, cdrTo211) },
  },
  tariffs: {
    newer: { '2.1.1': step('2.1.1', Tariff211, tariffFrom211), '2.2.1': step('2.2.1', Tariff221, tariffTo230) },
    older: { '2.3.0': step('2.3.0', Tariff230, tariffTo221), '2.2.1': step('2.2.1', Tariff221, tariffTo211) },
  },
  tokens: {
    newer: { '2.1.1': step('2.1.1', Token211, tokenFrom211), '2.2.1': step('2.2.1', Token221, same) },
    older: { '2.3.0': step('2.3.0', Token230, tokenTo221), '2.2.1': step('2.2.1', Token221, tokenTo211) },
  },
};

export interface Conversion extends ConvertContext {
  readonly module: ConvertibleModule;
  readonly from: Version;
  readonly to: Version;
}

/**
 * The object as another version writes it (digest 6.1 to 6.5, 7; T20b, T21, T28, T49): fields renamed, what the version does not
 * have left out, what it requires filled in as the functions beside this one say. Fields of no version are kept. The result
 * of what is right in its own version is right in the other. Undefined for what cannot be used in its own version.
 */
export function convertObject(object: unknown, { module, from, to, ...context }: Conversion): JsonObject | undefined {
  const goal = VERSIONS.indexOf(to);
  let at = VERSIONS.indexOf(from);
  let converted = object;
  while (at !== goal) {
    const version = VERSIONS[at] ?? to;
    const take = goal > at ? STEPS[module].newer[version] : STEPS[module].older[version];
    converted = take?.(converted, context);
    if (converted === undefined) return undefined;
    at += Math.sign(goal - at);
  }
  return isJsonObject(converted) ? converted : undefined;
}

function step<S extends z.ZodType>(
  version: Version,
  schema: S,
  change: (view: z.infer<S>, context: ConvertContext) => unknown,
): Step {
  const check = compileChecker(schema);
  return (json, context) => {
    const { view } = check(json, { version });
    return view === undefined ? undefined : change(view, context);
  };
}

/** 2.3.0 writes it as 2.2.1 does. */
function same<T>(object: T): T {
  return object;
}
