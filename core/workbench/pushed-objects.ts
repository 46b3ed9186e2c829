import type { Objects } from '../history/objects/objects.ts';
import type { PushedObjects } from '../server/pushed-objects.ts';

/** What partners push goes where what is pulled goes. */
export function keptObjects(objects: Pick<Objects, 'present' | 'push' | 'ingest'>): PushedObjects {
  return {
    get: ({ list = '', ...key }) => objects.present({ ...key, list }),
    keep: objects.push,
    async remove({ type: _, list: __, ...key }) {
      const { trouble } = await objects.ingest.vanish(key);
      return trouble === undefined ? { ok: true } : { ok: false, reason: trouble };
    },
  };
}
