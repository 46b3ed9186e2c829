import { FINDING_CODES } from '../ocpi/finding-codes.ts';
import { DETECTOR_VERSION, type Finding } from '../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';

/** Findings as a workbench wrote them; undefined where something else stands there, or a code that is not known here. */
export function findingsTold(value: unknown): Finding[] | undefined {
  return Array.isArray(value) && value.every(isFinding) ? value.map(findingOf) : undefined;
}

/** What faces show of a finding, without whatever else stands there. */
function findingOf({ severity, code, pointer, met, expected, section }: JsonObject): Finding {
  return { severity, code, pointer, met, expected, section, detector: DETECTOR_VERSION } as Finding;
}

function isFinding(value: unknown): value is JsonObject {
  if (!isJsonObject(value) || !['error', 'warning', 'note'].includes(String(value['severity']))) return false;
  const { code } = value;
  if (typeof code !== 'string' || !Object.hasOwn(FINDING_CODES, code)) return false;
  return ['pointer', 'met', 'expected', 'section'].every(name => typeof value[name] === 'string');
}
