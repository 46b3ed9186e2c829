import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { operationWords } from '../../exchange/operation-words.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { Entry } from './entries.ts';

const TYPED_MS = 150;
const MOST = 6;
/** Shorter words fit nearly everything. */
const SHORTEST = 2;

export interface FoundEntries {
  readonly entries: readonly Entry[];
  readonly searching: boolean;
}

/** What only the core can find: transactions, exchanges and locations with these words. */
export function useFoundEntries(typed: string): FoundEntries {
  const t = useTexts('shell');
  const inWords = operationWords(useTexts('traffic'));
  const charges = useTexts('transactions');
  const client = useClient();
  const navigate = useNavigate();
  const words = useSettled(typed.trim());
  const enabled = words.length >= SHORTEST;
  const exchanges = useQuery({
    queryKey: [...keys.exchanges, 'palette', words],
    queryFn: ({ signal }) => client.exchanges.list({ search: beginning(words), limit: MOST }, { signal }),
    enabled,
    retry: false,
  });
  const transactions = useQuery({
    queryKey: [...keys.transactions, 'palette', words],
    queryFn: ({ signal }) => client.transactions.page({ search: words, offset: 0, limit: MOST }, { signal }),
    // Longer ones are no ids.
    enabled: enabled && words.length <= 100,
    retry: false,
  });
  const locations = useQuery({
    queryKey: [...keys.objects(undefined, 'locations'), 'palette', words],
    queryFn: ({ signal }) =>
      client.objects.lines({ module: 'locations', search: beginning(words), limit: MOST }, { signal }),
    enabled,
    retry: false,
  });
  if (!enabled) return { entries: [], searching: false };
  const inTraffic: Entry = {
    id: 'search traffic',
    group: 'exchanges',
    label: t('paletteSearchTraffic', { words }),
    go: () => void navigate({ to: '/traffic', search: { q: words } }),
  };
  const ofExchanges = (exchanges.data ?? []).map(
    ({ id, operation, link, method, url, httpStatus }): Entry => ({
      id: `exchange ${id}`,
      group: 'exchanges',
      label: link === null ? inWords(operation) : t('exchangeOf', { operation: inWords(operation), link }),
      hint: `${httpStatus ?? '—'} ${method} ${url}`,
      go: () => void navigate({ to: '/traffic', search: { q: words, exchange: id } }),
    }),
  );
  const ofTransactions = (transactions.data?.rows ?? []).map(
    ({ id, session, cdr, reference, link, state, location, evse }): Entry => ({
      id: `transaction ${id}`,
      group: 'transactions',
      label: session ?? cdr ?? reference ?? charges('one', { id }),
      hint: [charges(`state-${state}`), location, evse, link].filter(Boolean).join(' · '),
      go: () => void navigate({ to: '/transactions/$id', params: { id: String(id) } }),
    }),
  );
  const ofLocations = (locations.data?.lines ?? []).map(
    ({ id, link, name, city }): Entry => ({
      id: `location ${link} ${id}`,
      group: 'objects',
      label: name ?? id,
      hint: [id, city, link].filter(Boolean).join(' · '),
      go: () => void navigate({ to: '/locations/$link/$id', params: { link, id } }),
    }),
  );
  return {
    entries: [...ofTransactions, inTraffic, ...ofExchanges, ...ofLocations],
    searching: words !== typed.trim() || [transactions, exchanges, locations].some(({ isFetching }) => isFetching),
  };
}

/** The last word is still being typed: whatever begins with it fits. */
function beginning(words: string): string {
  return /[\p{L}\p{N}]$/u.test(words) ? `${words}*` : words;
}

function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}
