import { isJsonObject } from '../ocpi/json-value.ts';
import { parsePartyId } from '../ocpi/party-id.ts';
import type { OwnTerminalParts } from '../server/modules/own-terminals.ts';
import { ownersOf } from './own-served.ts';
import type { PlatformDesk } from './platform.ts';
import type { PushNow } from './sending/pushing.ts';

export interface HandingOverOptions {
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly push: PushNow;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** An activated terminal is posted to the CPO that asked for it, once: its exchange tells what became of that (digest 6.10). */
export function handingOver({ platform, push, onTrouble }: HandingOverOptions): OwnTerminalParts['handOver'] {
  return ({ linkId, text }) => {
    const json: unknown = JSON.parse(text);
    const id = isJsonObject(json) ? json['terminal_id'] : undefined;
    const owner = parsePartyId(ownersOf(platform.config().parties, 'payments')[0] ?? '');
    if (typeof id !== 'string' || owner === undefined) throw new Error('an activated terminal has an id and an owner');
    const thing = { module: 'payments', what: 'terminal', ids: [id], owner } as const;
    push({ linkId, thing, method: 'POST', text }).then(
      pushed => {
        if (!pushed.ok) onTrouble(`terminal ${id} was not handed over`, new Error(pushed.failure.message));
      },
      (error: unknown) => onTrouble(`terminal ${id} was not handed over`, error),
    );
  };
}
