import type { FaultOccasion, FaultScope } from '../contract/fault.ts';
import type { FaultKind } from './kind.ts';

/** A rule ready to be at work: its kind is known, its parameters are whole. */
export interface Rule {
  readonly id: number;
  readonly name: string;
  readonly kind: FaultKind;
  /** Rules are tried in this order. */
  readonly position: number;
  /** As the kind's schema gave them, defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly scope: FaultScope;
  readonly when: FaultOccasion;
  readonly seed: string;
  readonly armed: boolean;
  readonly reachesRegistration: boolean;
  /** Production links are left alone unless somebody said yes to it. */
  readonly reachesProduction: boolean;
}
