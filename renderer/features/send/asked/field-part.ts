import type { LinkView } from '../../../../core/contract/links.ts';
import type { AskedDraft, AskedField } from './asked-draft.ts';
import type { Choices } from './choices.ts';

/** What the fields of each form share. */
export interface FieldPart {
  readonly link: LinkView;
  readonly draft: AskedDraft;
  readonly change: (patch: Partial<AskedDraft>) => void;
  readonly choices: Choices;
  /** To be filled in or corrected. */
  readonly wrong: readonly AskedField[];
}
