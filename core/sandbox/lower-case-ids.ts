import type { OwnData } from '../server/own-data.ts';

/** Properties that hold the id of an object, or refer to one by it. Party ids and eMI3 ids are written as they are. */
const ID_PROPERTIES: ReadonlySet<string> = new Set([
  'id',
  'uid',
  'location_id',
  'evse_uid',
  'connector_id',
  'session_id',
  'tariff_id',
  'tariff_ids',
]);

/** The same data with ids in lower case, as platforms send that store them so (failures.md 23). */
export function withLowerCaseIds(data: OwnData): OwnData {
  const lowered = (text: string) => JSON.stringify(JSON.parse(text, lowerId));
  return {
    page: query => {
      const { total, items } = data.page(query);
      return { total, items: items.map(lowered) };
    },
    get: one => {
      const text = data.get(one);
      return text === undefined ? undefined : lowered(text);
    },
  };
}

function lowerId(key: string, value: unknown): unknown {
  if (!ID_PROPERTIES.has(key)) return value;
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value)) return value.map(item => (typeof item === 'string' ? item.toLowerCase() : item));
  return value;
}
