import type { Outcome } from '../contract/failure.ts';
import type { FaultRule } from '../contract/fault.ts';
import type { Workbench } from '../workbench.ts';
import { readRulesFile } from './fault-files.ts';

export interface FaultStartFlags {
  readonly faults?: string;
  readonly pack?: string;
  readonly yes?: boolean;
}

/** Puts rules in force; to be called before anything listens. */
export type FaultStart = (workbench: Pick<Workbench, 'faults'>) => Outcome<FaultRule[]>;

/** The rules to begin with, of a file or a pack; undefined where none are named. Thrown where the file cannot be read. */
export async function readFaultStart({ faults: file, pack, yes }: FaultStartFlags): Promise<FaultStart | undefined> {
  const confirmed = yes === true;
  const rules = file === undefined ? undefined : await readRulesFile(file);
  if (file === undefined && pack === undefined) return undefined;
  return ({ faults }) => {
    const imported =
      file === undefined ? undefined : named(file, faults.import({ file: rules, replace: true, confirmed }));
    if (imported?.ok === false || pack === undefined) return imported ?? { ok: true, value: [] };
    return faults.load({ pack, confirmed });
  };
}

/** A failure says of which file it speaks. */
function named<T>(file: string, outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  return { ok: false, failure: { ...outcome.failure, message: `${file}: ${outcome.failure.message}` } };
}
