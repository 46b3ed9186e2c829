import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { LINK_PROFILES, ProfileName } from '../../../../core/contract/link-profile.ts';
import type { LinkView } from '../../../../core/contract/links.ts';
import { usePlatform } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Panel } from '../../../ui/panel.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { partyId } from '../list/partner-list.ts';
import { formOf, type LinkForm, readForm, withProfile } from './link-change.ts';
import type { LinkPart } from './link-page.tsx';
import styles from './settings-tab.module.css';
import { StatePanel } from './state-panel.tsx';
import { useLinkActions } from './use-link-actions.ts';

/** What the operator may set on a link. */
export function SettingsTab(part: LinkPart) {
  return (
    <div className={styles['columns']}>
      <SettingsForm {...part} />
      <StatePanel {...part} />
    </div>
  );
}

const SWITCHES = ['trailingSlash', 'credentialsPut', 'repeatPushes'] as const;
type TextField = Exclude<
  keyof LinkForm,
  'removeClientKey' | 'environment' | 'tokenForm' | 'profile' | (typeof SWITCHES)[number]
>;

const TIMEOUTS = ['connectTimeout', 'firstByteTimeout', 'bodyTimeout', 'totalTimeout'] as const;

function SettingsForm({ link, doing }: LinkPart) {
  const t = useTexts('partners');
  const navigate = useNavigate();
  // What it is called is the operator's; nothing else of it has an effect.
  const imported = link.importedLog !== null;
  const actions = useLinkActions(link);
  /** What was typed; the rest follows the link, whoever changes it. */
  const [draft, setDraft] = useState<Partial<LinkForm>>({});
  const [said, setSaid] = useState<'saved' | 'unchanged'>();
  const [tried, setTried] = useState(false);
  const form = { ...formOf(link), ...draft };
  const read = readForm(link, form);
  const problems = read.ok ? {} : read.problems;
  const change = (patch: Partial<LinkForm>) => {
    setSaid(undefined);
    setDraft({ ...draft, ...patch });
  };
  const text = (field: TextField) => {
    const problem = problems[field];
    return {
      value: form[field],
      onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
      error: problem !== undefined && (tried || form[field] !== '') ? t(`settings-problem-${problem}`) : null,
    };
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!read.ok) return;
    if (read.change === undefined) {
      setSaid('unchanged');
      return;
    }
    const { name: _, confirmed: __, ...patch } = read.change;
    const here = stillHere();
    void doing.run(async () => {
      const changed = await actions.set(patch);
      if (changed === undefined) return;
      setDraft({});
      setSaid('saved');
      if (changed.name !== link.name && here()) {
        await navigate({
          to: '/partners/link/$name',
          params: { name: changed.name },
          search: { tab: 'settings' },
          replace: true,
        });
      }
    });
  };
  return (
    <form className={styles['form']} onSubmit={save} noValidate>
      <Panel title={t('settings-identity')}>
        <div className={styles['fields']}>
          <TextInput label={t('settings-name')} {...text('newName')} />
          <TextInput label={t('settings-organisation')} {...text('organisation')} />
          {!imported && (
            <NativeSelect
              label={t('settings-environment')}
              value={form.environment}
              onChange={event =>
                change({ environment: event.currentTarget.value === 'production' ? 'production' : 'test' })
              }
              data={[
                { value: 'test', label: t('settings-test') },
                { value: 'production', label: t('settings-production') },
              ]}
            />
          )}
        </div>
      </Panel>
      {!imported && (
        <>
          <Panel title={t('settings-connection')}>
            <div className={styles['fields']}>
              <TextInput className={styles['wide'] ?? ''} label={t('settings-versionsUrl')} {...text('versionsUrl')} />
              <TokenFormField link={link} value={form.tokenForm} onChange={tokenForm => change({ tokenForm })} />
              <TextInput label={t('settings-proxy')} placeholder={t('settings-proxyHint')} {...text('proxy')} />
              {TIMEOUTS.map(field => (
                <TextInput
                  key={field}
                  label={t(`settings-${field}`)}
                  placeholder={t('settings-usual')}
                  inputMode="decimal"
                  {...text(field)}
                />
              ))}
            </div>
          </Panel>
          <Panel title={t('settings-certificates')}>
            <div className={styles['fields']}>
              <Textarea
                className={styles['wide'] ?? ''}
                label={t('settings-ca')}
                autosize
                minRows={2}
                maxRows={8}
                {...text('ca')}
              />
              <Textarea
                className={styles['wide'] ?? ''}
                label={t('settings-clientCertificate')}
                autosize
                minRows={2}
                maxRows={8}
                {...text('clientCertificate')}
              />
              <Textarea
                className={styles['wide'] ?? ''}
                label={t('settings-clientKey')}
                {...(link.settings.clientKey !== undefined && { description: t('settings-keySet') })}
                autosize
                minRows={2}
                maxRows={8}
                autoComplete="off"
                {...text('clientKey')}
              />
              {link.settings.clientKey !== undefined && (
                <Checkbox
                  label={t('settings-removeKey')}
                  checked={form.removeClientKey}
                  onChange={event => change({ removeClientKey: event.currentTarget.checked })}
                />
              )}
            </div>
          </Panel>
          <Panel title={t('settings-rules')}>
            <div className={styles['fields']}>
              <TextInput
                label={t('settings-requiredModules')}
                description={t('settings-requiredHint')}
                {...text('requiredModules')}
              />
              <OwnPartyField value={form.ownParty} onChange={ownParty => change({ ownParty })} />
              <ProfileField value={form.profile} onChange={profile => change(withProfile(profile))} />
              {SWITCHES.map(field => (
                <Checkbox
                  key={field}
                  className={styles['wide'] ?? ''}
                  label={t(`settings-${field}`)}
                  checked={form[field]}
                  onChange={event => change({ [field]: event.currentTarget.checked })}
                />
              ))}
            </div>
          </Panel>
        </>
      )}
      <div className={styles['save']}>
        <Button type="submit" loading={doing.busy}>
          {t('settings-save')}
        </Button>
        <Button variant="default" onClick={() => setDraft({})}>
          {t('settings-discard')}
        </Button>
        <span role="status">{said !== undefined && t(`settings-${said}`)}</span>
      </div>
    </form>
  );
}

