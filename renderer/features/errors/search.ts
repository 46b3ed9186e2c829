import * as z from 'zod';
import { Direction, ErrorGroup } from '../../../core/contract/exchange.ts';

/** The address of the list. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const ErrorsSearch = z.object({
  /** The filter, as it stands in the bar. A number alone in an address is read as one. */
  q: z.preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().optional()).catch(undefined),
  /** Whose details are open: `out/http/401/volta`; without a link at the end where none could be told. */
  sel: z.string().optional().catch(undefined),
});
export type ErrorsSearch = z.infer<typeof ErrorsSearch>;

/** What tells one group from the others. */
export type GroupName = Pick<ErrorGroup, 'direction' | 'layer' | 'code' | 'link'>;

export function printGroup({ direction, layer, code, link }: GroupName): string {
  return `${direction}/${layer}/${code}/${link ?? ''}`;
}

/** Undefined where it is no name of a group. A link's name has no slash. */
export function parseGroup(text: string | undefined): GroupName | undefined {
  const [direction, layer, code, link, ...more] = (text ?? '').split('/');
  const read = {
    direction: Direction.safeParse(direction).data,
    layer: ErrorGroup.shape.layer.safeParse(layer).data,
  };
  if (read.direction === undefined || read.layer === undefined) return undefined;
  if (code === undefined || code === '' || link === undefined || more.length > 0) return undefined;
  return { direction: read.direction, layer: read.layer, code, link: link === '' ? null : link };
}
