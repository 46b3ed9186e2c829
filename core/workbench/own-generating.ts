import type { Version } from '../ocpi/versions.ts';
import { WORLD_MODULES } from '../sandbox/changes.ts';
import type { WorldModule } from '../sandbox/world/setting.ts';
import { createWorld, MOST_LOCATIONS } from '../sandbox/world/world.ts';

export interface Generating {
  readonly module: WorldModule;
  readonly version: Version;
  readonly count: number;
  readonly seed: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Generated {
  /** As many as were asked for; fewer where no world has so many (tariffs). */
  readonly available: number;
  /** JSON texts, each made when it is taken. */
  readonly texts: Iterable<string>;
}

/** Whether a world makes objects of a module. */
export function isGenerated(module: string): module is WorldModule {
  return WORLD_MODULES.some(known => known === module);
}

/**
 * Objects of the smallest world of this seed that has so many. What they refer to is there under the same seed: sessions of the
 * first locations, CDRs of the first sessions.
 */
export function generateTexts({ module, version, count, seed, now }: Generating): Generated {
  let locations = module === 'locations' ? count : 1;
  let world = createWorld({ seed, locations, now });
  while (world.counts[module] < count && module !== 'tariffs' && locations < MOST_LOCATIONS) {
    locations = Math.min(locations * 2, MOST_LOCATIONS);
    world = createWorld({ seed, locations, now });
  }
  const available = Math.min(count, world.counts[module]);
  const made = world;
  return {
    available,
    texts: (function* () {
      for (let index = 0; index < available; index++) yield made.text(module, index, version);
    })(),
  };
}
