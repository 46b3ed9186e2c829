/** Asked for reports: the message names what to count by, the answer is `Reported`. */
import { answerAsked } from './asked-workbench.ts';

export interface Reported {
  /** Milliseconds until the report was there. */
  readonly ms: number;
  readonly charges: number;
  readonly credits: number;
  readonly rows: number;
  /** CDRs that are not counted yet. */
  readonly behind: number;
}

if (import.meta.main) {
  await answerAsked(async (by: 'day' | 'location' | 'tariff' | 'token', client): Promise<Reported> => {
    const began = performance.now();
    const { total, count, behind } = await client.reports.get({ by });
    const ms = performance.now() - began;
    return { ms, behind, rows: count, charges: total.charges, credits: total.credits };
  });
}
