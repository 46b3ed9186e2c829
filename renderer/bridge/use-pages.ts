import { keepPreviousData, type QueryKey, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf, type ShownFailure } from './failure.ts';

/** Which of the rows: from the first one (0) on, at most so many. */
export interface Place {
  readonly offset: number;
  readonly limit: number;
}

/** Some of the rows, and how many there are in all. */
export interface Page<Row> {
  readonly count: number;
  readonly rows: readonly Row[];
}

export interface PagesOptions<Answer> {
  /** What the events make old: `[...keys.figured, 'charges']`. */
  readonly key: QueryKey;
  /** What rows must fit; other conditions are another table. */
  readonly conditions: object;
  readonly ask: (place: Place, signal: AbortSignal) => Promise<Answer>;
  /** After how many ms they are counted again by themselves, by what was answered last. */
  readonly refetchInterval?: (last: Answer | undefined) => number | false;
  /** Counting anew may fail without a word as long as an earlier count stands. */
  readonly quiet?: boolean;
}

/** What a `VirtualTable` needs of rows that are counted by one query and come by position. */
export interface Pages<Answer extends Page<unknown>> {
  /** Of the conditions before, until those of now are counted. */
  readonly counted: UseQueryResult<Answer>;
  readonly page: (offset: number, limit: number, signal: AbortSignal) => Promise<Answer['rows']>;
  /** Changes when the rows may have changed, and with each retry. */
  readonly pageKey: string;
  /** Changes with the conditions. */
  readonly resetKey: string;
  /** Why rows could not be counted, or else why some did not come. */
  readonly failed: ShownFailure | undefined;
  /** Told of a page that did not come; it is `failed` until the retry. */
  readonly onFailure: (error: unknown) => void;
  readonly retry: () => void;
}

/** How many rows fit, and they by position; asked for anew when the events name their key. */
export function usePages<Answer extends Page<unknown>>(options: PagesOptions<Answer>): Pages<Answer> {
  const { key, conditions, ask, refetchInterval, quiet = false } = options;
  const counted = useQuery<Answer>({
    queryKey: [...key, conditions],
    queryFn: ({ signal }) => ask({ offset: 0, limit: 1 }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: query => refetchInterval?.(query.state.data) ?? false,
  });
  const [missed, setMissed] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const resetKey = JSON.stringify(conditions);
  const uncounted = quiet && counted.data !== undefined ? null : counted.error;
  const error = uncounted ?? missed;
  return {
    counted,
    page: async (offset, limit, signal) => (await ask({ offset, limit }, signal)).rows,
    pageKey: `${resetKey} ${counted.dataUpdatedAt} ${attempt}`,
    resetKey,
    failed: error === undefined ? undefined : failureOf(error),
    onFailure: setMissed,
    retry: () => {
      setMissed(undefined);
      setAttempt(attempt + 1);
      void counted.refetch();
    },
  };
}
