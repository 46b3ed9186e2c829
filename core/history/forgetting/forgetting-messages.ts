import type { Gate } from '../objects/gate.ts';
import type { ErasingProgress } from './erasing.ts';
import type { Erased } from './erasure.ts';
import type { ForgottenValueOptions } from './forgotten-value.ts';
import type { Proof } from './proof.ts';

export interface ForgettingStart {
  readonly file: string;
  readonly gate: Gate;
  /** One number: above zero while the database is written anew, and nobody else can write. */
  readonly rewriting: Int32Array;
}

export type ForgettingQuestion =
  | {
      readonly kind: 'erase';
      readonly value: ForgottenValueOptions;
      readonly dry: boolean;
      readonly handedOut: SharedArrayBuffer;
    }
  /** Makes sure that nothing remains, and proves it. */
  | { readonly kind: 'settle'; readonly value: ForgottenValueOptions; readonly erased: boolean };

export type ForgettingAnswer =
  | { readonly kind: 'erased'; readonly erased: Erased }
  | { readonly kind: 'settled'; readonly proof: Proof }
  | { readonly kind: 'gone'; readonly reason: string; readonly advice?: string; readonly isCancelled?: boolean };

export type ForgettingProgress = ErasingProgress;
