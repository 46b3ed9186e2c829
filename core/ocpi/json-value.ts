import { shorten } from './findings.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** What a finding says it met: scalars as JSON, the rest by its shape. */
export function describeJson(json: unknown): string {
  if (json === undefined) return 'nothing';
  if (Array.isArray(json)) return `a list of ${json.length}`;
  if (!isJsonObject(json)) return shorten(JSON.stringify(json));
  return `an object with ${Object.keys(json).join(', ') || 'nothing in it'}`;
}
