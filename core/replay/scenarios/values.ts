import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Scenario } from '../../contract/scenario.ts';

type Scalar = string | number | boolean;

/** The values of a scenario with those given instead, each of the type it has in the scenario. */
export function setValues(
  { name, values }: Pick<Scenario, 'name' | 'values'>,
  set: Readonly<Record<string, string>>,
): Outcome<Readonly<Record<string, Scalar>>> {
  const changed: Record<string, Scalar> = { ...values };
  for (const [key, text] of Object.entries(set)) {
    const usual = Object.hasOwn(values, key) ? values[key] : undefined;
    if (usual === undefined) {
      const known = Object.keys(values);
      return failed(
        'INVALID_INPUT',
        `the scenario "${name}" has no value "${key}"`,
        known.length === 0 ? 'It has none to be set.' : `It has ${known.join(', ')}.`,
      );
    }
    const read = asTypeOf(usual, text);
    if (read === undefined) {
      return failed('INVALID_INPUT', `"${text}" is no ${typeof usual}, as ${key} is`, `It is ${usual} unless set.`);
    }
    changed[key] = read;
  }
  return done(changed);
}

function asTypeOf(usual: Scalar, text: string): Scalar | undefined {
  if (typeof usual === 'string') return text;
  if (typeof usual === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}
