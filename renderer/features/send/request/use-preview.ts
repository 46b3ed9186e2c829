import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SendPreview } from '../../../../core/contract/sending.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { type Draft, inputOf } from './draft.ts';

const TYPED_MS = 120;

export interface Previewed {
  readonly preview: SendPreview | undefined;
  /** Why there is none: something that is no HTTP at all. */
  readonly failure: ShownFailure | undefined;
}

/** What would cross the wire, as one types. */
export function usePreview(link: string, draft: Draft): Previewed {
  const client = useClient();
  const input = useSettled(
    useMemo(() => inputOf(link, draft), [link, draft]),
    TYPED_MS,
  );
  const asked = useQuery({
    queryKey: ['send preview', input],
    queryFn: ({ signal }) => client.sending.preview(input, { signal }),
    placeholderData: previous => previous,
    retry: false,
    gcTime: 0,
  });
  return {
    preview: asked.error === null ? asked.data : undefined,
    failure: asked.error === null ? undefined : failureOf(asked.error),
  };
}
