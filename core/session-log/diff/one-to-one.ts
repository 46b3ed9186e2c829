/** What things of one log are called in the other: one name for one name, of each kind, without regard to case. */
export interface OneToOne {
  /** True where `from` is `to` from now on, or was before; false where either of them is something else already. */
  bind(kind: string, from: string, to: string): boolean;
  /** What it is called in the other log; undefined where that is not known. */
  get(kind: string, from: string): string | undefined;
}

export function createOneToOne(): OneToOne {
  const forth = new Map<string, string>();
  const back = new Map<string, string>();
  const keyOf = (kind: string, name: string) => `${kind} ${name.toLowerCase()}`;
  return {
    bind(kind, from, to) {
      const known = forth.get(keyOf(kind, from));
      if (known !== undefined) return known.toLowerCase() === to.toLowerCase();
      const other = back.get(keyOf(kind, to));
      if (other !== undefined && other !== from.toLowerCase()) return false;
      forth.set(keyOf(kind, from), to);
      back.set(keyOf(kind, to), from.toLowerCase());
      return true;
    },
    get: (kind, from) => forth.get(keyOf(kind, from)),
  };
}
