import { LINK_PROFILES, ProfileName } from '../../../../core/contract/link-profile.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import { type ChangeLink, LinkName } from '../../../../core/contract/links.ts';

/** The settings of a link as a form has them: text, empty where nothing is set. */
export interface LinkForm {
  readonly newName: string;
  readonly organisation: string;
  readonly environment: 'test' | 'production';
  readonly versionsUrl: string;
  readonly tokenForm: 'auto' | 'raw' | 'base64';
  readonly ownParty: string;
  /** Empty: none was chosen. */
  readonly profile: ProfileName | '';
  readonly trailingSlash: boolean;
  readonly credentialsPut: boolean;
  readonly repeatPushes: boolean;
  /** Blanks or commas between the names. */
  readonly requiredModules: string;
  readonly proxy: string;
  readonly ca: string;
  readonly clientCertificate: string;
  /** Never filled from the link: a key is not handed out. Empty leaves it. */
  readonly clientKey: string;
  readonly removeClientKey: boolean;
  /** Seconds. */
  readonly connectTimeout: string;
  readonly firstByteTimeout: string;
  readonly bodyTimeout: string;
  readonly totalTimeout: string;
}

export type LinkFormField = keyof LinkForm;
export type FormProblem = 'name' | 'required' | 'url' | 'seconds' | 'pem' | 'key';

const SWITCHES = ['trailingSlash', 'credentialsPut', 'repeatPushes'] as const;
const TIMEOUTS = ['connectTimeout', 'firstByteTimeout', 'bodyTimeout', 'totalTimeout'] as const;

export function formOf(link: LinkView): LinkForm {
  const { settings } = link;
  const seconds = (ms: number | undefined) => (ms === undefined ? '' : String(ms / 1000));
  return {
    newName: link.name,
    organisation: link.organisation,
    environment: link.environment,
    versionsUrl: link.versionsUrl ?? '',
    tokenForm: settings.tokenForm,
    ownParty: settings.ownParty ?? '',
    profile: settings.profile ?? '',
    trailingSlash: settings.trailingSlash === true,
    credentialsPut: settings.credentialsPut !== false,
    repeatPushes: settings.repeatPushes === true,
    requiredModules: settings.requiredModules.join(', '),
    proxy: settings.proxy ?? '',
    ca: settings.ca ?? '',
    clientCertificate: settings.clientCertificate ?? '',
    clientKey: '',
    removeClientKey: false,
    connectTimeout: seconds(settings.connectTimeout),
    firstByteTimeout: seconds(settings.firstByteTimeout),
    bodyTimeout: seconds(settings.bodyTimeout),
    totalTimeout: seconds(settings.totalTimeout),
  };
}

/** The form with what a profile brings, to be looked at before it is saved. */
export function withProfile(name: string): Partial<LinkForm> {
  const profile = ProfileName.safeParse(name);
  const speaking = profile.success ? LINK_PROFILES[profile.data].speaking : {};
  const { tokenForm = 'auto', trailingSlash = false, credentialsPut = true, repeatPushes = false } = speaking;
  const { firstByteTimeout } = speaking;
  return {
    profile: profile.success ? profile.data : '',
    tokenForm,
    trailingSlash,
    credentialsPut,
    repeatPushes,
    firstByteTimeout: firstByteTimeout === undefined ? '' : String(firstByteTimeout / 1000),
  };
}

export type ReadForm =
  /** Undefined where nothing was changed. */
  | { readonly ok: true; readonly change: ChangeLink | undefined }
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<LinkFormField, FormProblem>>> };

/** Only what differs from the link is asked to be changed: a password it does not show is left alone. */
export function readForm(link: LinkView, form: LinkForm): ReadForm {
  const problems = problemsOf(form, link);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const before = formOf(link);
  const changed = (field: LinkFormField) => form[field] !== before[field];
  const settings: NonNullable<ChangeLink['settings']> = {
    ...(changed('tokenForm') ? { tokenForm: form.tokenForm } : {}),
    ...(changed('profile') ? { profile: form.profile || null } : {}),
    ...Object.fromEntries(SWITCHES.filter(changed).map(field => [field, form[field]])),
    ...(changed('ownParty') ? { ownParty: form.ownParty || null } : {}),
    ...(changed('requiredModules') ? { requiredModules: modulesIn(form.requiredModules) } : {}),
    ...(changed('proxy') ? { proxy: form.proxy.trim() || null } : {}),
    ...(changed('ca') ? { ca: form.ca.trim() === '' ? null : form.ca } : {}),
    ...(changed('clientCertificate')
      ? { clientCertificate: form.clientCertificate.trim() === '' ? null : form.clientCertificate }
      : {}),
    ...(form.removeClientKey ? { clientKey: null } : form.clientKey.trim() === '' ? {} : { clientKey: form.clientKey }),
    ...Object.fromEntries(
      TIMEOUTS.filter(changed).map(field => [field, form[field].trim() === '' ? null : millisecondsIn(form[field])]),
    ),
  };
  const change = {
    ...(changed('newName') ? { newName: form.newName.trim() } : {}),
    ...(changed('organisation') ? { organisation: form.organisation.trim() } : {}),
    ...(changed('environment') ? { environment: form.environment } : {}),
    ...(changed('versionsUrl') && form.versionsUrl.trim() !== '' ? { versionsUrl: form.versionsUrl.trim() } : {}),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
  return { ok: true, change: Object.keys(change).length === 0 ? undefined : { name: link.name, ...change } };
}

function problemsOf(form: LinkForm, link: LinkView): Partial<Record<LinkFormField, FormProblem>> {
  const problems: Partial<Record<LinkFormField, FormProblem>> = {};
  if (!LinkName.safeParse(form.newName.trim()).success) problems.newName = 'name';
  if (form.organisation.trim() === '') problems.organisation = 'required';
  if (form.versionsUrl.trim() === '' ? link.versionsUrl !== undefined : !isHttpUrl(form.versionsUrl)) {
    problems.versionsUrl = 'url';
  }
  if (form.proxy.trim() !== '' && URL.parse(form.proxy.trim()) === null) problems.proxy = 'url';
  for (const field of ['ca', 'clientCertificate'] as const) {
    if (form[field].trim() !== '' && !/-----BEGIN CERTIFICATE-----/.test(form[field])) problems[field] = 'pem';
  }
  if (form.clientKey.trim() !== '' && !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(form.clientKey))
    problems.clientKey = 'key';
  for (const field of TIMEOUTS) {
    if (form[field].trim() !== '' && millisecondsIn(form[field]) === undefined) problems[field] = 'seconds';
  }
  return problems;
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text.trim()) && URL.parse(text.trim()) !== null;
}

/** `2.5` or `2,5`, in seconds. */
function millisecondsIn(text: string): number | undefined {
  const seconds = Number(text.trim().replace(',', '.'));
  const milliseconds = Math.round(seconds * 1000);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}

function modulesIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(name => name.toLowerCase()),
    ),
  ];
}
