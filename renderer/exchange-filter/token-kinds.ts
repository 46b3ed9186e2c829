import { FaultFamily } from '../../core/contract/fault.ts';
import type { Texts } from '../texts/use-texts.ts';
import type { FilterValue, TokenKind } from '../ui/filter-text.ts';
import { DIRECTIONS, HAS, IS, partOf, TOKEN_NAMES, type TokenName } from './conditions.ts';

export interface KnownValues {
  readonly links: readonly { readonly name: string; readonly meaning: string }[];
  readonly parties: readonly string[];
  readonly modules: readonly string[];
  /** Codes of findings with their meaning. */
  readonly findings: readonly { readonly value: string; readonly meaning: string }[];
  /** Kinds of faults that there are rules of, with what they do. */
  readonly faults: readonly { readonly value: string; readonly meaning: string }[];
}

const STATUSES = ['2xx', '4xx', '5xx', '401', '404', 'none'] as const;
const OCPI = ['1000', '2xxx', '3xxx', '2000', '2001', '3001', 'none'] as const;
const FAILED = ['timeout', 'refused', '401', '404', '500', '2001', '3001'] as const;
const AGES = ['15m', '1h', '24h', '7d', 'today'] as const;

/** The tokens of the bar: what each narrows by, what may stand in it, and what is wrong with a value. */
export function tokenKinds(known: KnownValues, t: Texts<'traffic'>): readonly TokenKind[] {
  const values: Readonly<Partial<Record<TokenName, readonly FilterValue[]>>> = {
    link: known.links.map(({ name, meaning }) => ({ value: name, meaning })),
    party: known.parties.map(value => ({ value })),
    module: known.modules.map(value => ({ value })),
    status: STATUSES.map(value => ({ value, meaning: t(`status-${value}`) })),
    ocpi: OCPI.map(value => ({ value, meaning: t(`ocpi-${value}`) })),
    failed: FAILED.map(value => ({ value, meaning: t(`failed-${value}`) })),
    is: IS.map(value => ({ value, meaning: t(`is-${value}`) })),
    has: [...HAS.map(value => ({ value, meaning: t(`has-${value}`) })), ...known.findings],
    fault: [
      { value: 'any', meaning: t('fault-any') },
      ...FaultFamily.options.map(value => ({ value, meaning: t('fault-family') })),
      ...known.faults,
    ],
    dir: DIRECTIONS.map(value => ({ value, meaning: t(`dir-${value}`) })),
    since: AGES.map(value => ({ value, meaning: t(`age-${value}`) })),
    until: AGES.map(value => ({ value, meaning: t(`age-${value}`) })),
  };
  return TOKEN_NAMES.map(name => ({
    name,
    meaning: t(`token-${name}`),
    values: values[name] ?? [],
    check: value => (partOf({ name, value }, 0) === undefined ? t(`problem-${problemOf(name)}`) : undefined),
  }));
}

type Checked = 'status' | 'ocpi' | 'failed' | 'is' | 'has' | 'fault' | 'dir' | 'moment' | 'run';

function problemOf(name: TokenName): Checked {
  if (name === 'since' || name === 'until') return 'moment';
  return (
    (['status', 'ocpi', 'failed', 'is', 'has', 'fault', 'dir', 'run'] as const).find(checked => checked === name) ??
    'has'
  );
}
