import * as z from 'zod';
import type { LinkSettings } from '../contract/link.ts';
import type { SealingKeys } from './sealing-key.ts';
import { seal, unseal } from './token-seal.ts';

/** Settings that nobody may read out of the file: a private key, and a proxy's URL with its password. */
const SECRET_SETTINGS = ['clientKey', 'proxy'] as const;
const SealedSetting = z.object({ keyId: z.string(), nonce: z.string(), sealed: z.string() });

const boundTo = (name: string) => `link setting ${name}`;

/** The settings as they are stored: the secret ones sealed as tokens are. */
export function sealSettings(settings: LinkSettings, { current }: SealingKeys): Record<string, unknown> {
  const stored: Record<string, unknown> = { ...settings };
  for (const name of SECRET_SETTINGS) {
    const value = settings[name];
    if (value === undefined) continue;
    const { nonce, sealed } = seal(value, current, boundTo(name));
    stored[name] = { keyId: current.id, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') };
  }
  return stored;
}

/** The settings in the clear; a secret one whose key is gone is absent, and has to be set anew. */
export function unsealSettings(stored: unknown, { all }: SealingKeys): unknown {
  if (typeof stored !== 'object' || stored === null) return stored;
  const settings: Record<string, unknown> = { ...stored };
  for (const name of SECRET_SETTINGS) {
    const kept = SealedSetting.safeParse(settings[name]);
    if (!kept.success) continue;
    const key = all.get(kept.data.keyId);
    const parts = {
      nonce: Buffer.from(kept.data.nonce, 'base64'),
      sealed: Buffer.from(kept.data.sealed, 'base64'),
    };
    const value = key && unseal(parts, key, boundTo(name));
    if (value === undefined) delete settings[name];
    else settings[name] = value;
  }
  return settings;
}
