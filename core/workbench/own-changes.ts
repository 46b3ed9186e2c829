import type { History } from '../history/history.ts';
import type { OwnChanges } from '../server/own-data.ts';
import { readOwnObject } from './own-objects.ts';
import { ownersOf } from './own-served.ts';
import type { PlatformDesk } from './platform.ts';

export interface OwnChangesOptions {
  readonly history: Pick<History, 'ownData' | 'transaction'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
}

/** What partners change of the operator's own data is kept where the operator's changes are, whatever is wrong with it. */
export function ownChanges({ history, platform }: OwnChangesOptions): OwnChanges {
  const { ownData, transaction } = history;
  return {
    put: ({ module, list, version, text }) => {
      const owners = ownersOf(platform.config().parties, module);
      const read = readOwnObject({ text, version }, { module, list: list ?? '', owners });
      if (!read.ok) return { ok: false, reason: read.failure.message };
      const { object } = read.value;
      // One that is there stays with its owner.
      const before = ownData.get({ parties: owners, module, list, id: object.id });
      const stored = transaction(() =>
        ownData.put([before === undefined ? object : { ...object, party: before.party }]),
      );
      return stored.ok ? { ok: true } : { ok: false, reason: stored.failure.message };
    },
  };
}
