import { type ReactNode, useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { EditDialog } from './edit-dialog.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { type Target, useAsking } from './use-asking.tsx';

/** What can be done with an exchange, from its details, its menu or by key. */
export interface Actions {
  readonly resend: (target: Target) => Promise<void>;
  readonly edit: (target: Target) => void;
  readonly copyCurl: (target: Target, withToken: boolean) => Promise<void>;
  /** The exchange that is being sent again. */
  readonly sending: number | undefined;
}

export type Notice = { readonly said: string } | { readonly failure: ShownFailure };

export interface ActionsOptions {
  readonly production: ReadonlySet<string>;
  /** A request was sent again, as this exchange. */
  readonly onSent: (id: number) => void;
}

export function useActions({ production, onSent }: ActionsOptions): {
  readonly actions: Actions;
  readonly elements: ReactNode;
} {
  const t = useTexts('traffic');
  const client = useClient();
  const confirm = useConfirm();
  const ask = useAsking(production);
  const [notice, setNotice] = useState<Notice>();
  const [sending, setSending] = useState<number>();
  const [editing, setEditing] = useState<Target>();

  const resend = async (target: Target) => {
    setNotice(undefined);
    setSending(target.id);
    const here = stillHere();
    try {
      const sent = await ask(target, confirmed =>
        client.exchanges.resend({ id: target.id, ...(confirmed && { confirmed }) }),
      );
      if (sent !== undefined && here()) onSent(sent.id);
    } catch (error) {
      setNotice({ failure: failureOf(error) });
    } finally {
      setSending(undefined);
    }
  };
  const copyCurl = async ({ id }: Target, withToken: boolean) => {
    setNotice(undefined);
    if (withToken) {
      const sure = await confirm({
        title: t('curlTokenTitle'),
        text: t('curlTokenText'),
        action: t('curlTokenAction'),
        danger: true,
      });
      if (!sure) return;
    }
    try {
      const { command, variables } = await client.exchanges.curl({ id, withToken });
      await navigator.clipboard.writeText(command);
      const names = variables.map(({ name, tokenId, form }) => t('curlVariable', { name, token: tokenId, form }));
      setNotice({ said: [t(withToken ? 'curlCopiedToken' : 'curlCopied'), ...names].join(' ') });
    } catch (error) {
      const failure =
        error instanceof DOMException
          ? { code: 'CLIPBOARD', message: t('curlNotCopied'), advice: t('curlNotCopiedAdvice') }
          : failureOf(error);
      setNotice({ failure });
    }
  };
  const elements = (
    <>
      {notice !== undefined && <NoticeBar notice={notice} onClose={() => setNotice(undefined)} />}
      {editing !== undefined && (
        <EditDialog
          key={editing.id}
          target={editing}
          ask={ask}
          onClose={() => setEditing(undefined)}
          onSent={id => {
            setEditing(undefined);
            onSent(id);
          }}
        />
      )}
    </>
  );
  return { actions: { resend, edit: setEditing, copyCurl, sending }, elements };
}
