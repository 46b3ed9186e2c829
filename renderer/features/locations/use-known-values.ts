import { useQueries } from '@tanstack/react-query';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { VALUE_TOKENS, type ValueToken } from './conditions.ts';

const FIELDS = [['party', 'party'], ...Object.entries(VALUE_TOKENS)] as readonly (readonly [ValueToken, string])[];
const OFFERED = 200;
const STALE_MS = 60_000;

/** Values that stored locations have, for completing tokens; in capitals where OCPI writes them so. */
export function useKnownValues(): Readonly<Partial<Record<ValueToken, readonly string[]>>> {
  const client = useClient();
  const found = useQueries({
    queries: FIELDS.map(([token, field]) => ({
      queryKey: [...keys.objects(undefined, 'locations'), 'values', field],
      staleTime: STALE_MS,
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const { values } = await client.objects.values({ module: 'locations', field, limit: OFFERED }, { signal });
        return values.map(value => (token === 'city' ? titled(value) : value.toUpperCase()));
      },
    })),
  });
  return Object.fromEntries(FIELDS.map(([token], at) => [token, found[at]?.data ?? []]));
}

/** Values are kept in small letters, for they compare without regard to case. */
function titled(text: string): string {
  return text.replaceAll(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
