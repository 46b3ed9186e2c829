import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ChangeLink, Invitation, LinkView } from '../../../../core/contract/links.ts';
import type { VersionName } from '../../../../core/contract/platform.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { isStanding } from '../../../links/standing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { stillHere } from '../../../ui/still-here.ts';
import { useGuard } from './use-guard.tsx';

/** What an operator can do to a link; each asks first where it must, and throws the failure of its call. */
export interface LinkActions {
  /** Registers, or with a version on a registered link switches to it. Undefined where it was not confirmed. */
  register(version?: VersionName): Promise<number | undefined>;
  rotate(): Promise<number | undefined>;
  look(version?: VersionName): Promise<number | undefined>;
  unregister(localOnly: boolean): Promise<number | undefined>;
  doctor(): Promise<number | undefined>;
  invite(): Promise<Invitation | undefined>;
  set(change: Omit<ChangeLink, 'name' | 'confirmed'>): Promise<LinkView | undefined>;
  suspend(on: boolean): Promise<LinkView | undefined>;
  remove(): Promise<boolean>;
}

export function useLinkActions(link: LinkView): LinkActions {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const guard = useGuard();
  const t = useTexts('partners');
  const { name } = link;

  const stale = () => {
    void queries.invalidateQueries({ queryKey: keys.links });
    void queries.invalidateQueries({ queryKey: keys.runs });
  };
  const started = async (call: Promise<{ runId: number } | undefined>) => {
    const answer = await call;
    stale();
    return answer?.runId;
  };
  const set = async (change: Omit<ChangeLink, 'name' | 'confirmed'>, question?: { title: string; text: string }) => {
    const asked = question ?? { title: t('confirm-changeTitle', { name }), text: t('confirm-changeText') };
    const changed = await guard(link, { ...asked, action: t('confirm-apply') }, confirmed =>
      client.links.set({ name, ...change, confirmed }),
    );
    stale();
    return changed;
  };

  return {
    register: version => {
      const update = isStanding(link) && version !== undefined;
      const question = update
        ? {
            title: t('confirm-updateTitle', { name, version }),
            text: t('confirm-updateText'),
            action: t('action-update', { version }),
          }
        : {
            title: t('confirm-registerTitle', { name }),
            text: t('confirm-registerText'),
            action: t('action-register'),
          };
      const chosen = version === undefined ? {} : { version };
      return started(guard(link, question, confirmed => client.runs.register({ name, confirmed, ...chosen })));
    },
    rotate: () => {
      const question = {
        title: t('confirm-rotateTitle', { name }),
        text: t('confirm-rotateText'),
        action: t('action-rotate'),
      };
      return started(guard(link, question, confirmed => client.runs.rotate({ name, confirmed })));
    },
    look: version => started(client.runs.look({ name, ...(version === undefined ? {} : { version }) })),
    unregister: localOnly => {
      const question = {
        title: t(localOnly ? 'confirm-localTitle' : 'confirm-unregisterTitle', { name }),
        text: t(localOnly ? 'confirm-localText' : 'confirm-unregisterText'),
        action: t(localOnly ? 'action-unregisterLocal' : 'action-unregister'),
        always: true,
      };
      return started(guard(link, question, confirmed => client.runs.unregister({ name, localOnly, confirmed })));
    },
    doctor: () => started(client.runs.doctor({ name })),
    invite: async () => {
      const question = {
        title: t('confirm-inviteTitle', { name }),
        text: t('confirm-inviteText'),
        action: t('action-invite'),
        always: isStanding(link),
      };
      const invitation = await guard(link, question, confirmed => client.links.invite({ name, confirmed }));
      stale();
      return invitation;
    },
    set,
    suspend: on =>
      on
        ? set({ suspended: true }, { title: t('confirm-suspendTitle', { name }), text: t('confirm-suspendText') })
        : set({ suspended: false }),
    remove: async () => {
      const question = {
        title: t('confirm-removeTitle', { name }),
        text: t('confirm-removeText'),
        action: t('action-remove'),
        always: true,
      };
      const here = stillHere();
      const removed = await guard(link, question, confirmed => client.links.remove({ name, confirmed }));
      if (removed === undefined) return false;
      if (here()) await navigate({ to: '/partners' });
      stale();
      return true;
    },
  };
}
