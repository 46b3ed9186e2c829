import { ciEqual } from '../ocpi/ci-string.ts';
import type { OwnData, OwnModule } from '../server/own-data.ts';
import { type Changes, WORLD_MODULES } from './changes.ts';
import type { WorldModule } from './world/setting.ts';
import type { World } from './world/world.ts';

/** A world with its changes, as what is served: objects that changed stand at the end of their list. */
export function worldData(world: World, changes: Changes): OwnData {
  return {
    page: ({ module, version, from, to, offset, limit }) => {
      if (!isOfWorld(module)) return { total: 0, items: [] };
      const base = world.changedBetween(module, {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { until: to }),
      });
      const { total, slice } = changes.order(module).within(base, { from, to });
      const indexes = slice(offset, limit);
      const items = indexes.map(index => changes.applied({ module, index }, world.text(module, index, version)));
      return { total, items };
    },
    get: ({ module, version, id, type }) => {
      if (!isOfWorld(module)) return undefined;
      const index = world.indexById(module, id);
      if (index === undefined) return undefined;
      const text = changes.applied({ module, index }, world.text(module, index, version));
      return type === undefined || isOfType(text, type) ? text : undefined;
    },
  };
}

function isOfType(token: string, wanted: string): boolean {
  const { type } = JSON.parse(token) as { readonly type?: unknown };
  return typeof type === 'string' && ciEqual(type, wanted);
}

function isOfWorld(module: OwnModule): module is WorldModule {
  return WORLD_MODULES.some(known => known === module);
}
