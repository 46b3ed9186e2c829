import { isJsonObject } from '../json-value.ts';
import type { Adapt, Adapted, Flaw } from '../schema.ts';

/** 2.1.1, first printing: the bare result as text. Both are right (T4). */
export const readBareResult: Adapt = value => (typeof value === 'string' ? { value: { result: value } } : undefined);

/** A synchronous answer nested in an object named after its type (T5, T36). */
export function readNestedAnswer(...names: readonly string[]): Adapt {
  return value => nested(value, names);
}

/** An asynchronous result in an envelope, nested in an object named after its type, or both (T5, T36). */
export function readWrappedResult(...names: readonly string[]): Adapt {
  return value => {
    if (!isJsonObject(value) || value['result'] !== undefined) return undefined;
    const { data } = value;
    if (!isJsonObject(data)) return nested(value, names);
    const flaw: Flaw = { code: 'command.enveloped', met: 'an envelope', expected: 'the bare object' };
    return { value: nested(data, names)?.value ?? data, flaw };
  };
}

function nested(value: unknown, names: readonly string[]): Adapted | undefined {
  if (!isJsonObject(value) || value['result'] !== undefined) return undefined;
  const name = names.find(known => isJsonObject(value[known]));
  if (name === undefined) return undefined;
  return {
    value: value[name],
    flaw: { code: 'command.nested', met: `an object with ${name}`, expected: 'the object itself' },
  };
}

interface Target {
  readonly evse_uid?: string | null | undefined;
  readonly connector_id?: string | null | undefined;
}

/** A connector is named within its EVSE. */
export function judgeTarget({ evse_uid: evse, connector_id: connector }: Target): Flaw[] | undefined {
  if (!connector || evse) return undefined;
  return [
    { code: 'command.evse-uid-missing', at: ['evse_uid'], met: 'no field', expected: 'the EVSE of the connector' },
  ];
}
