import type { LinkView } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import type { AskedDraft, AskedField } from './asked-draft.ts';
import { authorizeInput, commandInput, preferencesInput, profileInput } from './asked-draft.ts';
import type { AskedFormId } from './asked-form.tsx';

export interface AskingOptions {
  readonly form: AskedFormId;
  readonly link: LinkView;
  readonly draft: AskedDraft;
}

interface Ready {
  readonly start: (confirmed: boolean) => Promise<{ readonly runId: number }>;
}

interface NotReady {
  /** What is missing or cannot be read. */
  readonly wrong: readonly AskedField[];
}

export type Asking = (Ready | NotReady) & {
  /** For people: `START_SESSION`, `authorize`. */
  readonly words: string;
  readonly button: string;
};

/** What the button of a form does with what stands in it. */
export function useAsking({ form, link: { name, version }, draft }: AskingOptions): Asking {
  const t = useTexts('send');
  const { sending } = useClient();
  switch (form) {
    case 'command': {
      const read = commandInput(name, version, draft);
      const words = { words: draft.command, button: t('sendCommand', { command: draft.command }) };
      if ('wrong' in read) return { ...words, wrong: read.wrong };
      return { ...words, start: confirmed => sending.command({ ...read.input, confirmed }) };
    }
    case 'authorize': {
      const read = authorizeInput(name, version, draft);
      const words = { words: t('authorize'), button: t('sendAuthorize') };
      if ('wrong' in read) return { ...words, wrong: read.wrong };
      return { ...words, start: confirmed => sending.authorize({ ...read.input, confirmed }) };
    }
    case 'profile': {
      const words = { words: t(`ask-${draft.ask}`), button: t(`sendAsk-${draft.ask}`) };
      if (draft.ask === 'preferences') {
        const read = preferencesInput(name, draft);
        if ('wrong' in read) return { ...words, wrong: read.wrong };
        return { ...words, start: confirmed => sending.preferences({ ...read.input, confirmed }) };
      }
      const read = profileInput(name, draft.ask, draft);
      if ('wrong' in read) return { ...words, wrong: read.wrong };
      return { ...words, start: confirmed => sending.profile({ ...read.input, confirmed }) };
    }
  }
}
