import * as z from 'zod';
import { Direction } from '../../../core/contract/direction.ts';
import type { TroubleGroup } from '../../../core/contract/errors.ts';
import { Layer } from '../../../core/contract/explanation.ts';

/** What stands in the columns of the grid. */
export const BY = ['link', 'module', 'time'] as const;
export type By = (typeof BY)[number];

/** A number alone in an address is read as one. */
const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().optional())
  .catch(undefined);

/** The address of the grid. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const ErrorsSearch = z.object({
  /** The filter, as it stands in the bar. */
  q: text,
  /** Absent: with findings of exchanges that did not fail. */
  which: z.enum(['failures']).optional().catch(undefined),
  /** Absent: links. */
  by: z.enum(['module', 'time']).optional().catch(undefined),
  /** Whose details are open: `failed/out/http/401`. */
  sel: z.string().optional().catch(undefined),
  /** Of which column: `link:volta`, `module` (of none), `time:FROM-TO`; absent: of all. */
  at: z.string().optional().catch(undefined),
  /** A code that is explained by itself, where nothing is selected. */
  explain: text,
});
export type ErrorsSearch = z.infer<typeof ErrorsSearch>;

/** What tells one line of the grid from the others. */
export type RowName = Pick<TroubleGroup, 'failed' | 'direction' | 'layer' | 'code'>;

export function printRow({ failed, direction, layer, code }: RowName): string {
  return [failed ? 'failed' : 'found', direction, layer, code].join('/');
}

/** Undefined where it is no name of a line. */
export function parseRow(text: string | undefined): RowName | undefined {
  const [kind, asked, at, ...rest] = (text ?? '').split('/');
  const direction = Direction.safeParse(asked).data;
  const layer = Layer.safeParse(at).data;
  const code = rest.join('/');
  if ((kind !== 'failed' && kind !== 'found') || direction === undefined || layer === undefined || code === '') {
    return undefined;
  }
  return { failed: kind === 'failed', direction, layer, code };
}

/** `link:volta`; without a name behind it the column of what has none. */
export function printColumn(by: By, name: string | null): string {
  return name === null ? by : `${by}:${name}`;
}
