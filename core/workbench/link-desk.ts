import { done, failed, type Outcome } from '../contract/failure.ts';
import { type Link, LinkSettings } from '../contract/link.ts';
import { LINK_PROFILES, type ProfileName } from '../contract/link-profile.ts';
import type { AddLink, AdoptLink, ChangeLink, Invitation, InviteLink, LinkView, NewLink } from '../contract/links.ts';
import type { History } from '../history/history.ts';
import { notOfImported } from './imported-link.ts';
import type { PlatformDesk } from './platform.ts';
import { forgetPulls } from './pull-bookmarks.ts';
import { newToken } from './registration-ports.ts';
import { storeOutcome } from './storage.ts';

type NewLinkRow = Parameters<History['links']['insert']>[0];

/** Links as the operator handles them. */
export interface LinkDesk {
  list(): LinkView[];
  get(name: string): Outcome<LinkView>;
  /** The link itself, for flows. */
  find(name: string): Outcome<Link>;
  /** The same where something is to happen: one that came with an imported session log is refused. */
  findOwn(name: string): Outcome<Link>;
  add(input: AddLink): Outcome<LinkView>;
  invite(input: InviteLink): Outcome<Invitation>;
  adopt(input: AdoptLink): Outcome<LinkView>;
  set(input: ChangeLink): Outcome<LinkView>;
  remove(input: { readonly name: string; readonly confirmed?: boolean | undefined }): Outcome<{ removed: string }>;
  reveal(input: { readonly name: string; readonly tokenId: string }): Outcome<{ token: string }>;
}

export interface LinkDeskOptions {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly busyWith: (linkId: number) => number | undefined;
  /** A run that has to do with a link, and would miss it. */
  readonly usedBy: (linkId: number) => number | undefined;
}

export function createLinkDesk({ history, platform, busyWith, usedBy }: LinkDeskOptions): LinkDesk {
  const { links, tokens } = history;
  const view = (link: Link): LinkView => ({
    ...link,
    settings: withoutSecrets(link.settings),
    tokens: tokens.ledger(link.id).map(({ row: _, ...entry }) => entry),
    importedLog: history.logs.ofLink(link.id) ?? null,
  });
  const find = (name: string): Outcome<Link> => {
    const link = links.byName(name);
    return link === undefined || links.hidden().includes(link.id)
      ? failed('NOT_FOUND', `there is no link "${name}"`, knownNames(links.list()))
      : done(link);
  };
  const findOwn = (name: string): Outcome<Link> => {
    const found = find(name);
    return found.ok && history.logs.ofLink(found.value.id) !== undefined ? notOfImported(found.value.name) : found;
  };
  const insert = (input: NewLink, fields: Pick<NewLinkRow, 'state'> & Partial<NewLinkRow>): Outcome<Link> => {
    if (links.byName(input.name) !== undefined) {
      return failed(
        'NAME_TAKEN',
        `there is a link "${input.name}" already`,
        'Choose another name, or remove that link first.',
      );
    }
    return done(links.insert({ ...emptyLink(input), ...fields }));
  };

  return {
    list: () => links.list().map(view),
    find,
    findOwn,
    get: name => mapOutcome(find(name), view),
    add: input =>
      storeOutcome(history, () => {
        const made = insert(withForm(input), { state: 'new', versionsUrl: input.versionsUrl });
        return mapOutcome(made, link => {
          tokens.add({
            linkId: link.id,
            direction: 'outgoing',
            kind: 'A',
            state: 'pending',
            issuedBy: 'them',
            token: input.token,
          });
          return view(link);
        });
      }),
    invite: input => {
      const versionsUrl = platform.versionsUrl();
      if (versionsUrl === undefined) {
        return failed(
          'NOT_SERVING',
          'we have no versions URL yet: no port was ever chosen',
          'Start wb serve once, or give it --public-url.',
        );
      }
      const known = links.byName(input.name);
      if (known !== undefined && history.logs.ofLink(known.id) !== undefined) return notOfImported(known.name);
      const refused = known === undefined ? undefined : refuseInvitation(known, input, busyWith);
      return refused ?? storeOutcome(history, () => inviteWithin({ history, insert, input, versionsUrl }));
    },
    adopt: input =>
      storeOutcome(history, () => {
        const made = insert(withForm(input), {
          state: 'adopted',
          readOnly: true,
          versionsUrl: input.versionsUrl,
          ...(input.version === undefined ? {} : { version: input.version }),
        });
        return mapOutcome(made, link => {
          tokens.add({
            linkId: link.id,
            direction: 'outgoing',
            kind: 'C',
            state: 'active',
            issuedBy: 'them',
            token: input.token,
          });
          if (input.theirToken !== undefined) {
            tokens.add({
              linkId: link.id,
              direction: 'incoming',
              kind: 'B',
              state: 'active',
              issuedBy: 'us',
              token: input.theirToken,
            });
          }
          return view(link);
        });
      }),
    set: input => {
      const { name: _, newName: __, organisation: ___, confirmed: ____, ...rest } = input;
      const isNaming = Object.values(rest).every(value => value === undefined);
      const found = isNaming ? find(input.name) : findOwn(input.name);
      if (!found.ok) return found;
      return (
        refuseBusy(found.value, busyWith) ?? storeOutcome(history, () => setWithin({ history, find, view, input }))
      );
    },
    remove: ({ name, confirmed }) => {
      const found = findOwn(name);
      if (!found.ok) return found;
      const link = found.value;
      const asked = askFirst(link, confirmed, `removing ${link.name} forgets its tokens`);
      if (asked !== undefined) return asked;
      const busy = refuseBusy(link, usedBy);
      if (busy !== undefined) return busy;
      return storeOutcome(history, () => {
        tokens.remove(link.id);
        forgetPulls(history, link.id);
        history.objects.removeLink(link.id);
        links.remove(link.id);
        return done({ removed: link.name });
      });
    },
    reveal: ({ name, tokenId }) => {
      const found = find(name);
      if (!found.ok) return found;
      const entry = tokens.ledger(found.value.id).find(({ id }) => id === tokenId);
      if (entry === undefined)
        return failed('NOT_FOUND', `${name} has no token ${tokenId}`, 'wb link show lists its tokens.');
      const token = tokens.valueOf(entry.row);
      return token === undefined
        ? failed(
            'TOKEN_UNREADABLE',
            `token ${tokenId} was sealed with a key that is gone`,
            'Enter it anew: wb link set.',
          )
        : done({ token });
    },
  };
}

