import type { Clock } from '../clock.ts';
import { createWire, type Wire } from '../http/send.ts';
import type { WireSettings } from '../http/wire.ts';

/** The wires of all links: links with the same settings share one, and with it the kept-alive connections. */
export interface Wires {
  wireFor(settings: WireSettings): Wire;
  /** Ends calls under way as `cancelled` and closes every connection. */
  close(): Promise<void>;
}

export function createWires({ clock }: { readonly clock: Clock }): Wires {
  const wires = new Map<string, Wire>();
  /** Settings are values, mostly the same object call after call: they are written out once. */
  const keys = new WeakMap<WireSettings, string>();
  return {
    wireFor: settings => {
      const key = keys.get(settings) ?? keyOf(settings);
      keys.set(settings, key);
      const wire = wires.get(key) ?? createWire(settings, { clock });
      wires.set(key, wire);
      return wire;
    },
    close: async () => {
      await Promise.all(Array.from(wires.values(), wire => wire.close()));
      wires.clear();
    },
  };
}

function keyOf({ proxy, ca, clientCertificate, clientKey, timeouts, bodyLimit }: WireSettings): string {
  const { connect, firstByte, body, total } = timeouts;
  return JSON.stringify([proxy, ca, clientCertificate, clientKey, connect, firstByte, body, total, bodyLimit]);
}
