import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import type { LedgerToken } from '../../../../core/contract/link.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';

const SHOWN_MS = 30_000;

export interface Reveal {
  /** The token itself, while it is shown. */
  readonly shown: string | undefined;
  readonly doing: Doing;
  readonly reveal: () => void;
  readonly hide: () => void;
}

/** Shows one token because the operator asked, for half a minute; it lives in this state and nowhere else. */
export function useReveal({ name, environment }: LinkView, { id, kind }: LedgerToken): Reveal {
  const t = useTexts('partners');
  const client = useClient();
  const confirm = useConfirm();
  const doing = useDoing();
  const [shown, setShown] = useState<string>();
  const { start, clear } = useTimeout(() => setShown(undefined), SHOWN_MS);
  return {
    shown,
    doing,
    reveal: () =>
      void doing.run(async () => {
        const yes = await confirm({
          title: t('confirm-revealTitle'),
          text: t('confirm-revealText', { kind, name }),
          action: t('confirm-reveal'),
          ...(environment === 'production' && { danger: true, typeToConfirm: name }),
        });
        if (!yes) return;
        setShown((await client.links.reveal({ name, tokenId: id })).token);
        start();
      }),
    hide: () => {
      clear();
      setShown(undefined);
    },
  };
}
