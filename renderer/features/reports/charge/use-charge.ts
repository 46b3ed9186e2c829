import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';

/** One session or CDR by name. */
export interface ChargeName {
  readonly kind: 'session' | 'cdr';
  /** Absent: our own. */
  readonly link: string | undefined;
  readonly party: string | undefined;
  readonly id: string;
}

export function moduleOf({ kind }: Pick<ChargeName, 'kind'>): 'sessions' | 'cdrs' {
  return kind === 'cdr' ? 'cdrs' : 'sessions';
}

/** The object itself, as text. */
export function useChargeText(name: ChargeName) {
  const client = useClient();
  const { link, party, id } = name;
  const module = moduleOf(name);
  const named = { id, ...(party !== undefined && { party }) };
  return useQuery({
    queryKey: [...(link === undefined ? keys.own : keys.objects(link, module)), 'charge', name],
    queryFn: async ({ signal }) => {
      if (link === undefined) return (await client.own.get({ module, ...named }, { signal })).text;
      return (await client.objects.text({ name: link, module, ...named }, { signal })).text;
    },
  });
}

/** As many transactions as may have an id that begins so. */
const FOUND = 20;

/** The transaction in which it was told; null where it was told in none. */
export function useTransactionOf({ kind, link, id }: ChargeName) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.transactions, 'of', kind, link, id],
    queryFn: async ({ signal }) => {
      const search = id.slice(0, 100);
      const { rows } = await client.transactions.page(
        { search, limit: FOUND, ...(link !== undefined && { link }) },
        { signal },
      );
      const same = (other: string | null) => other?.toLowerCase() === id.toLowerCase();
      return rows.find(({ session, cdr }) => same(kind === 'cdr' ? cdr : session))?.id ?? null;
    },
  });
}