/** While a run changes a link nothing else does: taking the run back would take that back as well. */
function refuseBusy(link: Link, busyWith: LinkDeskOptions['busyWith']): Outcome<never> | undefined {
  const run = busyWith(link.id);
  if (run === undefined) return undefined;
  return failed('BUSY', `run ${run} is busy with ${link.name}`, 'Wait for it to end, or cancel it.');
}

function refuseInvitation(
  link: Link,
  { confirmed }: InviteLink,
  busyWith: LinkDeskOptions['busyWith'],
): Outcome<never> | undefined {
  if (link.state === 'suspended') {
    const advice = `wb link set ${link.name} --resume ends that.`;
    return failed('WRONG_STATE', `${link.name} is suspended: nobody is let in with its tokens`, advice);
  }
  const asked = askFirst(link, confirmed, 'an invitation lets a partner replace its registration');
  return asked ?? refuseBusy(link, busyWith);
}

/** On a production link every write asks first. */
export function askFirst(link: Link, confirmed: boolean | undefined, what: string): Outcome<never> | undefined {
  if (link.environment !== 'production' || confirmed) return undefined;
  return failed(
    'CONFIRMATION_NEEDED',
    `${link.name} is a production link: ${what}.`,
    'Confirm it (--yes on the command line).',
  );
}

interface InviteOptions {
  readonly history: History;
  readonly insert: (input: NewLink, fields: Pick<NewLinkRow, 'state'>) => Outcome<Link>;
  readonly input: InviteLink;
  readonly versionsUrl: string;
}

/** A fresh token A; on a registered link the registration stands until the partner has registered anew (T8a). */
function inviteWithin({ history, insert, input, versionsUrl }: InviteOptions): Outcome<Invitation> {
  const { links, tokens } = history;
  const known = links.byName(input.name);
  if (known !== undefined) {
    for (const { row, kind, direction, state } of tokens.ledger(known.id)) {
      if (kind === 'A' && direction === 'incoming' && state !== 'retired') tokens.setState(row, 'retired');
    }
    if (known.state === 'new' || known.state === 'unregistered') links.update(known.id, { state: 'invited' });
  }
  const invited = known === undefined ? insert(input, { state: 'invited' }) : done(known);
  return mapOutcome(invited, link => {
    const token = newToken();
    tokens.add({ linkId: link.id, direction: 'incoming', kind: 'A', state: 'active', issuedBy: 'us', token });
    return { name: link.name, versionsUrl, token };
  });
}

interface SetOptions {
  readonly history: History;
  readonly find: (name: string) => Outcome<Link>;
  readonly view: (link: Link) => LinkView;
  readonly input: ChangeLink;
}

