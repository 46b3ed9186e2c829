import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { OwnData, OwnQuery } from '../own-data.ts';

export interface OwnObjectRead {
  readonly text: string;
  readonly object: JsonObject;
}

/** Objects looked at before others get their turn. */
const STEP = 200;

/** Every object of a list of ours, in the order in which it is served; for what no index answers. */
export async function* everyOwnObject(
  data: Pick<OwnData, 'page'>,
  query: Omit<OwnQuery, 'offset' | 'limit'>,
): AsyncGenerator<OwnObjectRead> {
  for (let offset = 0; ; offset += STEP) {
    const { items } = data.page({ ...query, offset, limit: STEP });
    for (const text of items) {
      const object: unknown = JSON.parse(text);
      if (isJsonObject(object)) yield { text, object };
    }
    if (items.length < STEP) return;
    await new Promise<void>(resolve => setImmediate(resolve));
  }
}
