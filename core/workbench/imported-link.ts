import { failed, type Outcome } from '../contract/failure.ts';
import { LinkSettings } from '../contract/link.ts';
import type { NewLinkRow } from '../history/links.ts';

/** A link for what was recorded elsewhere and says nothing of its partner: read-only, with neither a URL nor a token to call it by. */
export function importedLinkRow(name: string, organisation = name): NewLinkRow {
  return {
    name,
    organisation,
    environment: 'test',
    state: 'new',
    readOnly: true,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: LinkSettings.parse({}),
  };
}

/** A link of an imported log goes with it, and its id may be another link's then: nothing is set for it that would stay. */
export function notOfImported(name: string): Outcome<never> {
  return failed(
    'WRONG_STATE',
    `${name} came with an imported session log: nothing happens there any more`,
    'Name a link of your own. What was imported goes with its log: wb log remove.',
  );
}