function setWithin({ history, find, view, input }: SetOptions): Outcome<LinkView> {
  const found = find(input.name);
  if (!found.ok) return found;
  const link = found.value;
  const asked = askFirst(link, input.confirmed, 'changing it asks first');
  if (asked !== undefined) return asked;
  const { newName, suspended } = input;
  if (newName !== undefined && (history.links.byName(newName)?.id ?? link.id) !== link.id) {
    return failed('NAME_TAKEN', `there is a link "${newName}" already`, 'Choose another name.');
  }
  if (suspended === true && link.state !== 'registered' && link.state !== 'adopted') {
    return failed(
      'WRONG_STATE',
      `${link.name} is ${link.state}: there is nothing to suspend`,
      'Only registered and adopted links can be suspended.',
    );
  }
  if (suspended === false && link.state !== 'suspended') {
    return failed('WRONG_STATE', `${link.name} is ${link.state}, not suspended`, 'Nothing to resume.');
  }
  for (const [value, direction] of [
    [input.token, 'outgoing'],
    [input.theirToken, 'incoming'],
  ] as const) {
    if (value !== undefined) enterToken(history, { link, direction, value });
  }
  const settings = { ...profileSettings(input.settings?.profile), ...input.settings };
  const changed = history.links.update(link.id, {
    ...(newName === undefined ? {} : { name: newName }),
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    ...(input.environment === undefined ? {} : { environment: input.environment }),
    ...(input.versionsUrl === undefined ? {} : { versionsUrl: input.versionsUrl }),
    ...(input.readOnly === undefined ? {} : { readOnly: input.readOnly }),
    ...(suspended === undefined ? {} : { state: suspended ? 'suspended' : resumedState(link) }),
    // Another form set by hand makes what was learned worthless.
    ...(settings.tokenForm === undefined ? {} : { learnedForm: undefined }),
    settings: mergeSettings(link.settings, settings),
  });
  return done(view(changed));
}

/** Entered by hand: takes the place of the one in use, whose kind it keeps. */
function enterToken(
  { tokens }: History,
  { link, direction, value }: { link: Link; direction: 'incoming' | 'outgoing'; value: string },
) {
  const old = tokens.ledger(link.id).filter(entry => entry.direction === direction && entry.state !== 'retired');
  for (const { row } of old) tokens.setState(row, 'retired');
  const before = old.at(-1);
  const fresh = link.state === 'new' || link.state === 'invited' || link.state === 'unregistered';
  tokens.add({
    linkId: link.id,
    direction,
    kind: before?.kind ?? (fresh ? 'A' : direction === 'outgoing' ? 'C' : 'B'),
    state: before?.state ?? (fresh && direction === 'outgoing' ? 'pending' : 'active'),
    issuedBy: direction === 'outgoing' ? 'them' : 'us',
    token: value,
  });
}

/** A link that was read-only when it was suspended had been adopted. */
function resumedState(link: Link): Link['state'] {
  return link.toldVersionsUrl === undefined ? 'adopted' : 'registered';
}

/** What a profile, or none any more, means for the settings: those it does not name are as usual again. */
function profileSettings(profile: ProfileName | null | undefined): NonNullable<ChangeLink['settings']> {
  if (profile === undefined) return {};
  const { tokenForm = 'auto', ...speaking } = profile === null ? {} : LINK_PROFILES[profile].speaking;
  return {
    tokenForm,
    trailingSlash: null,
    credentialsPut: null,
    repeatPushes: null,
    firstByteTimeout: null,
    ...speaking,
  };
}

function mergeSettings(settings: LinkSettings, patch: NonNullable<ChangeLink['settings']>): LinkSettings {
  const merged = Object.entries({ ...settings, ...patch }).filter(([, value]) => value !== null && value !== undefined);
  return LinkSettings.parse(Object.fromEntries(merged));
}

function emptyLink(input: NewLink): NewLinkRow {
  return {
    name: input.name,
    organisation: input.organisation ?? input.name,
    environment: input.environment ?? 'test',
    state: 'new',
    readOnly: false,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: LinkSettings.parse(input.settings ?? {}),
  };
}

function withForm<T extends AddLink | AdoptLink>(input: T): T {
  return input.tokenForm === undefined
    ? input
    : { ...input, settings: { ...input.settings, tokenForm: input.tokenForm } };
}

function knownNames(links: readonly Link[]): string {
  return links.length === 0 ? 'There are none yet.' : `Known: ${links.map(({ name }) => name).join(', ')}.`;
}

function mapOutcome<From, To>(outcome: Outcome<From>, change: (value: From) => To): Outcome<To> {
  return outcome.ok ? done(change(outcome.value)) : outcome;
}

/** What faces see of a private key and of a proxy's password. */
function withoutSecrets(settings: LinkSettings): LinkSettings {
  const { clientKey, proxy } = settings;
  const url = proxy === undefined ? null : URL.parse(proxy);
  if (url !== null && url.password !== '') url.password = '***';
  return {
    ...settings,
    ...(clientKey === undefined ? {} : { clientKey: '(set)' }),
    ...(url === null ? {} : { proxy: url.href.replace(/\/$/, '') }),
  };
}