interface TokenFormFieldProps {
  readonly link: LinkView;
  readonly value: LinkForm['tokenForm'];
  readonly onChange: (value: LinkForm['tokenForm']) => void;
}

function TokenFormField({ link, value, onChange }: TokenFormFieldProps) {
  const t = useTexts('partners');
  const { learnedForm } = link;
  const forms = ['auto', 'raw', 'base64'] as const;
  return (
    <NativeSelect
      label={t('settings-tokenForm')}
      {...(learnedForm !== undefined && {
        description: t('settings-learned', { form: t(`token-form-${learnedForm}`) }),
      })}
      value={value}
      onChange={event => onChange(forms.find(form => form === event.currentTarget.value) ?? 'auto')}
      data={forms.map(form => ({ value: form, label: t(`settings-form-${form}`) }))}
    />
  );
}

interface ProfileFieldProps {
  readonly value: LinkForm['profile'];
  readonly onChange: (value: string) => void;
}

/** What it brings is shown in the fields around it, where it may be changed. */
function ProfileField({ value, onChange }: ProfileFieldProps) {
  const t = useTexts('partners');
  return (
    <NativeSelect
      label={t('settings-profile')}
      description={value === '' ? t('settings-profileHint') : LINK_PROFILES[value].title}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('settings-profileNone') }, ...ProfileName.options]}
    />
  );
}

function OwnPartyField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useTexts('partners');
  const parties = [...new Set(usePlatform().data?.parties.map(partyId))];
  return (
    <NativeSelect
      label={t('settings-ownParty')}
      description={t('settings-ownPartyHint')}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('settings-ownPartyFirst') }, ...parties.map(id => ({ value: id, label: id }))]}
    />
  );
}
