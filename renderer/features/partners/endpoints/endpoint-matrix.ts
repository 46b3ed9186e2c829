import type { LinkEndpoint, LinkParty } from '../../../../core/contract/link.ts';
import { catalogue, type Interface } from '../../../../core/ocpi/catalogue.ts';
import { MODULE_IDS, moduleOf } from '../../../../core/ocpi/modules.ts';
import { atLeast22, isVersion, type Version } from '../../../../core/ocpi/versions.ts';

export type MatrixSide = 'SENDER' | 'RECEIVER' | 'NONE';

export interface Cell {
  /** Every URL given for it; more than one is odd and shown. */
  readonly urls: readonly string[];
  /** False where the version has no such interface. */
  readonly defined: boolean;
}

/** What the other side does not have for what is offered. */
export type Hint =
  /** They send and nothing of ours takes what they push: it can be pulled. */
  | 'pull-only'
  /** They take and we have nothing that sends. */
  | 'nothing-to-send'
  /** We send and they take nothing. */
  | 'not-taken'
  /** A party of their role has this side as a rule, and it is missing. */
  | 'expected-SENDER'
  | 'expected-RECEIVER';

export interface MatrixRow {
  /** The module's name as the catalogue has it, or the identifier of a custom module. */
  readonly module: string;
  readonly custom: boolean;
  readonly theirs: Readonly<Record<MatrixSide, Cell>>;
  readonly ours: Readonly<Record<MatrixSide, Cell>>;
  readonly hints: readonly Hint[];
}

export interface MatrixInput {
  readonly version: string | undefined;
  readonly theirs: readonly LinkEndpoint[];
  /** Undefined where it is not known what the partner was told. */
  readonly ours: readonly LinkEndpoint[] | undefined;
  readonly theirParties: readonly LinkParty[];
}

export interface Matrix {
  readonly rows: readonly MatrixRow[];
  /** False on 2.1.1: endpoints have no role there. */
  readonly roles: boolean;
}

/** What a party of a role has as a rule (digest 4.3). */
const EXPECTED: Readonly<Record<string, readonly (readonly [module: string, side: 'SENDER' | 'RECEIVER'])[]>> = {
  CPO: [
    ['locations', 'SENDER'],
    ['sessions', 'SENDER'],
    ['cdrs', 'SENDER'],
    ['tariffs', 'SENDER'],
    ['tokens', 'RECEIVER'],
  ],
  EMSP: [
    ['tokens', 'SENDER'],
    ['locations', 'RECEIVER'],
    ['sessions', 'RECEIVER'],
    ['cdrs', 'RECEIVER'],
  ],
};

/** Module by interface, what they offer beside what we offer, in the order of the specification; custom modules last. */
export function endpointMatrix({ version, theirs, ours, theirParties }: MatrixInput): Matrix {
  const spoken = version !== undefined && isVersion(version) ? version : undefined;
  const roles = spoken === undefined || atLeast22(spoken);
  const missing = roles ? expectedAndMissing(theirs, theirParties) : [];
  const names = new Set<string>([
    ...[...theirs, ...(ours ?? [])].map(({ identifier }) => nameOf(identifier)),
    ...(theirs.length === 0 ? [] : missing.map(([module]) => module)),
  ]);
  const rows = [...names].sort(bySpecification).map((module): MatrixRow => {
    const row = {
      module,
      custom: moduleOf(module) === undefined,
      theirs: cells(theirs, { module, roles, version: spoken }),
      ours: cells(ours ?? [], { module, roles, version: spoken }),
    };
    const lacking = missing.filter(([name]) => theirs.length > 0 && name === module).map(([, side]) => side);
    return {
      ...row,
      hints: [
        ...new Set(lacking.map(side => `expected-${side}` as const)),
        ...hintsOf(row, { roles, known: ours !== undefined }),
      ],
    };
  });
  return { rows, roles };
}

function cells(
  endpoints: readonly LinkEndpoint[],
  { module, roles, version }: { module: string; roles: boolean; version: Version | undefined },
): Record<MatrixSide, Cell> {
  const own = endpoints.filter(({ identifier }) => nameOf(identifier) === module);
  const sideless = !roles || module === 'credentials';
  const of = (side: MatrixSide): Cell => ({
    urls: own.filter(({ role }) => sideOf(role, sideless) === side).map(({ url }) => url),
    defined: sideless ? side === 'NONE' : side !== 'NONE' && isDefined(module, side, version),
  });
  return { SENDER: of('SENDER'), RECEIVER: of('RECEIVER'), NONE: of('NONE') };
}

function sideOf(role: string | undefined, sideless: boolean): MatrixSide {
  if (sideless) return 'NONE';
  const upper = role?.toUpperCase();
  return upper === 'SENDER' || upper === 'RECEIVER' ? upper : 'NONE';
}

function isDefined(module: string, side: Interface, version: Version | undefined): boolean {
  const id = moduleOf(module);
  if (id === undefined || version === undefined) return true;
  return catalogue(version).some(entry => entry.module === id && entry.interface === side);
}

function hintsOf(
  { module, theirs, ours }: Pick<MatrixRow, 'module' | 'theirs' | 'ours'>,
  { roles, known }: { roles: boolean; known: boolean },
): Hint[] {
  if (!roles || !known || module === 'credentials') return [];
  const has = (cell: Cell) => cell.urls.length > 0;
  const [sent, taken] = [theirs.SENDER, theirs.RECEIVER].map(has);
  const [weSend, weTake] = [ours.SENDER, ours.RECEIVER].map(has);
  const hints: Hint[] = [];
  if (sent && !weTake && ours.RECEIVER.defined) hints.push('pull-only');
  if (taken && !weSend && ours.SENDER.defined) hints.push('nothing-to-send');
  if (weSend && !taken && theirs.RECEIVER.defined) hints.push('not-taken');
  return hints;
}

function expectedAndMissing(theirs: readonly LinkEndpoint[], parties: readonly LinkParty[]) {
  const wanted = parties.flatMap(({ role }) => EXPECTED[role ?? ''] ?? []);
  return wanted.filter(
    ([module, side]) =>
      !theirs.some(({ identifier, role }) => nameOf(identifier) === module && sideOf(role, false) === side),
  );
}

/** Identifiers compare without regard to case (T31). */
function nameOf(identifier: string): string {
  return moduleOf(identifier) ?? identifier;
}

function bySpecification(left: string, right: string): number {
  const place = (name: string) => {
    const at = (MODULE_IDS as readonly string[]).indexOf(name);
    return at === -1 ? MODULE_IDS.length : at;
  };
  return place(left) - place(right) || left.localeCompare(right);
}
