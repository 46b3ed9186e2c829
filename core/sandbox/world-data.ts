import type { OwnData } from '../server/own-data.ts';
import type { Changes } from './changes.ts';
import type { World } from './world/world.ts';

/** A world with its changes, as what is served: objects that changed stand at the end of their list. */
export function worldData(world: World, changes: Changes): OwnData {
  return {
    page: ({ module, version, from, to, offset, limit }) => {
      const base = world.changedBetween(module, {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { until: to }),
      });
      const { total, slice } = changes.order(module).within(base, { from, to });
      const indexes = slice(offset, limit);
      const items = indexes.map(index => changes.applied({ module, index }, world.text(module, index, version)));
      return { total, items };
    },
    get: ({ module, version, id }) => {
      const index = world.indexById(module, id);
      return index === undefined ? undefined : changes.applied({ module, index }, world.text(module, index, version));
    },
  };
}
