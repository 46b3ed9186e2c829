import { FaultFamily, type FaultKindView } from '../../../../core/contract/fault.ts';

export interface KindGroup {
  readonly family: FaultFamily;
  readonly kinds: readonly FaultKindView[];
}

export interface KindWords {
  readonly family: (family: FaultFamily) => string;
  /** Title of a failure case, by its number. */
  readonly failureCase: (number: number) => string;
}

/**
 * Kinds in which every word occurs: in what they are called and do, their family, and the failure cases they imitate.
 * A number alone (`12`, `#12`) asks for the case.
 */
export function foundKinds(kinds: readonly FaultKindView[], asked: string, words: KindWords): readonly KindGroup[] {
  const wanted = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = wanted;
  const number = wanted.length === 1 ? /^#?(\d{1,2})$/.exec(first ?? '')?.[1] : undefined;
  const fits = (kind: FaultKindView) => {
    const text = textOf(kind, words);
    if (wanted.every(word => text.includes(word))) return true;
    return number !== undefined && kind.cases.includes(Number(number));
  };
  const found = kinds.filter(fits);
  return FaultFamily.options.flatMap(family => {
    const group = found.filter(kind => kind.family === family);
    return group.length === 0 ? [] : [{ family, kinds: group }];
  });
}

function textOf({ kind, title, explain, family, cases }: FaultKindView, words: KindWords): string {
  return [kind, title, explain, words.family(family), ...cases.map(number => `#${number} ${words.failureCase(number)}`)]
    .join('\n')
    .toLowerCase();
}
