import type { FaultFiring } from '../../contract/fault.ts';

/** What is known of an exchange beside what crossed. */
export interface Around {
  /** What fault rules of ours did to it, or found nothing to do. */
  readonly firings?: readonly Pick<FaultFiring, 'rule' | 'kind' | 'did' | 'applied'>[];
  /** Milliseconds; null where a phase did not happen. */
  readonly timings?: {
    readonly dns: number | null;
    readonly connect: number | null;
    readonly tls: number | null;
    readonly firstByte: number | null;
    readonly total: number;
  };
}
