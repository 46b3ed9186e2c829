/** What a case is made of: a value of each dimension. */
export type Dimensions = Readonly<Record<string, readonly unknown[]>>;
export type Case<D extends Dimensions> = { readonly [Name in keyof D]: D[Name][number] };

export interface Matrix<D extends Dimensions> {
  readonly cases: readonly Case<D>[];
  /** For the title of the suite: how many of how many, and what brings the same sample again. */
  readonly title: string;
}

export interface MatrixOptions<D extends Dimensions> {
  /** Leaves combinations out that mean nothing. */
  readonly unless?: (one: Case<D>) => boolean;
  /** The whole matrix instead of a sample; by OCPI_WORKBENCH_TEST_ALL unless said. */
  readonly all?: boolean;
  /** By OCPI_WORKBENCH_TEST_SEED, else another one each time. */
  readonly seed?: number;
}

/** Every combination, or a sample that holds every pair of values that any combination holds. */
export function matrix<const D extends Dimensions>(dimensions: D, options: MatrixOptions<D> = {}): Matrix<D> {
  const {
    unless = () => false,
    all = process.env['OCPI_WORKBENCH_TEST_ALL'] === '1',
    seed = Number(process.env['OCPI_WORKBENCH_TEST_SEED'] ?? Date.now() % 1_000_000),
  } = options;
  const whole = combinations(dimensions).filter(one => !unless(one));
  if (all) return { cases: whole, title: `all ${whole.length} combinations` };
  const cases = pairwise(shuffled(whole, seed));
  return { cases, title: `${cases.length} of ${whole.length} combinations, OCPI_WORKBENCH_TEST_SEED=${seed}` };
}

function combinations<D extends Dimensions>(dimensions: D): Case<D>[] {
  let made: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(dimensions)) {
    made = made.flatMap(one => values.map(value => ({ ...one, [name]: value })));
  }
  return made as Case<D>[];
}

/** Takes the case with the most pairs not seen yet, until there is none. */
function pairwise<D extends Dimensions>(whole: readonly Case<D>[]): Case<D>[] {
  const open = whole.map(one => ({ one, pairs: pairsOf(one) }));
  const seen = new Set<string>();
  const taken: Case<D>[] = [];
  for (;;) {
    let best: { one: Case<D>; pairs: readonly string[] } | undefined;
    let most = 0;
    for (const candidate of open) {
      const fresh = candidate.pairs.filter(pair => !seen.has(pair)).length;
      if (fresh > most) {
        most = fresh;
        best = candidate;
      }
    }
    if (best === undefined) return taken;
    for (const pair of best.pairs) seen.add(pair);
    taken.push(best.one);
  }
}

export function pairsOf(one: Readonly<Record<string, unknown>>): string[] {
  const values = Object.entries(one).map(([name, value]) => `${name}=${String(value)}`);
  return values.flatMap((left, at) => values.slice(at + 1).map(right => `${left} ${right}`));
}

/** Fisher and Yates, with a small generator of its own, so that a seed means the same everywhere. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const mixed = [...items];
  let state = seed >>> 0;
  const chance = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixing = Math.imul(state ^ (state >>> 15), state | 1);
    mixing ^= mixing + Math.imul(mixing ^ (mixing >>> 7), mixing | 61);
    return ((mixing ^ (mixing >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(chance() * (at + 1));
    const [one, two] = [mixed[at], mixed[other]];
    if (one !== undefined && two !== undefined) [mixed[at], mixed[other]] = [two, one];
  }
  return mixed;
}
