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
