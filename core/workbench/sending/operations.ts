import type { SendableOperation } from '../../contract/sending.ts';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { type CatalogueEntry, catalogue, isPlaceholder } from '../../ocpi/catalogue.ts';
import { endpointOf, type SendContext } from './routing.ts';

/** Everything that can be asked of the partner of a link, in the order of the specification's chapters. */
export function sendableOperations(context: SendContext): SendableOperation[] {
  return catalogue(context.version).map(entry => {
    const { id, words, module, interface: side, method, path, query } = entry;
    const type = bodyTypeOf(entry, context.version);
    return {
      operation: id,
      words,
      module,
      side,
      method,
      endpoint: baseOf(context, entry) ?? null,
      path: path.join('/'),
      params: path.filter(isPlaceholder).map(nameOf),
      query: [...query],
      body: type === undefined ? null : { type: type.name, partial: method === 'PATCH' },
      writes: method !== 'GET',
    };
  });
}

/** What the path of an operation is appended to; undefined where the partner has none, or a message gives the URL. */
export function baseOf(context: SendContext, entry: CatalogueEntry): string | undefined {
  if (entry.base === 'versions-url') return context.link.versionsUrl;
  return entry.base === 'endpoint' ? endpointOf(context, entry) : undefined;
}

/** `location_id` of `{location_id}`. */
export function nameOf(placeholder: string): string {
  return placeholder.slice(1, -1);
}
