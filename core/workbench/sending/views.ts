import type { FindingView } from '../../contract/run.ts';
import type { Finding } from '../../ocpi/findings.ts';

/** A finding without the detector's version, as faces see it. */
export function viewOf({ detector: _, ...finding }: Finding): FindingView {
  return finding;
}
