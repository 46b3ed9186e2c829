import type { QueryKey } from '@tanstack/react-query';

const ANY = '*';

/** Keys of all queries. What the event stream names is invalidated by these. */
export const keys = {
  platform: ['platform'],
  /** The built-in partner; beneath `platform`: goes stale with it. */
  sandbox: ['platform', 'sandbox'],
  sandboxLife: ['platform', 'sandbox', 'life'],
  links: ['links'],
  /** Beneath `links`: goes stale with it. */
  link: (name: string) => ['links', name],
  runs: ['runs'],
  run: (id: number) => ['run', id],
  /** Lists, counts, groups: add what they depend on: `[...keys.exchanges, 'count', conditions]`. */
  exchanges: ['exchanges'],
  exchange: (id: number) => ['exchange', id],
  /** Of all links or all modules where one is absent. */
  objects: (link?: string, module?: string) => ['objects', link ?? ANY, module ?? ANY],
  /** Lists and counts of charges, and each by itself beneath. */
  transactions: ['transactions'],
  transaction: (id: number) => ['transactions', id],
  /** Lists of replays, and each by itself beneath. */
  replays: ['replays'],
  replay: (id: number) => ['replays', id],
  scenarios: ['scenarios'],
  /** Imported logs, reproductions, and the file that is looked at. */
  logs: ['logs'],
  own: ['own'],
  /** What is worked out of charges: bills, reports, payments. Goes stale with objects, our data and transactions. */
  figured: ['figured'],
  /** Calls of partners that wait for the operator. */
  decisions: ['decisions'],
  /** Fault rules and their hits. */
  faults: ['faults'],
  /** The catalogue of kinds and packs: the same as long as the core is. */
  faultKinds: ['fault-kinds'],
  /** Those of the built-in partner. */
  sandboxFaults: ['platform', 'sandbox', 'faults'],
  life: ['life'],
  pulls: ['pulls'],
  /** Notices and thresholds, and beneath them figures. */
  health: ['health'],
  /** How links and locations are: figures that grow with what is heard. */
  healthFigures: ['health', 'figures'],
} as const;

/** Whether a query depends on the stored objects of one link and module. */
export function dependsOnObjects(key: QueryKey, link: string, module: string): boolean {
  const [what, ofLink, ofModule] = key;
  return what === 'objects' && (ofLink === ANY || ofLink === link) && (ofModule === ANY || ofModule === module);
}
