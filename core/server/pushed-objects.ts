import type { OwnListName } from '../contract/own.ts';
import type { Version } from '../ocpi/versions.ts';
import type { OwnModule } from './own-data.ts';

/** One object that a partner owns and pushes. */
export interface PushedKey {
  readonly linkId: number;
  readonly module: OwnModule;
  /** Where the module has several lists, which of them; absent: the one at the endpoint itself. */
  readonly list?: OwnListName;
  /** Compared without regard to case. */
  readonly id: string;
  /** `NL-TNM`; absent: of the only party of the link (2.1.1). */
  readonly party?: string;
  /** Of a token; absent: RFID, else the only one with that uid (T44). Of a party behind a hub its role. */
  readonly type?: string;
}

export interface PushedText extends Pick<PushedKey, 'linkId' | 'module' | 'list'> {
  readonly version: Version;
  /** JSON of the whole object. */
  readonly text: string;
}

/** `reason`: why the database refused; absent where the object has no id it could be kept under. */
export type PushOutcome = { readonly ok: true } | { readonly ok: false; readonly reason?: string };

/** Where what partners push is kept, the same place as that of what is pulled. Nothing here rejects. */
export interface PushedObjects {
  /** The JSON text, as it is there now. */
  get(key: PushedKey): string | undefined;
  /** Resolves once it is committed. */
  keep(pushed: PushedText): Promise<PushOutcome>;
  /** Resolves once it is committed; earlier texts stay. */
  remove(key: PushedKey): Promise<PushOutcome>;
}
