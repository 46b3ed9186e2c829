import type { OwnParty } from '../contract/platform.ts';
import type { Objects } from '../history/objects/objects.ts';
import type { OwnModule } from '../server/own-data.ts';
import type { PushedObjects } from '../server/pushed-objects.ts';
import { OWN_MODULES } from './own-serving.ts';

/** Which role receives the objects of a module from those who own them (digest 4.1). */
const RECEIVING_ROLE: Readonly<Record<OwnModule, OwnParty['role']>> = {
  locations: 'EMSP',
  sessions: 'EMSP',
  cdrs: 'EMSP',
  tariffs: 'EMSP',
  tokens: 'CPO',
};

/** Modules that one of these parties receives objects of. */
export function receivedModules(parties: readonly OwnParty[]): OwnModule[] {
  return OWN_MODULES.filter(module => parties.some(({ role }) => role === RECEIVING_ROLE[module]));
}

/** What partners push goes where what is pulled goes: read as the answer to a GET of one object would be. */
export function keptObjects(objects: Pick<Objects, 'present' | 'ingest'>, clock: { now(): number }): PushedObjects {
  return {
    get: objects.present,
    async keep({ linkId, module, version, text }) {
      const body = new TextEncoder().encode(
        `{"data":${text},"status_code":1000,"timestamp":"${new Date(clock.now()).toISOString()}"}`,
      );
      const page = { linkId, module, version, shape: 'one', body, runId: 0, page: 0, seenAt: clock.now() } as const;
      const { trouble, items, unusable } = await objects.ingest.store(page);
      if (trouble !== undefined) return { ok: false, reason: trouble };
      if (items !== 1) throw new Error(`what was checked as one of ${module} is no object`);
      return { ok: unusable === 0 };
    },
    async remove({ type: _, ...key }) {
      const { trouble } = await objects.ingest.vanish(key);
      return trouble === undefined ? { ok: true } : { ok: false, reason: trouble };
    },
  };
}
